package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

/** Sessions that other devices gave: of one session as many as devices that gave it. */
public interface SharedTable {

  /** So many devices are asked; the word of more would not help. */
  int GIVERS_MAX = 4;

  /**
   * What was given of a session, in the order in which it came.
   *
   * @param sessionId the session's Ed25519 key, 32 bytes
   */
  List<SharedRow> find(GroupId group, long epoch, DeviceAddress sender, Bytes sessionId);

  /** The same, of a session whose binding was {@linkplain #bind verified}; else none. */
  List<SharedRow> bound(GroupId group, long epoch, DeviceAddress sender, Bytes sessionId);

  /** Remembers that a device has bound a session to itself, as was verified. */
  void bind(GroupId group, long epoch, DeviceAddress sender, Bytes sessionId);

  /** Whether anything was given of an epoch. */
  boolean any(GroupId group, long epoch);

  /** The first epoch that was given without having been meant for this device. */
  Optional<Long> grantedFrom(GroupId group);

  /** Adds what a device gave, unless it gave it before or {@link #GIVERS_MAX} others did. */
  void add(SharedRow row);

  /** Which indexes of a session that was given were read live; absent before the first. */
  Optional<Bytes> heard(GroupId group, long epoch, Bytes sessionId);

  void saveHeard(GroupId group, long epoch, Bytes sessionId, Bytes heard);

  /** Forgets what a device gave of a session: it was wrong. */
  void remove(SharedRow row);
}
