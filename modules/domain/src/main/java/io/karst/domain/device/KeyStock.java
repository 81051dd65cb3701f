package io.karst.domain.device;

import io.karst.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public keys of one device that open Olm sessions with it.
 *
 * <p>Invariant: at most {@value #ONE_TIME_KEYS_MAX} one-time keys, ascending by id, none above the
 * watermark. A device numbers its keys in ascending order, so an id at or below the watermark that
 * is not held was handed out or skipped, and is never taken again: that is all the memory it needs
 * to hand a key out exactly once.
 *
 * @param watermark the highest id of a one-time key ever taken, -1 before the first
 * @param pastFallbackKeys the public halves of those that were replaced, 32 bytes each, the newest
 *     last; at most {@value #PAST_FALLBACK_KEYS_MAX}. They are never handed out again: they tell
 *     what a message was sealed with
 */
public record KeyStock(
    List<SignedKey> oneTimeKeys,
    long watermark,
    SignedKey fallbackKey,
    List<Bytes> pastFallbackKeys) {

  /**
   * As many as an Olm account makes at a time; a device that is offline for long has the fallback
   * key.
   */
  public static final int ONE_TIME_KEYS_MAX = 100;

  /**
   * With so few left the device is told to make more: enough for the sessions opened until it does.
   */
  public static final int LOW_WATER = 10;

  /**
   * A device draws a fallback key each week, or once one has stood in: those of the last months.
   */
  public static final int PAST_FALLBACK_KEYS_MAX = 16;

  public KeyStock {
    oneTimeKeys = List.copyOf(oneTimeKeys);
    pastFallbackKeys = List.copyOf(pastFallbackKeys);
    if (pastFallbackKeys.size() > PAST_FALLBACK_KEYS_MAX
        || pastFallbackKeys.stream().anyMatch(key -> key.length() != DeviceIdentity.KEY_LENGTH)) {
      throw new IllegalArgumentException("at most 16 past fallback keys of 32 bytes");
    }
    if (oneTimeKeys.size() > ONE_TIME_KEYS_MAX || watermark < -1 || !fallbackKey.fallback()) {
      throw new IllegalArgumentException("key stock out of bounds");
    }
    long last = -1;
    for (SignedKey key : oneTimeKeys) {
      if (key.fallback() || key.keyId() <= last || key.keyId() > watermark) {
        throw new IllegalArgumentException("one-time keys ascend by id up to the watermark");
      }
      last = key.keyId();
    }
  }

  /** Of a device that has replaced no fallback key. */
  public KeyStock(List<SignedKey> oneTimeKeys, long watermark, SignedKey fallbackKey) {
    this(oneTimeKeys, watermark, fallbackKey, List.of());
  }

  /** No one-time keys yet. */
  static KeyStock of(SignedKey fallbackKey) {
    return new KeyStock(List.of(), -1, fallbackKey);
  }

  /** The key that is handed out next: the oldest, since its device forgets the oldest first. */
  public Optional<SignedKey> first() {
    return oneTimeKeys.stream().findFirst();
  }

  Optional<SignedKey> held(long keyId) {
    return oneTimeKeys.stream().filter(key -> key.keyId() == keyId).findFirst();
  }

  boolean isLow() {
    return oneTimeKeys.size() <= LOW_WATER;
  }

  /** Adds keys, ascending by id and all above the watermark. */
  KeyStock plus(List<SignedKey> keys) {
    if (keys.isEmpty() || keys.get(0).keyId() <= watermark) {
      throw new IllegalArgumentException("new keys are above the watermark");
    }
    var all = new ArrayList<>(oneTimeKeys);
    all.addAll(keys);
    return new KeyStock(all, keys.get(keys.size() - 1).keyId(), fallbackKey, pastFallbackKeys);
  }

  KeyStock withoutFirst() {
    return new KeyStock(
        oneTimeKeys.subList(1, oneTimeKeys.size()), watermark, fallbackKey, pastFallbackKeys);
  }

  KeyStock withFallbackKey(SignedKey key) {
    var past = new ArrayList<>(pastFallbackKeys);
    if (past.size() == PAST_FALLBACK_KEYS_MAX) {
      past.remove(0);
    }
    past.add(fallbackKey.curve25519Key());
    return new KeyStock(oneTimeKeys, watermark, key, past);
  }

  /** The public halves of all fallback keys that are known, 32 bytes each. */
  public List<Bytes> fallbackKeys() {
    var all = new ArrayList<>(pastFallbackKeys);
    all.add(fallbackKey.curve25519Key());
    return List.copyOf(all);
  }
}
