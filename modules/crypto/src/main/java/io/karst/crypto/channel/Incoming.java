package io.karst.crypto.channel;

/**
 * What a peer's first message gave: the next state of the channel, and what the message said.
 *
 * @param <C> what goes on from here
 */
public final class Incoming<C> {

  private final C channel;
  private final byte[] plaintext;

  /** Takes the array over. */
  Incoming(C channel, byte[] plaintext) {
    this.channel = channel;
    this.plaintext = plaintext;
  }

  public C channel() {
    return channel;
  }

  /** The array itself: the caller owns it, and wipes it where that matters. */
  public byte[] plaintext() {
    return plaintext;
  }

  @Override
  public String toString() {
    return "Incoming(" + channel + ", " + plaintext.length + " bytes)";
  }
}
