package io.karst.domain.device;

import io.karst.domain.bytes.Bytes;

/**
 * What is kept for one device beside its identity: keys to hand out, and its inbox.
 *
 * @param linkProof by which the device that added it proves the chain to it, 32 bytes; empty in a
 *     chain's first device
 */
public record Device(KeyStock keys, Inbox inbox, Bytes linkProof) {

  public static final int LINK_PROOF_LENGTH = 32;

  public Device {
    if (!linkProof.isEmpty() && linkProof.length() != LINK_PROOF_LENGTH) {
      throw new IllegalArgumentException("a link proof has " + LINK_PROOF_LENGTH + " bytes");
    }
  }

  static Device of(SignedKey fallbackKey, Bytes linkProof) {
    return new Device(KeyStock.of(fallbackKey), Inbox.EMPTY, linkProof);
  }

  Device with(KeyStock newKeys) {
    return new Device(newKeys, inbox, linkProof);
  }

  Device with(Inbox newInbox) {
    return new Device(keys, newInbox, linkProof);
  }
}
