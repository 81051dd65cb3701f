package io.karst.crypto.megolm;

import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.primitive.CipherKeys;
import io.karst.crypto.primitive.Hkdf;
import io.karst.crypto.primitive.HmacSha256;
import io.karst.crypto.primitive.SecretBytes;
import java.nio.charset.StandardCharsets;

/**
 * The Megolm ratchet: four parts of 32 bytes and an index, moving forward only.
 *
 * <p>Part 3 changes at each step, part 2 each 2^8 steps, part 1 each 2^16, part 0 each 2^24, so any
 * distance takes about a thousand HMACs at most. Invariant: the index never wraps; past
 * {@link #INDEX_MAX} the ratchet is spent and wiped. Not thread-safe: one owner, one thread.
 */
public final class Ratchet implements Secret {

  /** Bytes of the four parts. */
  public static final int LENGTH = 128;

  /** The last index, 2^32 - 1: an index travels as an unsigned 32-bit number. */
  public static final long INDEX_MAX = 0xffff_ffffL;

  private static final int PARTS = 4;
  private static final int PART_LENGTH = LENGTH / PARTS;
  private static final int BITS_PER_PART = 8;
  private static final byte[] MESSAGE_INFO = "MEGOLM_KEYS".getBytes(StandardCharsets.US_ASCII);

  private final SecretBytes parts;
  private long index;

  /** Takes the array over. */
  Ratchet(byte[] parts, long index) {
    if (parts.length != LENGTH || index < 0 || index > INDEX_MAX) {
      throw new IllegalArgumentException("a ratchet has 128 bytes and an unsigned 32-bit index");
    }
    this.parts = new SecretBytes(parts);
    this.index = index;
  }

  /** Copies 128 bytes that stand at {@code index}, 0 to 2^32 - 1. */
  public static Ratchet at(long index, byte[] parts) {
    return new Ratchet(parts.clone(), index);
  }

  /** A ratchet that has no index left. */
  public static Ratchet spent() {
    Ratchet ratchet = new Ratchet(new byte[LENGTH], INDEX_MAX);
    ratchet.advance();
    return ratchet;
  }

  static void requireIndex(long index) {
    if (index < 0 || index > INDEX_MAX) {
      throw new IllegalArgumentException("an index is an unsigned 32-bit number, not " + index);
    }
  }

  /** Whether the last index was used, so that the parts are wiped. */
  public boolean isSpent() {
    return index > INDEX_MAX;
  }

  /** Where this ratchet stands; 2^32 once it is spent. */
  public long index() {
    return index;
  }

  /** One step; the step after {@link #INDEX_MAX} wipes the ratchet. */
  void advance() {
    parts.live();
    index++;
    if (isSpent()) {
      destroy();
      return;
    }
    int slowest = 0;
    while (slowest < PARTS - 1 && (index & lowBits(slowest)) != 0) {
      slowest++;
    }
    replaceFrom(slowest);
  }

  /** As many steps as lead to {@code target}, which must not lie behind. */
  void advanceTo(long target) {
    if (target < index || target > INDEX_MAX) {
      throw new IllegalArgumentException("a ratchet at " + index + " cannot reach " + target);
    }
    for (int part = 0; part < PARTS; part++) {
      int shift = BITS_PER_PART * (PARTS - 1 - part);
      long steps = (target >>> shift) - (index >>> shift);
      if (steps == 0) {
        continue;
      }
      for (long i = 1; i < steps; i++) {
        hash(part, part);
      }
      replaceFrom(part);
      index = target & ~lowBits(part);
    }
  }

  /** The keys of the message at this index. */
  CipherKeys messageKeys() {
    return CipherKeys.derive(parts.live(), MESSAGE_INFO);
  }

  /** The same keys as a secret that can wait for its message. */
  SkippedKey skippedKey() {
    return new SkippedKey(index, Hkdf.derive(parts.live(), MESSAGE_INFO, CipherKeys.LENGTH));
  }

  Ratchet copy() {
    return new Ratchet(parts.live().clone(), index);
  }

  /** Equal index and, in constant time, equal parts. */
  boolean sameAs(Ratchet other) {
    return index == other.index && parts.sameAs(other.parts);
  }

  /** A fresh copy of the four parts. */
  public byte[] bytes(SecretAccess access) {
    return copyOfParts();
  }

  /** For session keys, which are secret types themselves. */
  byte[] copyOfParts() {
    return parts.live().clone();
  }

  /** Parts {@code slowest} to 3 from the old {@code slowest}, which is therefore replaced last. */
  private void replaceFrom(int slowest) {
    for (int part = PARTS - 1; part >= slowest; part--) {
      hash(slowest, part);
    }
  }

  private void hash(int source, int target) {
    byte[] live = parts.live();
    HmacSha256.step(live, source * PART_LENGTH, target, live, target * PART_LENGTH);
  }

  /** The bits of an index that must be zero for {@code part} to be replaced. */
  private static long lowBits(int part) {
    return (1L << (BITS_PER_PART * (PARTS - 1 - part))) - 1;
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
    return parts.describe("Ratchet") + "@" + index;
  }
}
