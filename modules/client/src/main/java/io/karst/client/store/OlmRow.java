package io.karst.client.store;

import io.karst.domain.bytes.Bytes;

/**
 * A pairwise session.
 *
 * @param id given by the store
 * @param peerKey the peer's Curve25519 identity key, 32 bytes
 * @param session its pickle, encrypted
 */
public record OlmRow(long id, Bytes peerKey, Bytes session) {}
