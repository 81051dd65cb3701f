package io.karst.crypto.olm;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The one-time keys of an account, oldest first. Mutable: the account owns it. */
final class OneTimeKeys {

  private final Deque<PreKey> keys;
  private long nextId;

  OneTimeKeys(List<PreKey> keys, long nextId) {
    this.keys = new ArrayDeque<>(keys);
    this.nextId = nextId;
  }

  /** Makes new keys and drops the oldest beyond {@link Account#ONE_TIME_KEYS_STORED_MAX}. */
  NewOneTimeKeys generate(int number, RandomBytes random) {
    List<Curve25519PublicKey> created = new ArrayList<>();
    List<Curve25519PublicKey> removed = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      if (keys.size() == Account.ONE_TIME_KEYS_STORED_MAX) {
        PreKey oldest = keys.removeFirst();
        removed.add(oldest.publicKey());
        oldest.secretKey().destroy();
      }
      PreKey key = new PreKey(new KeyId(nextId++), Curve25519SecretKey.generate(random), false);
      created.add(key.publicKey());
      keys.addLast(key);
    }
    return new NewOneTimeKeys(created, removed);
  }

  Optional<PreKey> find(Curve25519PublicKey publicKey) {
    return keys.stream().filter(key -> key.publicKey().equals(publicKey)).findFirst();
  }

  void remove(PreKey used) {
    keys.remove(used);
    used.secretKey().destroy();
  }

  void markAsPublished() {
    List<PreKey> marked = keys.stream().map(PreKey::asPublished).toList();
    keys.clear();
    keys.addAll(marked);
  }

  Map<KeyId, Curve25519PublicKey> unpublished() {
    Map<KeyId, Curve25519PublicKey> unpublished = new TreeMap<>();
    for (PreKey key : keys) {
      if (!key.published()) {
        unpublished.put(key.id(), key.publicKey());
      }
    }
    return unpublished;
  }

  int size() {
    return keys.size();
  }

  List<PreKey> all() {
    return List.copyOf(keys);
  }

  long nextId() {
    return nextId;
  }
}
