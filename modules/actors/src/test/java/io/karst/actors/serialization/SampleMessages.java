package io.karst.actors.serialization;

import io.karst.actors.group.AppendReply;
import io.karst.actors.group.GroupMessage;
import io.karst.actors.group.GroupNews;
import io.karst.actors.group.GroupReply;
import io.karst.actors.group.GroupView;
import io.karst.actors.group.ViewReply;
import io.karst.actors.member.AccountReply;
import io.karst.actors.member.ChainReply;
import io.karst.actors.member.Delivered;
import io.karst.actors.member.DeviceNews;
import io.karst.actors.member.InboxChanged;
import io.karst.actors.member.InboxReply;
import io.karst.actors.member.KeyTraceReply;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.MemberReply;
import io.karst.actors.member.ShareTold;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.domain.access.DeviceTrace;
import io.karst.domain.access.InboxTrace;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.InboxItem;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.MemberDecision.KeyRefusal;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.EpochFaults;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Change;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Decision.Outcome;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupRules;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Receipt;
import io.karst.domain.group.Role;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.KeyShare;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import io.karst.domain.refusal.Reason;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;

/** One message at least of every kind, with one value at least of every kind inside. */
final class SampleMessages {

  /** The types of messages between nodes. */
  static final List<Class<?>> ROOTS = List.of(
      GroupMessage.class,
      GroupNews.class,
      GroupReply.class,
      AppendReply.class,
      ViewReply.class,
      MemberMessage.class,
      MemberReply.class,
      AccountReply.class,
      InboxReply.class,
      KeyTraceReply.class,
      InboxChanged.class,
      Delivered.class,
      ChainReply.class,
      DeviceNews.class);

  /** Those among them that never leave their node. */
  static final Set<Class<?>> LOCAL = Set.of(
      GroupMessage.Flush.class,
      GroupMessage.Stage.class,
      GroupMessage.KeysTaken.class,
      MemberMessage.GroupsTold.class);

  private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final TestDevice ADA = TestDevice.of("ada");
  private static final TestDevice BO = TestDevice.of("bo");
  private static final TestGroup GROUP = new TestGroup("sample", List.of(ADA, BO));
  private static final Head HEAD = new Head(7, Head.EMPTY.root());

  private final ActorTestKit kit;

  SampleMessages(ActorTestKit kit) {
    this.kit = kit;
  }

  Stream<NodeMessage> all() {
    return Stream.of(groupMessages(), groupReplies(), memberMessages(), memberReplies())
        .flatMap(messages -> messages);
  }

  private Stream<NodeMessage> groupMessages() {
    List<Change> changes = List.of(
        new Change.Add(ADA.member(), Role.ADMIN),
        new Change.Remove(BO.member()),
        new Change.SetRole(ADA.member(), Role.OWNER));
    var commit = GROUP.commit(2);
    var share = new KeyShare(ADA.address(), BO.address(), 1, 2, 1, HEAD.root());
    var changing = new GroupCommand.Commit(
        ADA.address(), 1, changes, commit.manifest(), commit.sealedKeys(), commit.registered());
    return Stream.of(
        new GroupMessage.Ask(GROUP.create(), ref()),
        new GroupMessage.Ask(changing, ref()),
        new GroupMessage.Ask(GROUP.reset(2, new io.karst.domain.epoch.EpochRange(1, 1)), ref()),
        new GroupMessage.Ask(new GroupCommand.ReportEpochRefused(BO.address(), 2), ref()),
        new GroupMessage.Ask(new GroupCommand.Leave(BO.address()), ref()),
        new GroupMessage.Ask(new GroupCommand.Archive(ADA.address()), ref()),
        new GroupMessage.Ask(new GroupCommand.ShareHistory(share), ref()),
        new GroupMessage.Ask(new GroupCommand.NoteDevices(ADA.list()), ref()),
        new GroupMessage.Ask(
            new GroupCommand.NoteOwnerDevices(Optional.of(ADA.list()), List.of(ADA.list())), ref()),
        new GroupMessage.Append(4, ownerFrame(), ref()),
        new GroupMessage.Append(3, GROUP.frame(BO, 1, 0, 2), ref()),
        new GroupMessage.View(ADA.address(), ref()),
        new GroupMessage.Inspect(ref()),
        new GroupMessage.Follow(ref()),
        new GroupMessage.Unfollow(ref()),
        new GroupMessage.StayAwake(),
        new GroupNews(GROUP.id(), records(), HEAD),
        new GroupNews(GROUP.id(), List.of(), Head.EMPTY));
  }

  private static GroupCommand.Submission ownerFrame() {
    var copy = new OwnerCopy(new DeviceId("spare"), 1, HEAD.root());
    var signature = Bytes.copyOf(new byte[64]);
    return GroupCommand.Submission.of(
        ADA.address(),
        new OwnerMessage(ADA.address(), new ClientId(HEAD.root()), 2, List.of(copy), signature));
  }

  private static Stream<NodeMessage> groupReplies() {
    List<Outcome> outcomes =
        List.of(new Outcome.Taken(new Receipt(9, AT)), new Outcome.Rejected(Reason.STALE_EPOCH));
    var view = new GroupView(
        GROUP.id(),
        Map.of(ADA.member(), Role.OWNER, BO.member(), Role.MEMBER),
        Policy.DEFAULT,
        3,
        2,
        1,
        HEAD,
        List.of(new DueRotation(RotationReason.MEMBER_LEFT, AT)),
        true,
        List.of(BO.binding(3)),
        2,
        Map.of(BO.member(), 1L),
        new EpochFaults(
            Set.of(new EpochFaults.Refusal(3, BO.address())), List.of(new EpochRange(1, 2))),
        Optional.of(ADA.list()));
    return Stream.of(
        new GroupReply.Done(2, 5, HEAD),
        new GroupReply.Refused(Reason.STALE_EPOCH, 4),
        new AppendReply.Judged(8, outcomes, HEAD, 2),
        new AppendReply.Refused(8, Reason.OVERLOADED),
        new ViewReply.Seen(view),
        new ViewReply.Refused(Reason.GROUP_NOT_FOUND));
  }

  private Stream<NodeMessage> memberMessages() {
    var keys = ADA.oneTimeKeys(1, 2);
    var told = new ToldShare(GROUP.id(), 7, ADA.address(), 1, 2);
    var request = new KeyRequest(GROUP.id(), BO.address(), 1, 2, ADA.sealed(2));
    var take =
        new MemberCommand.TakeSealedKeys(GROUP.id(), 2, BO.address(), List.of(ADA.sealed(2)));
    return Stream.of(
        new MemberMessage.Ask(ADA.register(2), ref()),
        new MemberMessage.Ask(new MemberCommand.UploadKeys(ADA.address(), keys, List.of()), ref()),
        new MemberMessage.Ask(new MemberCommand.ClaimKey(ADA.address(), BO.address()), ref()),
        new MemberMessage.Ask(take, ref()),
        new MemberMessage.Ask(new MemberCommand.AcknowledgeInbox(ADA.address(), 5), ref()),
        new MemberMessage.Deliver(take, ref()),
        new MemberMessage.TellShare(new MemberCommand.TakeKeyShare(BO.address(), told), ref()),
        new MemberMessage.Ask(new MemberCommand.TakeKeyRequest(request), ref()),
        new ShareTold(BO.address(), 7),
        new MemberMessage.Ask(new MemberCommand.StartOver(ADA.register(2)), ref()),
        new MemberMessage.Ask(
            new MemberCommand.ChangeDevices(
                ADA.address(), ADA.list(), ADA.list(), List.of(), Head.EMPTY.root()),
            ref()),
        new MemberMessage.Look(ref()),
        new MemberMessage.FetchChain(3, BO.address(), ref()),
        new MemberMessage.WatchDevice(ADA.address().device(), ref(), ref()),
        new MemberMessage.StayAwake(),
        new DeviceNews(ADA.address(), true),
        new MemberMessage.FetchInbox(ADA.address().device(), 3, 100, ref()),
        new MemberMessage.WatchInbox(ADA.address().device(), ref()),
        new MemberMessage.UnwatchInbox(ADA.address().device(), ref()),
        new MemberMessage.TraceKeys(GROUP.id(), new EpochRange(2, 9), ref()),
        new InboxChanged(ADA.address(), 4),
        new Delivered(ADA.member(), 2));
  }

  private static Stream<NodeMessage> memberReplies() {
    List<InboxItem> items = List.of(
        new InboxItem.SealedEpochKey(1, GROUP.id(), 2, BO.address(), ADA.sealed(2)),
        new InboxItem.KeysLow(2, 9));
    var trace = new DeviceTrace(
        false,
        new InboxTrace(List.of(2L, 3L), 5, true),
        ADA.oneTimeKeys(1, 2).stream().map(SignedKey::curve25519Key).toList());
    var refusal = new KeyRefusal(3, Reason.ONE_TIME_KEY_USED);
    return Stream.of(
        new MemberReply.Done(),
        new MemberReply.Stored(4, List.of(refusal)),
        new MemberReply.Claimed(ADA.oneTimeKeys(1, 1).get(0)),
        new MemberReply.Refused(Reason.MEMBER_EXISTS),
        new AccountReply.Known(ADA.list(), AccountRole.AUDITOR),
        new AccountReply.Refused(Reason.MEMBER_NOT_FOUND),
        new InboxReply.Page(items, 2),
        new ChainReply.Page(List.of(ADA.list()), 7, Head.EMPTY.root()),
        new ChainReply.Refused(Reason.MEMBER_NOT_FOUND),
        new InboxReply.Refused(Reason.DEVICE_NOT_FOUND),
        new KeyTraceReply.Traced(Map.of(ADA.address().device(), trace)),
        new KeyTraceReply.Refused(Reason.MEMBER_NOT_FOUND));
  }

  private static List<StoredRecord> records() {
    GroupLog log = GroupLog.empty(GROUP.id());
    var records = new ArrayList<StoredRecord>();
    for (GroupCommand command :
        List.of(GROUP.create(), new GroupCommand.Append(List.of(GROUP.frame(ADA, 1, 0, 3))))) {
      for (StoredRecord record : log.recordAll(events(log, command))) {
        records.add(record);
        log = log.evolve(record);
      }
    }
    return records;
  }

  private static List<GroupEvent> events(GroupLog log, GroupCommand command) {
    Decision decision = GroupRules.decide(log.group(), command, AT);
    return decision instanceof Decision.Judged judged
        ? judged.events()
        : ((Decision.Accepted) decision).events();
  }

  private <T> ActorRef<T> ref() {
    return kit.<T>createTestProbe().getRef();
  }
}
