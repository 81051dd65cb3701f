package io.karst.crypto.olm.ratchet;

import io.karst.crypto.key.Curve25519PublicKey;

/**
 * What the peer sent, or may still send, under one of its ratchet keys.
 *
 * @param chainKey at the first index that was not seen yet
 */
public record ReceiverChain(Curve25519PublicKey ratchetKey, ChainKey chainKey) {}
