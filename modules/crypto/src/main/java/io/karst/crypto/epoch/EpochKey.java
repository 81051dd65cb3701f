package io.karst.crypto.epoch;

import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.megolm.Ratchet;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.primitive.Hkdf;
import io.karst.crypto.primitive.HmacSha256;
import io.karst.crypto.primitive.SecretBytes;
import io.karst.crypto.primitive.Wipe;
import java.security.MessageDigest;

/**
 * The secret of one epoch: 32 bytes, drawn by the committing device and sealed to each of the
 * roster.
 *
 * <p>A device derives the ratchets of the whole roster as the epoch begins, and destroys the key:
 * the roster is fixed, so nobody new can appear in it. Byte formats: {@code docs/protocol.md}. Not
 * thread-safe.
 */
public final class EpochKey implements Secret {

  /** Bytes of a key. */
  public static final int LENGTH = 32;

  private final SecretBytes bytes;

  /** Takes the array over. */
  private EpochKey(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an epoch key has 32 bytes, not " + bytes.length);
    }
    this.bytes = new SecretBytes(bytes);
  }

  /** Draws a new key; never derive one from an older one, or a rotation would not heal a leak. */
  public static EpochKey generate(RandomBytes random) {
    return new EpochKey(random.next(LENGTH));
  }

  /** Copies 32 bytes that came out of a sealed key. */
  public static EpochKey fromOpened(byte[] bytes) {
    return new EpochKey(bytes.clone());
  }

  /**
   * The initial ratchet of one device of the roster.
   *
   * <p>{@code HKDF-SHA-256(key, no salt, str("karst/v1 sender") ‖ str(group) ‖ u64(epoch) ‖
   * str(member) ‖ str(device), 128 bytes)}.
   *
   * @param epoch 1 or more
   */
  public SenderRatchet senderRatchet(String group, long epoch, String member, String device) {
    byte[] info = new Statement("karst/v1 sender")
        .str(group)
        .epoch(epoch)
        .str(member)
        .str(device)
        .bytes();
    byte[] parts = Hkdf.derive(bytes.live(), info, Ratchet.LENGTH);
    try {
      return SenderRatchet.fromBytes(parts);
    } finally {
      Wipe.all(parts);
    }
  }

  /**
   * What the manifest says of this key: 32 bytes that fix it without giving it away.
   *
   * <p>{@code HMAC-SHA-256(key, str("karst/v1 commitment") ‖ str(group) ‖ u64(epoch))}.
   *
   * @param epoch 1 or more
   */
  public byte[] commitment(String group, long epoch) {
    byte[] statement =
        new Statement("karst/v1 commitment").str(group).epoch(epoch).bytes();
    return HmacSha256.of(bytes.live(), statement);
  }

  /** Compares in constant time; an epoch whose key does not match must be refused. */
  public boolean matches(byte[] commitment, String group, long epoch) {
    return MessageDigest.isEqual(commitment(group, epoch), commitment);
  }

  /** The array itself, for sealing. */
  byte[] live() {
    return bytes.live();
  }

  @Override
  public void destroy() {
    bytes.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return bytes.isDestroyed();
  }

  @Override
  public String toString() {
    return bytes.describe("EpochKey");
  }
}
