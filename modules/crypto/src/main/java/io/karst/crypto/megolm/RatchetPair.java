package io.karst.crypto.megolm;

/**
 * The ratchets of a receiving session.
 *
 * @param initial at the first known index
 * @param latest at the newest index that was needed, a cache
 */
public record RatchetPair(Ratchet initial, Ratchet latest) {

  public RatchetPair {
    if (initial.isSpent() || latest.isSpent()) {
      throw new IllegalArgumentException("a receiver's ratchet is never spent");
    }
    if (latest.index() < initial.index()) {
      throw new IllegalArgumentException("the latest ratchet lies behind the initial one");
    }
  }
}
