package io.karst.client.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.karst.crypto.megolm.ReceivingSession;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving sessions that were used lately, opened.
 *
 * <p>Invariant: an entry is a snapshot of what one stored form holds, and is answered for that very
 * form alone. So a session that moved on in a transaction which was rolled back is never answered:
 * the store does not hold its form. Nobody is lent a snapshot, only copies; one that is replaced,
 * gives way or is forgotten is wiped. Not thread-safe: the device's one thread owns it.
 */
final class SessionCache {

  /** Some 700 bytes of secrets each: those who speak in a few busy groups. */
  static final int SESSIONS_MAX = 256;

  private final Cache<Key, Snapshot> opened = Caffeine.newBuilder()
      .maximumSize(SESSIONS_MAX)
      .executor(Runnable::run)
      .removalListener(SessionCache::wipe)
      .build();

  /** Which session it is. */
  record Key(GroupId group, long epoch, DeviceAddress sender) {}

  /** A session as one stored form holds it. */
  private record Snapshot(Bytes form, ReceivingSession session) {}

  /** A copy of the session that this form holds, if it was opened lately. */
  Optional<ReceivingSession> find(Key key, Bytes form) {
    return Optional.ofNullable(opened.getIfPresent(key))
        .filter(snapshot -> snapshot.form().equals(form))
        .map(snapshot -> snapshot.session().copy());
  }

  /** Keeps a copy of the session that this form holds, in place of any older one. */
  void put(Key key, Bytes form, ReceivingSession session) {
    opened.put(key, new Snapshot(form, session.copy()));
  }

  /** Wipes everything. */
  void clear() {
    opened.invalidateAll();
    opened.cleanUp();
  }

  int size() {
    opened.cleanUp();
    return Math.toIntExact(opened.estimatedSize());
  }

  private static void wipe(@Nullable Key key, @Nullable Snapshot gone, RemovalCause cause) {
    if (gone != null) {
      gone.session().destroy();
    }
  }
}
