package io.karst.domain.group;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.epoch.SealedText;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerMessage;
import java.time.Instant;
import java.util.List;

/**
 * What happened to a group. Events are facts: they are never refused, only recorded.
 *
 * <p>Each is one entry of the group's log, except {@link EnvelopesAppended}, which is one for each
 * envelope, and {@link SealedKeysStaged}, which is none.
 */
public sealed interface GroupEvent {

  Instant at();

  /** How many entries of the log it is. */
  default int entries() {
    return 1;
  }

  <R> R match(Cases<R> cases);

  record GroupCreated(DeviceAddress by, GroupId groupId, Bytes nonce, Policy policy, Instant at)
      implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.groupCreated(this);
    }
  }

  record MemberAdded(DeviceAddress by, MemberId member, Role role, Instant at)
      implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.memberAdded(this);
    }
  }

  record MemberRemoved(DeviceAddress by, MemberId member, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.memberRemoved(this);
    }
  }

  record MemberLeft(DeviceAddress by, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.memberLeft(this);
    }
  }

  record RoleChanged(DeviceAddress by, MemberId member, Role role, Instant at)
      implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.roleChanged(this);
    }
  }

  record RotationDue(RotationReason reason, Instant deadline, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.rotationDue(this);
    }
  }

  record CompromiseReported(DeviceAddress by, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.compromiseReported(this);
    }
  }

  /** A member has revoked these devices, ascending by id: nothing of them is taken any more. */
  record DevicesRevoked(MemberId member, List<DeviceId> devices, Instant at) implements GroupEvent {
    public DevicesRevoked {
      devices = List.copyOf(devices);
      if (devices.isEmpty()) {
        throw new IllegalArgumentException("no devices");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.devicesRevoked(this);
    }
  }

  record PolicyChanged(DeviceAddress by, Policy policy, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.policyChanged(this);
    }
  }

  /** A device gave keys of past epochs to another. */
  record HistoryShared(KeyShare share, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.historyShared(this);
    }
  }

  record EpochEnded(DeviceAddress by, long epoch, Instant graceUntil, Instant at)
      implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochEnded(this);
    }
  }

  /**
   * Some of the sealed keys of an epoch, when they are too many for the event that starts it. Until
   * that event follows this is no part of the log, and if none follows it never was: it has no
   * entry, no leaf, and changes no state.
   *
   * @param manifestHash of the epoch that they are for, 32 bytes
   * @param first place in the roster of the first one
   */
  record SealedKeysStaged(Bytes manifestHash, int first, List<SealedText> keys, Instant at)
      implements GroupEvent {

    /** 66 KiB at most: an envelope that comes meanwhile waits for one such write. */
    public static final int KEYS_MAX = 128;

    public SealedKeysStaged {
      keys = List.copyOf(keys);
      boolean inBounds = manifestHash.length() == 32 && first >= 0;
      if (!inBounds || keys.isEmpty() || keys.size() > KEYS_MAX) {
        throw new IllegalArgumentException("a hash of 32 bytes, a place, 1 to 128 keys");
      }
    }

    @Override
    public int entries() {
      return 0;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sealedKeysStaged(this);
    }
  }

  record EpochStarted(SignedManifest manifest, SealedKeys keys, Instant at) implements GroupEvent {

    /** With the keys in the event itself. */
    public EpochStarted(SignedManifest manifest, List<SealedKey> sealedKeys, Instant at) {
      this(manifest, new SealedKeys.Here(sealedKeys), at);
    }

    /** The keys that stand in the event itself: all, or none. */
    public List<SealedKey> sealedKeys() {
      return keys instanceof SealedKeys.Here here ? here.keys() : List.of();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochStarted(this);
    }
  }

  record EpochKeysDelivered(long epoch, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochKeysDelivered(this);
    }
  }

  record SessionOpened(SessionBinding binding, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionOpened(this);
    }
  }

  record GroupArchived(DeviceAddress by, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.groupArchived(this);
    }
  }

  record EnvelopesAppended(List<Envelope> envelopes, Instant at) implements GroupEvent {

    public EnvelopesAppended {
      envelopes = List.copyOf(envelopes);
      if (envelopes.isEmpty()) {
        throw new IllegalArgumentException("no envelopes");
      }
    }

    @Override
    public int entries() {
      return envelopes.size();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.envelopesAppended(this);
    }
  }

  /** A device of an epoch's roster does not take the key that was sealed to it. */
  record EpochRefused(DeviceAddress by, long epoch, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochRefused(this);
    }
  }

  /** A reset has given epochs up, whose keys nobody has. Part of a commit. */
  record EpochsOrphaned(DeviceAddress by, EpochRange epochs, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochsOrphaned(this);
    }
  }

  /**
   * A version of a member's device list holds from here on in the log of its own devices. The first
   * one opens that log.
   */
  record OwnerDevicesNoted(DeviceList list, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ownerDevicesNoted(this);
    }
  }

  /** A device has sent a message to its member's other devices. */
  record OwnerMessageSent(OwnerMessage message, Instant at) implements GroupEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ownerMessageSent(this);
    }
  }

  /** One method per event. */
  interface Cases<R> {
    R groupCreated(GroupCreated event);

    R memberAdded(MemberAdded event);

    R memberRemoved(MemberRemoved event);

    R memberLeft(MemberLeft event);

    R roleChanged(RoleChanged event);

    R rotationDue(RotationDue event);

    R compromiseReported(CompromiseReported event);

    R devicesRevoked(DevicesRevoked event);

    R policyChanged(PolicyChanged event);

    R historyShared(HistoryShared event);

    R epochEnded(EpochEnded event);

    R sealedKeysStaged(SealedKeysStaged event);

    R epochStarted(EpochStarted event);

    R epochKeysDelivered(EpochKeysDelivered event);

    R sessionOpened(SessionOpened event);

    R groupArchived(GroupArchived event);

    R epochRefused(EpochRefused event);

    R epochsOrphaned(EpochsOrphaned event);

    R envelopesAppended(EnvelopesAppended event);

    R ownerDevicesNoted(OwnerDevicesNoted event);

    R ownerMessageSent(OwnerMessageSent event);
  }
}
