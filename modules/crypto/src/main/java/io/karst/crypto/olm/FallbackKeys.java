package io.karst.crypto.olm;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import java.util.List;
import java.util.Optional;

/**
 * The keys that stand in when one-time keys have run out; each may be used many times.
 *
 * @param nextId of the next one
 * @param keys the current one, then the previous one, which late messages may still use
 */
public record FallbackKeys(long nextId, List<PreKey> keys) {

  /** Current and previous. */
  public static final int KEYS_MAX = 2;

  static final FallbackKeys NONE = new FallbackKeys(0, List.of());

  public FallbackKeys {
    keys = List.copyOf(keys);
    if (keys.size() > KEYS_MAX) {
      throw new IllegalArgumentException("there are a current and a previous key at most");
    }
  }

  /** A new current key; the current one becomes the previous one. */
  FallbackKeys generate(RandomBytes random) {
    PreKey key = new PreKey(new KeyId(nextId), Curve25519SecretKey.generate(random), false);
    List<PreKey> kept = keys.isEmpty() ? List.of(key) : List.of(key, keys.get(0));
    return new FallbackKeys(nextId + 1, kept);
  }

  FallbackKeys withoutPrevious() {
    return new FallbackKeys(nextId, keys.stream().limit(1).toList());
  }

  FallbackKeys asPublished() {
    return new FallbackKeys(nextId, keys.stream().map(PreKey::asPublished).toList());
  }

  Optional<PreKey> current() {
    return keys.stream().findFirst();
  }

  Optional<PreKey> previous() {
    return keys.stream().skip(1).findFirst();
  }

  Optional<PreKey> find(Curve25519PublicKey publicKey) {
    return keys.stream().filter(key -> key.publicKey().equals(publicKey)).findFirst();
  }
}
