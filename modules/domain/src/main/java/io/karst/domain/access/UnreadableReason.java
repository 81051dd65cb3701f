package io.karst.domain.access;

/**
 * Why a device cannot read a message: the one list that server, SDK and command line share.
 *
 * <p>The names and numbers are wire format: never rename or reuse one. {@code proto/README.md}
 * tells client authors of each who can know it and what helps.
 */
public enum UnreadableReason {
  // What stands at the place
  /** The log has not grown to this offset yet. */
  NOT_WRITTEN(1),
  /** The entry is no envelope: everybody in the group can read it. */
  NOT_AN_ENVELOPE(2),
  /** The payload was erased; nothing but its hash is left. */
  ERASED(3),
  // Who the reader is
  /** No device of the member was in the epoch's roster. */
  NOT_A_MEMBER(4),
  /** The member was in the epoch's roster, but this device was not: it was linked later. */
  DEVICE_NOT_IN_ROSTER(5),
  /** History was shared with the member, from a later message on. */
  BEFORE_HISTORY_GRANT(6),
  /** The member is out of the group, which it can read no more. */
  MEMBERSHIP_ENDED(7),
  /** The member has revoked the device. */
  DEVICE_REVOKED(8),
  // What became of the epoch's key
  /** The lost epochs were given up by a reset: nobody had their keys. */
  EPOCH_ORPHANED(9),
  /** The device refuses the epoch: its manifest or key does not verify. */
  EPOCH_REFUSED(10),
  /** The device is in the roster, but no key was sealed to it: the server broke its own rule. */
  KEY_NOT_SEALED(11),
  /** The key is in the group's log, on its way to the device's inbox. */
  KEY_NOT_DELIVERED(12),
  /** The key waits in the device's inbox. */
  KEY_NOT_ACKNOWLEDGED(13),
  /** The key had to make room in a full inbox; its copy is in the group's log. */
  KEY_CROWDED_OUT(14),
  /** The device has stored its key: if it cannot read, it has lost its state since. */
  KEY_ACKNOWLEDGED(15),
  /**
   * As above, and the key was sealed with the device's fallback key, since no one-time key was
   * left: a device that does not hold that one any more cannot open it.
   */
  ONE_TIME_KEYS_EXHAUSTED(16),
  /** The sealed key does not open: the pairwise session is lost. */
  KEY_NOT_OPENED(17),
  // What is wrong with the message
  /** The sender's session was never bound to it. */
  SESSION_UNKNOWN(18),
  /** The session, its binding or its header name somebody else. */
  SENDER_FORGED(19),
  /** The index was read before: a replay. */
  INDEX_REPLAYED(20),
  /** The key of this index is not kept any more. */
  INDEX_TOO_OLD(21),
  /** The bytes are no Megolm message. */
  MALFORMED(22),
  /** The signature or authentication code is wrong: somebody has altered the message. */
  FORGED(23),
  /** It decrypts, but is no message of this protocol. */
  CONTENT_INVALID(24);

  private final int number;

  UnreadableReason(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
