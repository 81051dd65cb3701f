package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;

/**
 * A message on its way into a log.
 *
 * @param position its place in the order of sending, given by the store
 * @param content the plaintext, encrypted for this store: for the case that it must be encrypted
 *     anew
 */
public record OutboxRow(long position, Envelope envelope, Bytes content) {}
