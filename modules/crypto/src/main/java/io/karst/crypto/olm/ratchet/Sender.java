package io.karst.crypto.olm.ratchet;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;

/** Whether this side has a ratchet key and a chain to send with. */
public sealed interface Sender {

  /** Sending goes on with this key and chain until the peer answers. */
  record Active(Curve25519SecretKey ratchetKey, ChainKey chainKey) implements Sender {}

  /** The peer spoke last, under this key: the next message answers it with a fresh ratchet key. */
  record Inactive(Curve25519PublicKey peerRatchetKey) implements Sender {}
}
