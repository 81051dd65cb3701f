package io.karst.crypto.pickle;

/**
 * What a pickle holds, and in which version of its form it is written.
 *
 * <p>The tag is part of the format: it never changes and is never reused. Versions before the one
 * that is written stay readable.
 */
enum PickleKind {
  ACCOUNT(1, 1),
  OLM_SESSION(2, 1),
  OUTBOUND_GROUP_SESSION(3, 1),
  INBOUND_GROUP_SESSION(4, 2),
  SENDER_RATCHET(5, 1),
  CONTENT(6, 1),
  FORWARD_ONLY_GROUP_SESSION(7, 2);

  private final byte tag;
  private final byte version;

  PickleKind(int tag, int version) {
    this.tag = (byte) tag;
    this.version = (byte) version;
  }

  /** The one that is written, 1 or more. */
  byte version() {
    return version;
  }

  byte tag() {
    return tag;
  }
}
