package io.karst.crypto.pickle;

/** What a pickle holds. The tag is part of the format: it never changes and is never reused. */
enum PickleKind {
  ACCOUNT(1),
  OLM_SESSION(2),
  OUTBOUND_GROUP_SESSION(3),
  INBOUND_GROUP_SESSION(4),
  SENDER_RATCHET(5),
  CONTENT(6),
  FORWARD_ONLY_GROUP_SESSION(7);

  private final byte tag;

  PickleKind(int tag) {
    this.tag = (byte) tag;
  }

  byte tag() {
    return tag;
  }
}
