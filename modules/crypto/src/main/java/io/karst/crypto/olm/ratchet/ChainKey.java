package io.karst.crypto.olm.ratchet;

import io.karst.crypto.primitive.HmacSha256;

/** A key of one direction that moves with each message; it knows how many went before. */
public final class ChainKey extends RatchetSecret {

  /** The last index that can be sent, 2^32 - 1: it travels as an unsigned 32-bit number. */
  static final long INDEX_MAX = 0xffff_ffffL;

  private static final int MESSAGE_KEY_SEED = 1;
  private static final int ADVANCEMENT_SEED = 2;

  private final long index;

  private ChainKey(byte[] bytes, long index) {
    super(bytes);
    this.index = index;
  }

  /** Copies 32 bytes that stand at {@code index}; one past {@link #INDEX_MAX} is the end. */
  public static ChainKey of(byte[] bytes, long index) {
    if (index < 0 || index > INDEX_MAX + 1) {
      throw new IllegalArgumentException("no chain has the index " + index);
    }
    return new ChainKey(bytes.clone(), index);
  }

  /** A new chain; takes the array over. */
  static ChainKey first(byte[] bytes) {
    return new ChainKey(bytes, 0);
  }

  /** How many messages of the chain went before. */
  public long index() {
    return index;
  }

  /** Whether the last index was used. */
  public boolean isSpent() {
    return index > INDEX_MAX;
  }

  ChainKey next() {
    return new ChainKey(hash(ADVANCEMENT_SEED), index + 1);
  }

  MessageKey messageKey() {
    return MessageKey.owning(hash(MESSAGE_KEY_SEED));
  }

  private byte[] hash(int seed) {
    byte[] target = new byte[LENGTH];
    HmacSha256.step(live(), 0, seed, target, 0);
    return target;
  }
}
