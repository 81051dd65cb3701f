package io.karst.domain.group;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller asks of a group. Commands are requests: they may be refused.
 *
 * <p>{@code by} is the authenticated device, never something from a message's body. Signatures
 * inside were verified, and hashes computed, before the command was made.
 */
public sealed interface GroupCommand {

  <R> R match(Cases<R> cases);

  /**
   * Creates the group with its first members and epoch 1.
   *
   * @param groupId made from the creator and {@code nonce}; that it was is checked before
   * @param members beside the creator, who is the owner
   * @param registered the newest device list of every member, as the members' own actors hold it
   */
  record Create(
      DeviceAddress by,
      GroupId groupId,
      Bytes nonce,
      Policy policy,
      Map<MemberId, Role> members,
      SignedManifest manifest,
      List<SealedKey> sealedKeys,
      Map<MemberId, DeviceList> registered)
      implements GroupCommand {
    public Create {
      members = Map.copyOf(members);
      sealedKeys = List.copyOf(sealedKeys);
      registered = Map.copyOf(registered);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.create(this);
    }
  }

  /**
   * Ends the current epoch, applies changes, starts the next.
   *
   * @param orphaned the epochs that a reset gives up; of other commits absent
   */
  record Commit(
      DeviceAddress by,
      long expectedEpoch,
      List<Change> changes,
      SignedManifest manifest,
      List<SealedKey> sealedKeys,
      Map<MemberId, DeviceList> registered,
      Optional<EpochRange> orphaned)
      implements GroupCommand {
    public Commit {
      changes = List.copyOf(changes);
      sealedKeys = List.copyOf(sealedKeys);
      registered = Map.copyOf(registered);
    }

    /** A commit that resets nothing. */
    public Commit(
        DeviceAddress by,
        long expectedEpoch,
        List<Change> changes,
        SignedManifest manifest,
        List<SealedKey> sealedKeys,
        Map<MemberId, DeviceList> registered) {
      this(by, expectedEpoch, changes, manifest, sealedKeys, registered, Optional.empty());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.commit(this);
    }
  }

  /** Takes the caller out. */
  record Leave(DeviceAddress by) implements GroupCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.leave(this);
    }
  }

  /** Says that somebody outside may know the epoch's key. */
  record ReportCompromise(DeviceAddress by) implements GroupCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reportCompromise(this);
    }
  }

  /** Says that the key that was sealed to the caller is not the one that the manifest speaks of. */
  record ReportEpochRefused(DeviceAddress by, long epoch) implements GroupCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reportEpochRefused(this);
    }
  }

  /** Tunes the rules anew. */
  record SetPolicy(DeviceAddress by, Policy policy) implements GroupCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.setPolicy(this);
    }
  }

  /** Gives keys of past epochs to a device. */
  record ShareHistory(KeyShare share) implements GroupCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.shareHistory(this);
    }
  }

  /** Ends the group. */
  record Archive(DeviceAddress by) implements GroupCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.archive(this);
    }
  }

  /**
   * Appends envelopes of many senders: everything that came in while the last write was under way.
   */
  record Append(List<Submission> submissions) implements GroupCommand {
    public Append {
      submissions = List.copyOf(submissions);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.append(this);
    }
  }

  /** Records that every inbox has taken its key of an epoch. Comes from the group's own fan-out. */
  record MarkDelivered(long epoch) implements GroupCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.markDelivered(this);
    }
  }

  /**
   * Says which devices a member has now. Comes from the member, which repeats it until answered.
   */
  record NoteDevices(DeviceList list) implements GroupCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.noteDevices(this);
    }
  }

  /**
   * Says which versions the device list of a member has had since one, in the log of its own
   * devices.
   *
   * @param known the newest version that the log has noted; none before it is opened
   * @param lists that follow it, in order; 1 to {@value #LISTS_MAX}
   */
  record NoteOwnerDevices(Optional<DeviceList> known, List<DeviceList> lists)
      implements GroupCommand {

    /** More at once than a page of a member's chain only delays others. */
    public static final int LISTS_MAX = 64;

    public NoteOwnerDevices {
      lists = List.copyOf(lists);
      if (lists.isEmpty() || lists.size() > LISTS_MAX) {
        throw new IllegalArgumentException("1 to 64 lists");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.noteOwnerDevices(this);
    }
  }

  /**
   * One frame of one device: its envelopes, and the binding of their session when it may be new; or
   * one message to its member's other devices.
   */
  record Submission(
      DeviceAddress by,
      List<SessionBinding> bindings,
      List<Envelope> envelopes,
      Optional<OwnerMessage> owner) {

    /** More in one frame only delays others. */
    public static final int ENVELOPES_MAX = 64;

    public Submission {
      bindings = List.copyOf(bindings);
      envelopes = List.copyOf(envelopes);
      boolean counted =
          owner.isPresent() ? bindings.isEmpty() && envelopes.isEmpty() : !envelopes.isEmpty();
      if (!counted || bindings.size() > 1 || envelopes.size() > ENVELOPES_MAX) {
        throw new IllegalArgumentException(
            "at most 1 binding, 1 to 64 envelopes; or one owner message");
      }
    }

    /** A frame for a group. */
    public Submission(DeviceAddress by, List<SessionBinding> bindings, List<Envelope> envelopes) {
      this(by, bindings, envelopes, Optional.empty());
    }

    /** A frame for the log of the sender's own devices. */
    public static Submission of(DeviceAddress by, OwnerMessage message) {
      return new Submission(by, List.of(), List.of(), Optional.of(message));
    }
  }

  /** One method per command. */
  interface Cases<R> {
    R create(Create command);

    R commit(Commit command);

    R leave(Leave command);

    R reportCompromise(ReportCompromise command);

    R reportEpochRefused(ReportEpochRefused command);

    R setPolicy(SetPolicy command);

    R shareHistory(ShareHistory command);

    R archive(Archive command);

    R append(Append command);

    R markDelivered(MarkDelivered command);

    R noteDevices(NoteDevices command);

    R noteOwnerDevices(NoteOwnerDevices command);
  }
}
