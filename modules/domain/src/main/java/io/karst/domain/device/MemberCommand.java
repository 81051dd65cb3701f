package io.karst.domain.device;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;

/**
 * What is asked of a member's account. Commands are requests: they may be refused.
 *
 * <p>{@code by} is the authenticated device. Signatures inside were verified before the command was
 * made.
 */
public sealed interface MemberCommand {

  /** Calls the one case that matches. */
  <R> R match(Cases<R> cases);

  /** Registers the member with its first device. */
  record Register(
      DeviceAddress by,
      DeviceList list,
      AccountRole role,
      List<SignedKey> oneTimeKeys,
      SignedKey fallbackKey)
      implements MemberCommand {
    public Register {
      oneTimeKeys = List.copyOf(oneTimeKeys);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.register(this);
    }
  }

  /**
   * Registers the member anew, with a new first device: all of its devices are lost, and its
   * deployment says so.
   */
  record StartOver(Register registration) implements MemberCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.startOver(this);
    }
  }

  /**
   * Puts {@code next} into the place of {@code previous}, which it was verified against: adds one
   * device, or removes some.
   *
   * @param fallbackKey of the device that is added, one; none when devices are removed
   * @param linkProof to be handed to the device that is added, 32 bytes; empty when devices are
   *     removed
   */
  record ChangeDevices(
      DeviceAddress by,
      DeviceList previous,
      DeviceList next,
      List<SignedKey> fallbackKey,
      Bytes linkProof)
      implements MemberCommand {
    public ChangeDevices {
      fallbackKey = List.copyOf(fallbackKey);
      if (fallbackKey.size() > 1) {
        throw new IllegalArgumentException("at most 1 fallback key");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.changeDevices(this);
    }
  }

  /** Says that these groups know a device list. Comes from the member's own telling. */
  record MarkTold(DeviceList list, List<GroupId> groups) implements MemberCommand {
    public MarkTold {
      groups = List.copyOf(groups);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.markTold(this);
    }
  }

  /**
   * Adds one-time keys and replaces the fallback key.
   *
   * @param fallbackKey none or one
   */
  record UploadKeys(DeviceAddress by, List<SignedKey> oneTimeKeys, List<SignedKey> fallbackKey)
      implements MemberCommand {
    public UploadKeys {
      oneTimeKeys = List.copyOf(oneTimeKeys);
      fallbackKey = List.copyOf(fallbackKey);
      if (fallbackKey.size() > 1) {
        throw new IllegalArgumentException("at most 1 fallback key");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.uploadKeys(this);
    }
  }

  /** Hands out one key of a device, for an Olm session that {@code claimant} will open with it. */
  record ClaimKey(DeviceAddress device, DeviceAddress claimant) implements MemberCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.claimKey(this);
    }
  }

  /**
   * Puts an epoch's sealed keys into the inboxes of this member's devices. Comes from a group's
   * fan-out, which repeats it until it is answered, and which tells of epochs in ascending order.
   */
  record TakeSealedKeys(GroupId group, long epoch, DeviceAddress committer, List<SealedKey> keys)
      implements MemberCommand {
    public TakeSealedKeys {
      keys = List.copyOf(keys);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.takeSealedKeys(this);
    }
  }

  /**
   * Tells a device of keys that are for it in a group's log. Comes from the group, which repeats it
   * until it is answered, and which tells of shares in ascending order.
   */
  record TakeKeyShare(DeviceAddress to, ToldShare share) implements MemberCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.takeKeyShare(this);
    }
  }

  /** Asks a device for keys of past epochs. */
  record TakeKeyRequest(KeyRequest request) implements MemberCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.takeKeyRequest(this);
    }
  }

  /** Says that the device has stored every inbox item up to and including this sequence. */
  record AcknowledgeInbox(DeviceAddress by, long upToSequence) implements MemberCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.acknowledgeInbox(this);
    }
  }

  /** One method per command. */
  interface Cases<R> {
    R register(Register command);

    R startOver(StartOver command);

    R changeDevices(ChangeDevices command);

    R markTold(MarkTold command);

    R uploadKeys(UploadKeys command);

    R claimKey(ClaimKey command);

    R takeSealedKeys(TakeSealedKeys command);

    R takeKeyShare(TakeKeyShare command);

    R takeKeyRequest(TakeKeyRequest command);

    R acknowledgeInbox(AcknowledgeInbox command);
  }
}
