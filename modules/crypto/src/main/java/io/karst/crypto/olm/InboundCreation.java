package io.karst.crypto.olm;

/** A session that a pre-key message opened, and what the message said. */
public final class InboundCreation {

  private final OlmSession session;
  private final byte[] plaintext;

  /** Takes the array over. */
  InboundCreation(OlmSession session, byte[] plaintext) {
    this.session = session;
    this.plaintext = plaintext;
  }

  public OlmSession session() {
    return session;
  }

  /** The array itself: the caller owns it, and wipes it where that matters. */
  public byte[] plaintext() {
    return plaintext;
  }

  @Override
  public String toString() {
    return "InboundCreation(" + session + ", " + plaintext.length + " bytes)";
  }
}
