package io.karst.journal.codec;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.Device;
import io.karst.domain.device.DeviceChain;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.Inbox;
import io.karst.domain.device.InboxItem;
import io.karst.domain.device.KeyStock;
import io.karst.domain.device.Member;
import io.karst.domain.device.MemberEvent;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.EpochFaults;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Epochs;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.LogEnd;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.KeyShare;
import io.karst.domain.history.Sharing;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerLog;
import io.karst.domain.owner.OwnerMessage;
import io.karst.domain.owner.SentMessage;
import io.karst.domain.sender.IndexWindow;
import io.karst.domain.sender.RecentEnvelopes;
import io.karst.domain.sender.Sender;
import io.karst.domain.sender.Senders;
import io.karst.domain.sender.Session;
import io.karst.domain.sender.TakenEnvelope;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.statement.EpochStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of the golden files: one for each kind of event, and of each snapshot. */
final class Samples {

  static final GroupId GROUP = new GroupId("00112233445566778899aabbccddeeff");
  private static final GroupId OTHER_GROUP = new GroupId("ffeeddccbbaa99887766554433221100");
  static final MemberId ADA = new MemberId("ada");
  static final MemberId BO = new MemberId("bo");
  static final DeviceAddress LAPTOP = DeviceAddress.of("ada", "laptop");
  static final DeviceAddress PHONE = DeviceAddress.of("bo", "phone");
  static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

  private static final RosterEntry ADAS =
      new RosterEntry(ADA, 1, new DeviceIdentity(LAPTOP.device(), bytes(1, 32), bytes(2, 32)));
  private static final RosterEntry BOS =
      new RosterEntry(BO, 300, new DeviceIdentity(PHONE.device(), bytes(3, 32), bytes(4, 32)));
  private static final SignedKey FALLBACK = new SignedKey(0, bytes(5, 32), true, bytes(6, 64));

  static final Policy LIMITED = new Policy(Duration.ofSeconds(30), Duration.ofHours(1), 300);

  private Samples() {}

  /** The first record of a group whose epochs end by themselves. */
  static StoredRecord limitedGroup() {
    return record(0, new GroupEvent.GroupCreated(LAPTOP, GROUP, bytes(7, 16), LIMITED, AT));
  }

  /** A state in which nothing is empty and epochs end by themselves. */
  static GroupLog limitedLog() {
    return log(LIMITED, sharing());
  }

  /** A state in which nothing is empty and history was shared. */
  static GroupLog sharedLog() {
    var recent = new Sharing.Recent(11, AT, LAPTOP, PHONE, 1, 2);
    return log(
        LIMITED.with(History.WHOLE),
        new Sharing(Map.of(LAPTOP, 1L, PHONE, 3L), Map.of(BO, 1L), List.of(recent)));
  }

  /** What follows from the epochs themselves. */
  private static Sharing sharing() {
    return new Sharing(Map.of(LAPTOP, 2L, PHONE, 3L), Map.of(), List.of());
  }

  private static GroupLog log(Policy policy, Sharing sharing) {
    GroupLog log = groupLog();
    Group group = log.group();
    return new GroupLog(
        new Group(
            group.id(),
            group.nonce(),
            policy,
            group.members(),
            group.epochs().plus(300),
            group.senders(),
            group.due(),
            group.revoked(),
            sharing,
            group.archived(),
            group.committing(),
            group.owner(),
            group.end()),
        log.frontier());
  }

  /** A state in which nothing is empty, of a group whose epochs were refused and given up. */
  static GroupLog faultyLog() {
    GroupLog log = groupLog();
    Group group = log.group();
    Epochs known = group.epochs();
    var refusals = Set.of(new EpochFaults.Refusal(2, LAPTOP), new EpochFaults.Refusal(3, PHONE));
    var orphaned = List.of(new EpochRange(1, 1), new EpochRange(3, 300));
    return new GroupLog(
        new Group(
            group.id(),
            group.nonce(),
            group.policy(),
            group.members(),
            new Epochs(
                known.current(),
                known.previous(),
                known.firstManifestHash(),
                known.delivered(),
                new EpochFaults(refusals, orphaned)),
            group.senders(),
            group.due(),
            group.revoked(),
            group.sharing(),
            group.archived(),
            group.committing(),
            group.owner(),
            group.end()),
        log.frontier());
  }

  /** The first record of a group whose devices forget. */
  static StoredRecord forgettingGroup() {
    return record(
        0, new GroupEvent.GroupCreated(LAPTOP, GROUP, bytes(7, 16), LIMITED.thatForgets(), AT));
  }

  /** A policy that shares everything. */
  static StoredRecord sharingPolicy() {
    return record(17, new GroupEvent.PolicyChanged(LAPTOP, LIMITED.with(History.WHOLE), AT));
  }

  private static KeyShare share() {
    return new KeyShare(LAPTOP, PHONE, 1, 2, 1, bytes(16, 300));
  }

  private static ToldShare told() {
    return new ToldShare(GROUP, 300, PHONE, 1, 2);
  }

  private static KeyRequest request() {
    return new KeyRequest(GROUP, PHONE, 1, 2, new SealedKey(LAPTOP, 0, bytes(12, 200)));
  }

  /** One record for each kind of event of a group. */
  static List<StoredRecord> groupRecords() {
    var policy = Policy.withoutLimits(Duration.ofSeconds(30));
    var soon = AT.plusSeconds(30);
    return List.of(
        record(0, new GroupEvent.GroupCreated(LAPTOP, GROUP, bytes(7, 16), policy, AT)),
        record(1, new GroupEvent.MemberAdded(LAPTOP, BO, Role.ADMIN, AT)),
        record(2, new GroupEvent.MemberRemoved(LAPTOP, BO, AT)),
        record(3, new GroupEvent.MemberLeft(PHONE, AT)),
        record(4, new GroupEvent.RoleChanged(LAPTOP, BO, Role.OWNER, AT)),
        record(5, new GroupEvent.RotationDue(RotationReason.MEMBER_LEFT, soon, AT)),
        record(6, new GroupEvent.EpochEnded(LAPTOP, 1, soon, AT)),
        record(
            7,
            new GroupEvent.EpochStarted(
                EpochStatements.signed(manifest(), bytes(8, 64)), sealedKeys(), AT)),
        record(8, new GroupEvent.EpochKeysDelivered(2, AT)),
        record(9, new GroupEvent.SessionOpened(binding(PHONE, 2), AT)),
        record(10, new GroupEvent.GroupArchived(LAPTOP, AT)),
        record(11, new GroupEvent.EnvelopesAppended(envelopes(), AT)),
        record(14, new GroupEvent.CompromiseReported(PHONE, AT)),
        record(15, new GroupEvent.PolicyChanged(LAPTOP, LIMITED, AT)),
        record(16, new GroupEvent.EpochRefused(PHONE, 2, AT)),
        record(17, new GroupEvent.EpochsOrphaned(LAPTOP, new EpochRange(1, 300), AT)),
        record(
            16,
            new GroupEvent.SealedKeysStaged(
                bytes(25, 32), 128, sealedKeys().stream().map(SealedKey::text).toList(), AT)),
        record(
            16,
            new GroupEvent.DevicesRevoked(
                ADA, List.of(LAPTOP.device(), new DeviceId("tablet")), AT)),
        record(16, new GroupEvent.HistoryShared(share(), AT)),
        record(18, new GroupEvent.OwnerDevicesNoted(secondList(), AT)),
        record(19, new GroupEvent.OwnerMessageSent(ownerMessage(), AT)));
  }

  /** An epoch whose keys stand in records before. */
  static StoredRecord stagedStart() {
    return record(
        17,
        new GroupEvent.EpochStarted(
            EpochStatements.signed(manifest(), bytes(8, 64)),
            new SealedKeys.Staged(bytes(26, 32), 300),
            AT));
  }

  /** A log of a member's own devices in which nothing is empty. */
  static GroupLog ownerLog() {
    var sent = new SentMessage(new DeviceId("tablet"), new ClientId(bytes(51, 16)), 2, AT);
    var group = new Group(
        GROUP,
        Bytes.EMPTY,
        Policy.DEFAULT,
        Map.of(),
        Epochs.NONE,
        Senders.EMPTY,
        List.of(),
        Set.of(),
        Sharing.NONE,
        false,
        new LogEnd(3, AT));
    return new GroupLog(
        group.with(new OwnerLog(Optional.of(secondList()), List.of(sent))),
        new Frontier(3, List.of(bytes(40, 32), bytes(41, 32))));
  }

  private static OwnerMessage ownerMessage() {
    return new OwnerMessage(
        LAPTOP,
        new ClientId(bytes(51, 16)),
        2,
        List.of(
            new OwnerCopy(new DeviceId("tablet"), 1, bytes(52, 40)),
            new OwnerCopy(new DeviceId("watch"), 0, bytes(53, 200))),
        bytes(54, 64));
  }

  /** One for each kind of event of a member. */
  static List<MemberEvent> memberEvents() {
    return List.of(
        new MemberEvent.MemberRegistered(deviceList(), AccountRole.MEMBER, FALLBACK, AT),
        new MemberEvent.OneTimeKeysAdded(
            LAPTOP.device(), List.of(oneTimeKey(1), oneTimeKey(Long.MAX_VALUE)), AT),
        new MemberEvent.FallbackKeyReplaced(
            LAPTOP.device(), new SignedKey(9, bytes(5, 32), true, bytes(6, 64)), AT),
        new MemberEvent.OneTimeKeyClaimed(LAPTOP.device(), PHONE, 1, AT),
        new MemberEvent.KeysRanLow(LAPTOP.device(), 10, AT),
        new MemberEvent.SealedKeysTaken(GROUP, 2, PHONE, List.of(sealedKeys().get(0)), AT),
        new MemberEvent.InboxAcknowledged(LAPTOP.device(), 300, AT),
        new MemberEvent.DevicesChanged(secondList(), List.of(FALLBACK), bytes(50, 32), AT),
        new MemberEvent.GroupNoticesChanged(List.of(GROUP), List.of(OTHER_GROUP), AT),
        new MemberEvent.KeyShareTold(LAPTOP.device(), told(), AT),
        new MemberEvent.KeysRequested(request(), AT));
  }

  /** A state in which nothing is empty. */
  static GroupLog groupLog() {
    var due = new DueRotation(RotationReason.MEMBER_LEFT, AT.plusSeconds(1));
    var group = new Group(
        GROUP,
        bytes(7, 16),
        Policy.withoutLimits(Duration.ofMillis(1)),
        Map.of(ADA, Role.OWNER, BO, Role.MEMBER),
        epochs(),
        Senders.of(Map.of(LAPTOP, sender(LAPTOP), PHONE, sender(PHONE))),
        List.of(due),
        Set.of(),
        sharing(),
        true,
        new LogEnd(13, AT));
    return new GroupLog(
        group, new Frontier(13, List.of(bytes(40, 32), bytes(41, 32), bytes(42, 32))));
  }

  /** An account in which nothing is empty. */
  static Member member() {
    return member(List.of(), 0);
  }

  /** An account with keys of the past, and questions for them. */
  static Member sharingMember() {
    return member(
        List.of(new InboxItem.KeysShared(3, told()), new InboxItem.KeysRequested(4, request())),
        300);
  }

  private static Member member(List<InboxItem> more, long share) {
    var stock = new KeyStock(List.of(oneTimeKey(3), oneTimeKey(4)), Long.MAX_VALUE, FALLBACK);
    var items = new ArrayList<InboxItem>();
    items.add(new InboxItem.SealedEpochKey(1, GROUP, 2, PHONE, sealedKeys().get(0)));
    items.add(new InboxItem.KeysLow(2, 0));
    items.addAll(more);
    var inbox = new Inbox(items, 300, List.of(new Inbox.TakenEpoch(GROUP, 2, share)));
    return new Member(
        ADA,
        new DeviceChain(List.of(deviceList()), Set.of()),
        AccountRole.AUDITOR,
        Map.of(LAPTOP.device(), new Device(stock, inbox, Bytes.EMPTY)),
        Set.of(),
        AT);
  }

  /** An account whose device has replaced its fallback key twice. */
  static Member renewedMember() {
    Member member = member();
    Device device = member.device(LAPTOP.device()).orElseThrow();
    KeyStock keys = device.keys();
    var renewed = new KeyStock(
        keys.oneTimeKeys(),
        keys.watermark(),
        keys.fallbackKey(),
        List.of(bytes(51, 32), bytes(52, 32)));
    return new Member(
        member.id(),
        member.chain(),
        member.role(),
        Map.of(LAPTOP.device(), new Device(renewed, device.inbox(), device.linkProof())),
        member.owed(),
        member.lastAt());
  }

  /** A state whose group waits for a rotation after two devices were revoked. */
  static GroupLog revokedLog() {
    GroupLog log = groupLog();
    Group group = log.group();
    return new GroupLog(
        new Group(
            group.id(),
            group.nonce(),
            group.policy(),
            group.members(),
            group.epochs(),
            group.senders(),
            List.of(new DueRotation(RotationReason.DEVICE_REMOVED, AT)),
            Set.of(PHONE, LAPTOP),
            group.sharing(),
            group.archived(),
            group.committing(),
            group.owner(),
            group.end()),
        log.frontier());
  }

  /** An account with two versions of its devices, which lost others before. */
  static Member linkedMember() {
    Member member = member();
    var added = new Device(
        new KeyStock(List.of(), -1, FALLBACK), new Inbox(List.of(), 0, List.of()), bytes(50, 32));
    return new Member(
        ADA,
        new DeviceChain(
            List.of(deviceList(), secondList()),
            Set.of(new DeviceId("attic"), new DeviceId("barn"))),
        member.role(),
        Map.of(
            LAPTOP.device(),
            member.device(LAPTOP.device()).orElseThrow(),
            new DeviceId("tablet"),
            added),
        Set.of(GROUP, OTHER_GROUP),
        AT);
  }

  /** A record from which frontiers are computed. */
  static StoredRecord waymark() {
    StoredRecord archived = record(256 + 8 + 2, new GroupEvent.GroupArchived(LAPTOP, AT));
    var frontier = new Frontier(
        archived.firstOffset(), List.of(bytes(0xa1, 32), bytes(0xa2, 32), bytes(0xa3, 32)));
    return new StoredRecord(
        archived.firstOffset(),
        AT,
        archived.epoch(),
        archived.root(),
        archived.event(),
        Optional.of(frontier));
  }

  static Bytes bytes(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.copyOf(bytes);
  }

  private static StoredRecord record(long offset, GroupEvent event) {
    return new StoredRecord(offset, AT, offset == 0 ? 0 : 2, bytes(0xff, 32), event);
  }

  private static Manifest manifest() {
    return new Manifest(
        GROUP,
        2,
        Manifest.KEY_SUITE_OLM,
        bytes(9, 32),
        RotationReason.MEMBER_JOINED,
        LAPTOP,
        bytes(10, 32),
        List.of(ADAS, BOS));
  }

  private static List<SealedKey> sealedKeys() {
    return List.of(
        new SealedKey(LAPTOP, 1, bytes(11, 20)), new SealedKey(PHONE, 0, bytes(12, 200)));
  }

  private static SessionBinding binding(DeviceAddress sender, long epoch) {
    return new SessionBinding(sender, epoch, bytes(13, 32), bytes(14, 64));
  }

  private static List<Envelope> envelopes() {
    return List.of(
        envelope(PHONE, 2, 0),
        envelope(LAPTOP, 1, 300),
        envelope(PHONE, 2, Envelope.MESSAGE_INDEX_MAX));
  }

  private static Envelope envelope(DeviceAddress sender, long epoch, long index) {
    var clientId = new ClientId(bytes((int) index, 16));
    return new Envelope(epoch, sender, bytes(13, 32), index, clientId, bytes(15, 100));
  }

  private static Epochs epochs() {
    var current =
        new Epoch(3, bytes(20, 32), Map.of(LAPTOP, ADAS, PHONE, BOS), 9, AT, Epoch.OPEN, 0);
    var previous = new Epoch(2, bytes(21, 32), Map.of(LAPTOP, ADAS), 4, AT, AT.plusSeconds(30), 0);
    return new Epochs(current, previous, bytes(22, 32), 2);
  }

  private static Sender sender(DeviceAddress device) {
    var none = new Session(binding(device, 3), IndexWindow.EMPTY);
    var busy = new Session(binding(device, 2), new IndexWindow(Envelope.MESSAGE_INDEX_MAX, -1L));
    var taken = new TakenEnvelope(new ClientId(bytes(23, 1)), bytes(13, 32), 7, 11, AT);
    return new Sender(List.of(busy, none), RecentEnvelopes.of(List.of(taken)));
  }

  private static SignedKey oneTimeKey(long id) {
    return new SignedKey(id, bytes(30, 32), false, bytes(31, 64));
  }

  private static DeviceList deviceList() {
    var identity = new DeviceIdentity(new DeviceId("laptop"), bytes(1, 32), bytes(2, 32));
    return new DeviceList(ADA, 1, Bytes.EMPTY, List.of(identity), LAPTOP.device(), bytes(32, 64));
  }

  private static DeviceList secondList() {
    var tablet = new DeviceIdentity(new DeviceId("tablet"), bytes(3, 32), bytes(4, 32));
    return new DeviceList(
        ADA,
        2,
        bytes(33, 32),
        List.of(deviceList().devices().get(0), tablet),
        LAPTOP.device(),
        bytes(34, 64));
  }
}
