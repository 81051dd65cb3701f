package io.karst.actors.serialization;

/**
 * A message that may travel to another node. Whatever implements it is sent as CBOR, its domain
 * values in the forms of {@link DomainModule}.
 *
 * <p>Nodes of two versions talk during a rolling update: fields may be added to a message, never
 * renamed or removed.
 */
public interface NodeMessage {}
