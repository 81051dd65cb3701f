package io.karst.crypto.megolm;

/** What a group message said, and where it stood in its session. */
public final class DecryptedMessage {

  private final byte[] plaintext;
  private final long messageIndex;

  /** Takes the array over. */
  DecryptedMessage(byte[] plaintext, long messageIndex) {
    this.plaintext = plaintext;
    this.messageIndex = messageIndex;
  }

  /** The array itself: the caller owns it, and wipes it where that matters. */
  public byte[] plaintext() {
    return plaintext;
  }

  /** 0 to 2^32 - 1. */
  public long messageIndex() {
    return messageIndex;
  }

  @Override
  public String toString() {
    return "DecryptedMessage(index " + messageIndex + ", " + plaintext.length + " bytes)";
  }
}
