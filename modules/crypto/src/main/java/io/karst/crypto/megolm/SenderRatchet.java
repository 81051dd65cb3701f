package io.karst.crypto.megolm;

import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.primitive.SecretBytes;

/**
 * The initial ratchet of one sender, before its signing key is known: 128 secret bytes at index 0.
 *
 * <p>Whoever holds it can read the sender's messages, but not speak for it. <b>Sending consumes
 * it:</b> two outbound sessions from one ratchet would encrypt different messages under the same
 * keys. Receiving does not, since decrypting twice harms nobody. Not thread-safe.
 */
public final class SenderRatchet implements Secret {

  private final SecretBytes parts;

  private SenderRatchet(byte[] parts) {
    if (parts.length != Ratchet.LENGTH) {
      throw new IllegalArgumentException("a ratchet has 128 bytes, not " + parts.length);
    }
    this.parts = new SecretBytes(parts);
  }

  /** Draws a new ratchet. */
  public static SenderRatchet generate(RandomBytes random) {
    return new SenderRatchet(random.next(Ratchet.LENGTH));
  }

  /** Copies 128 bytes. */
  public static SenderRatchet fromBytes(byte[] parts) {
    return new SenderRatchet(parts.clone());
  }

  /** For sending: the ratchet, which no longer is here. */
  Ratchet consume() {
    Ratchet ratchet = forReceiving();
    destroy();
    return ratchet;
  }

  /** For receiving: a copy. */
  Ratchet forReceiving() {
    return Ratchet.at(0, parts.live());
  }

  /** A fresh copy of the 128 bytes. */
  public byte[] bytes(SecretAccess access) {
    return parts.live().clone();
  }

  @Override
  public void destroy() {
    parts.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return parts.isDestroyed();
  }

  @Override
  public String toString() {
    return parts.describe("SenderRatchet");
  }
}
