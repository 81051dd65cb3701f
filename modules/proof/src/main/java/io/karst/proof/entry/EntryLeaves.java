package io.karst.proof.entry;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Policy;
import io.karst.domain.history.KeyShare;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.EpochStatements;
import io.karst.proof.statement.HistoryStatements;
import io.karst.proof.statement.OwnerHeader;
import io.karst.proof.statement.StatementWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The leaf hashes of an event's entries, in order: one, none, or one for each envelope.
 *
 * <p>Mutable, for one thread: it keeps a digest between entries.
 */
public final class EntryLeaves implements GroupEvent.Cases<List<Bytes>> {

  private final LeafHasher hasher = new LeafHasher();
  private final GroupId group;
  private final long firstOffset;
  private final long epoch;

  /**
   * For the event whose first entry stands at {@code firstOffset}.
   *
   * @param epoch the one that is current once the event is written; 0 before the first
   */
  public EntryLeaves(GroupId group, long firstOffset, long epoch) {
    this.group = group;
    this.firstOffset = firstOffset;
    this.epoch = epoch;
  }

  @Override
  public List<Bytes> groupCreated(GroupEvent.GroupCreated event) {
    return caused(
        event.by(),
        header(EntryKind.GROUP_CREATED, event.at()),
        payload -> policyOf(event, payload.bytes(event.nonce())));
  }

  /** Groups that limit nothing are hashed as they were before there were limits. */
  private static void policyOf(GroupEvent.GroupCreated event, StatementWriter payload) {
    if (event.policy().hasLimits() || event.policy().hasHistory()) {
      write(event.policy(), payload);
    } else {
      payload.u64(event.policy().grace().toMillis());
    }
  }

  /** Policies that say nothing of history are hashed as they were before they could. */
  private static void write(Policy policy, StatementWriter payload) {
    payload
        .u64(policy.grace().toMillis())
        .u64(policy.ageMax().toMillis())
        .u32(policy.messagesPerMember());
    if (policy.hasHistory()) {
      payload.u32(policy.history().number()).u8(policy.forwardOnly() ? 1 : 0);
    }
  }

  @Override
  public List<Bytes> memberAdded(GroupEvent.MemberAdded event) {
    return caused(
        event.by(),
        header(EntryKind.MEMBER_ADDED, event.at()),
        payload -> payload.str(event.member().value()).u32(event.role().number()));
  }

  @Override
  public List<Bytes> memberRemoved(GroupEvent.MemberRemoved event) {
    return caused(
        event.by(),
        header(EntryKind.MEMBER_REMOVED, event.at()),
        payload -> payload.str(event.member().value()));
  }

  @Override
  public List<Bytes> memberLeft(GroupEvent.MemberLeft event) {
    return caused(
        event.by(),
        header(EntryKind.MEMBER_LEFT, event.at()),
        payload -> payload.str(event.by().member().value()));
  }

  @Override
  public List<Bytes> roleChanged(GroupEvent.RoleChanged event) {
    return caused(
        event.by(),
        header(EntryKind.ROLE_CHANGED, event.at()),
        payload -> payload.str(event.member().value()).u32(event.role().number()));
  }

  @Override
  public List<Bytes> rotationDue(GroupEvent.RotationDue event) {
    return leaf(
        header(EntryKind.ROTATION_DUE, event.at()),
        payload -> payload.u32(event.reason().number()).u64(event.deadline().toEpochMilli()));
  }

  @Override
  public List<Bytes> compromiseReported(GroupEvent.CompromiseReported event) {
    return caused(event.by(), header(EntryKind.COMPROMISE_REPORTED, event.at()), payload -> {});
  }

  @Override
  public List<Bytes> devicesRevoked(GroupEvent.DevicesRevoked event) {
    return leaf(
        header(EntryKind.DEVICES_REVOKED, event.at()),
        payload -> payload
            .str(event.member().value())
            .list(event.devices(), (item, device) -> item.str(device.value())));
  }

  @Override
  public List<Bytes> policyChanged(GroupEvent.PolicyChanged event) {
    return caused(
        event.by(),
        header(EntryKind.POLICY_CHANGED, event.at()),
        payload -> write(event.policy(), payload));
  }

  @Override
  public List<Bytes> historyShared(GroupEvent.HistoryShared event) {
    KeyShare share = event.share();
    Bytes sealedHash = HistoryStatements.sealedHash(share);
    return historyShared(
        new ToldShare(group, firstOffset, share.by(), share.fromEpoch(), share.toEpoch()),
        share.to(),
        sealedHash,
        event.at());
  }

  /**
   * As {@link #historyShared(GroupEvent.HistoryShared)}, for a reader who was not shown the sealed
   * keys.
   */
  public List<Bytes> historyShared(
      ToldShare share, DeviceAddress to, Bytes sealedHash, Instant at) {
    return caused(
        share.by(),
        header(EntryKind.HISTORY_SHARED, at),
        payload -> payload
            .str(to.member().value())
            .str(to.device().value())
            .u64(share.fromEpoch())
            .u64(share.toEpoch())
            .bytes(sealedHash));
  }

  @Override
  public List<Bytes> epochEnded(GroupEvent.EpochEnded event) {
    return caused(
        event.by(),
        header(EntryKind.EPOCH_ENDED, event.at()),
        payload -> payload.u64(event.epoch()).u64(event.graceUntil().toEpochMilli()));
  }

  /** No entry: what is never used leaves no trace. */
  @Override
  public List<Bytes> sealedKeysStaged(GroupEvent.SealedKeysStaged event) {
    return List.of();
  }

  @Override
  public List<Bytes> epochStarted(GroupEvent.EpochStarted event) {
    return epochStarted(event.manifest(), sealedKeysHash(event.keys()), event.at());
  }

  /** What the leaf covers of an epoch's sealed keys, wherever they stand: 32 bytes. */
  public static Bytes sealedKeysHash(SealedKeys keys) {
    return keys.match(new SealedKeys.Cases<>() {
      @Override
      public Bytes here(SealedKeys.Here here) {
        return EpochStatements.sealedKeysHash(here.keys());
      }

      @Override
      public Bytes staged(SealedKeys.Staged staged) {
        return staged.hash();
      }
    });
  }

  /**
   * As {@link #epochStarted(GroupEvent.EpochStarted)}, for a reader who was not shown all sealed
   * keys.
   */
  public List<Bytes> epochStarted(SignedManifest signed, Bytes sealedKeysHash, Instant at) {
    return caused(
        signed.manifest().committer(),
        header(EntryKind.EPOCH_STARTED, at),
        payload -> payload.bytes(signed.hash()).bytes(signed.signature()).bytes(sealedKeysHash));
  }

  @Override
  public List<Bytes> epochKeysDelivered(GroupEvent.EpochKeysDelivered event) {
    return leaf(
        header(EntryKind.EPOCH_KEYS_DELIVERED, event.at()), payload -> payload.u64(event.epoch()));
  }

  @Override
  public List<Bytes> sessionOpened(GroupEvent.SessionOpened event) {
    var binding = event.binding();
    return caused(
        binding.sender(),
        header(EntryKind.SESSION_OPENED, event.at()),
        payload ->
            payload.u64(binding.epoch()).bytes(binding.sessionKey()).bytes(binding.signature()));
  }

  @Override
  public List<Bytes> groupArchived(GroupEvent.GroupArchived event) {
    return caused(event.by(), header(EntryKind.GROUP_ARCHIVED, event.at()), payload -> {});
  }

  @Override
  public List<Bytes> epochRefused(GroupEvent.EpochRefused event) {
    return caused(
        event.by(),
        header(EntryKind.EPOCH_REFUSED, event.at()),
        payload -> payload.u64(event.epoch()));
  }

  @Override
  public List<Bytes> epochsOrphaned(GroupEvent.EpochsOrphaned event) {
    return caused(
        event.by(),
        header(EntryKind.EPOCHS_ORPHANED, event.at()),
        payload -> payload.u64(event.epochs().from()).u64(event.epochs().to()));
  }

  @Override
  public List<Bytes> envelopesAppended(GroupEvent.EnvelopesAppended event) {
    var leaves = new ArrayList<Bytes>(event.entries());
    for (Envelope envelope : event.envelopes()) {
      long offset = firstOffset + leaves.size();
      leaves.add(hasher.leaf(
          EntryHeader.of(group, offset, event.at(), envelope),
          payload -> payload.raw(envelope.ciphertext())));
    }
    return leaves;
  }

  @Override
  public List<Bytes> ownerDevicesNoted(GroupEvent.OwnerDevicesNoted event) {
    DeviceList list = event.list();
    return leaf(
        header(EntryKind.OWNER_DEVICES, event.at()),
        payload -> payload
            .str(list.member().value())
            .u64(list.version())
            .bytes(DeviceStatements.deviceList(list).hash())
            .str(list.signer().value())
            .bytes(list.signature()));
  }

  @Override
  public List<Bytes> ownerMessageSent(GroupEvent.OwnerMessageSent event) {
    return ownerMessageSent(OwnerHeader.of(event.message()), event.at());
  }

  /**
   * As {@link #ownerMessageSent(GroupEvent.OwnerMessageSent)}, for a reader who was not shown what
   * is sealed to others.
   */
  public List<Bytes> ownerMessageSent(OwnerHeader message, Instant at) {
    return leaf(
        header(EntryKind.OWNER_MESSAGE, at).saidBy(message.sender(), message.clientId()),
        payload -> {
          message.writeSealed(payload);
          payload.bytes(message.signature());
        });
  }

  private EntryHeader header(EntryKind kind, Instant at) {
    return EntryHeader.byServer(group, firstOffset, kind, epoch, at);
  }

  private List<Bytes> caused(
      DeviceAddress by, EntryHeader header, Consumer<StatementWriter> payload) {
    return leaf(header.causedBy(by), payload);
  }

  private List<Bytes> leaf(EntryHeader header, Consumer<StatementWriter> payload) {
    return List.of(hasher.leaf(header, payload));
  }
}
