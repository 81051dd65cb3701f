package io.karst.domain.device;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.time.Instant;
import java.util.List;

/** What happened to a member's account. Events are facts: they are never refused, only recorded. */
public sealed interface MemberEvent {

  /** When it was decided, in whole milliseconds. Never earlier than the event before. */
  Instant at();

  /** Calls the one case that matches. */
  <R> R match(Cases<R> cases);

  /**
   * The account came to be, with its first device; or it began anew with one, when all were lost.
   */
  record MemberRegistered(DeviceList list, AccountRole role, SignedKey fallbackKey, Instant at)
      implements MemberEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.memberRegistered(this);
    }
  }

  /**
   * The next version of the device list: one device was added, or some were removed. What was kept
   * for a device that was removed is gone.
   *
   * @param fallbackKey of the device that was added, one; none when devices were removed
   * @param linkProof for the device that was added, 32 bytes; empty when devices were removed
   */
  record DevicesChanged(DeviceList list, List<SignedKey> fallbackKey, Bytes linkProof, Instant at)
      implements MemberEvent {
    public DevicesChanged {
      fallbackKey = List.copyOf(fallbackKey);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.devicesChanged(this);
    }
  }

  /**
   * Groups that are to be told of the newest device list, and groups that have been.
   *
   * @param owed that turned out not to know it
   * @param told that know it now
   */
  record GroupNoticesChanged(List<GroupId> owed, List<GroupId> told, Instant at)
      implements MemberEvent {
    public GroupNoticesChanged {
      owed = List.copyOf(owed);
      told = List.copyOf(told);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.groupNoticesChanged(this);
    }
  }

  /** One-time keys, ascending by id, were added to those that may be handed out. */
  record OneTimeKeysAdded(DeviceId device, List<SignedKey> keys, Instant at)
      implements MemberEvent {
    public OneTimeKeysAdded {
      keys = List.copyOf(keys);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.oneTimeKeysAdded(this);
    }
  }

  /** A newer fallback key took the place of the one before. */
  record FallbackKeyReplaced(DeviceId device, SignedKey key, Instant at) implements MemberEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fallbackKeyReplaced(this);
    }
  }

  /** A one-time key was handed out, and never will be again. */
  record OneTimeKeyClaimed(DeviceId device, DeviceAddress claimant, long keyId, Instant at)
      implements MemberEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.oneTimeKeyClaimed(this);
    }
  }

  /** Few one-time keys were left: the inbox says so. */
  record KeysRanLow(DeviceId device, int left, Instant at) implements MemberEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keysRanLow(this);
    }
  }

  /** Sealed keys of one epoch went into the inboxes of the devices that they are for. */
  record SealedKeysTaken(
      GroupId group, long epoch, DeviceAddress committer, List<SealedKey> keys, Instant at)
      implements MemberEvent {
    public SealedKeysTaken {
      keys = List.copyOf(keys);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sealedKeysTaken(this);
    }
  }

  /** A device was told of keys that are for it in a group's log. */
  record KeyShareTold(DeviceId device, ToldShare share, Instant at) implements MemberEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keyShareTold(this);
    }
  }

  /** A device was asked for keys of past epochs. */
  record KeysRequested(KeyRequest request, Instant at) implements MemberEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keysRequested(this);
    }
  }

  /** A device has stored its inbox items up to and including this sequence. */
  record InboxAcknowledged(DeviceId device, long upToSequence, Instant at) implements MemberEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.inboxAcknowledged(this);
    }
  }

  /** One method per event. */
  interface Cases<R> {
    R memberRegistered(MemberRegistered event);

    R devicesChanged(DevicesChanged event);

    R groupNoticesChanged(GroupNoticesChanged event);

    R oneTimeKeysAdded(OneTimeKeysAdded event);

    R fallbackKeyReplaced(FallbackKeyReplaced event);

    R oneTimeKeyClaimed(OneTimeKeyClaimed event);

    R keysRanLow(KeysRanLow event);

    R sealedKeysTaken(SealedKeysTaken event);

    R keyShareTold(KeyShareTold event);

    R keysRequested(KeysRequested event);

    R inboxAcknowledged(InboxAcknowledged event);
  }
}
