package io.karst.crypto.olm.ratchet;

import io.karst.crypto.key.Curve25519PublicKey;

/**
 * What one message is sent with.
 *
 * @param next the state after it
 * @param messageKey belongs to whoever sends, and is wiped afterwards
 */
public record Sending(
    DoubleRatchet next, Curve25519PublicKey ratchetKey, long chainIndex, MessageKey messageKey) {}
