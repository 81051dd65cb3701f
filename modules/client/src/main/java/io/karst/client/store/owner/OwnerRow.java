package io.karst.client.store.owner;

import io.karst.domain.bytes.Bytes;
import java.util.Optional;

/**
 * A message to the member's own devices, on its way into their log.
 *
 * @param position its place in the order of sending, given by the store
 * @param clientId 1 to 64 bytes
 * @param content the plaintext, encrypted for this store
 * @param message as it is sent, once it is sealed
 */
public record OwnerRow(long position, Bytes clientId, Bytes content, Optional<Bytes> message) {}
