package io.karst.domain.device;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/** One item of a device's inbox. Sequences are 1, 2, 3 … for each device. */
public sealed interface InboxItem {

  long sequence();

  /** Calls the one case that matches. */
  <R> R match(Cases<R> cases);

  /** An epoch's key, sealed to the device. */
  record SealedEpochKey(
      long sequence, GroupId group, long epoch, DeviceAddress committer, SealedKey key)
      implements InboxItem {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sealedEpochKey(this);
    }
  }

  /** So few one-time keys were left when the item was made. */
  record KeysLow(long sequence, int left) implements InboxItem {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keysLow(this);
    }
  }

  /** Keys of past epochs are for the device in a group's log. */
  record KeysShared(long sequence, ToldShare share) implements InboxItem {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keysShared(this);
    }
  }

  /** Another device asks for keys of past epochs. */
  record KeysRequested(long sequence, KeyRequest request) implements InboxItem {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keysRequested(this);
    }
  }

  /** One method per kind. */
  interface Cases<R> {
    R sealedEpochKey(SealedEpochKey item);

    R keysLow(KeysLow item);

    R keysShared(KeysShared item);

    R keysRequested(KeysRequested item);
  }
}
