package io.karst.simulation;

import io.karst.actors.entity.PersistenceIds;
import io.karst.actors.journal.JournalRow;
import io.karst.actors.member.AccountReply;
import io.karst.actors.member.ChainReply;
import io.karst.actors.member.Delivered;
import io.karst.actors.member.InboxReply;
import io.karst.actors.member.KeyTraceReply;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.MemberReplies;
import io.karst.actors.member.ShareTold;
import io.karst.domain.access.DeviceTrace;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.Device;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.Member;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.MemberDecision;
import io.karst.domain.device.MemberEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.journal.codec.MemberRecordCodec;
import io.karst.journal.codec.MemberSnapshotCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A member's entity: real rules, real codec. */
final class MemberProcess extends Persistent<MemberMessage>
    implements MemberMessage.Cases<Boolean> {

  private static final int SNAPSHOT_EVERY = 40;

  private final World world;
  private final Backend backend;
  private final MemberId id;
  private final String persistenceId;
  private final MemberRecordCodec codec;
  private Optional<Member> state = Optional.empty();
  private Optional<Telling> telling = Optional.empty();

  MemberProcess(World world, Backend backend, MemberId id) {
    this.world = world;
    this.backend = backend;
    this.id = id;
    this.persistenceId = PersistenceIds.of(id).id();
    this.codec = new MemberRecordCodec(id);
  }

  /** The member as it is; recovered if it must be. */
  Member member() {
    if (!isUp()) {
      recover();
    }
    return state.orElseThrow();
  }

  @Override
  boolean isUp() {
    return state.isPresent();
  }

  @Override
  void lose() {
    state = Optional.empty();
    telling.ifPresent(Telling::stop);
    telling = Optional.empty();
  }

  @Override
  void recover() {
    Member member = backend
        .journal()
        .snapshot(persistenceId)
        .map(MemberSnapshotCodec::decode)
        .orElse(Member.empty(id));
    for (JournalRow row : backend.journal().sinceSnapshot(persistenceId)) {
      member = member.evolve(codec.decode(row.record().toArray()));
    }
    state = Optional.of(member);
    tellGroups(member);
  }

  @Override
  void handle(MemberMessage message) {
    message.match(this);
  }

  @Override
  public Boolean ask(MemberMessage.Ask message) {
    MemberDecision decision = decide(message.command());
    write(decision.events());
    message.replyTo().tell(MemberReplies.of(message.command(), decision, member()));
    return true;
  }

  @Override
  public Boolean deliver(MemberMessage.Deliver message) {
    write(decide(message.command()).events());
    message.replyTo().tell(new Delivered(id, message.command().epoch()));
    return true;
  }

  @Override
  public Boolean tellShare(MemberMessage.TellShare message) {
    MemberCommand.TakeKeyShare command = message.command();
    write(decide(command).events());
    message.replyTo().tell(new ShareTold(command.to(), command.share().offset()));
    return true;
  }

  @Override
  public Boolean look(MemberMessage.Look message) {
    message
        .replyTo()
        .tell(member()
            .deviceList()
            .<AccountReply>map(list -> new AccountReply.Known(list, member().role()))
            .orElse(new AccountReply.Refused(Reason.MEMBER_NOT_FOUND)));
    return true;
  }

  @Override
  public Boolean fetchInbox(MemberMessage.FetchInbox message) {
    message
        .replyTo()
        .tell(member()
            .device(message.device())
            .map(Device::inbox)
            .<InboxReply>map(inbox -> new InboxReply.Page(
                inbox.after(message.afterSequence(), message.limit()), inbox.lastSequence()))
            .orElse(new InboxReply.Refused(Reason.DEVICE_NOT_FOUND)));
    return true;
  }

  @Override
  public Boolean watchInbox(MemberMessage.WatchInbox message) {
    return false;
  }

  @Override
  public Boolean unwatchInbox(MemberMessage.UnwatchInbox message) {
    return false;
  }

  @Override
  public Boolean fetchChain(MemberMessage.FetchChain message) {
    List<DeviceList> versions =
        member().chain().after(message.afterVersion(), MemberMessage.FetchChain.VERSIONS_MAX);
    Bytes proof = Optional.of(message.reader())
        .filter(reader -> reader.member().equals(id))
        .flatMap(reader -> member().device(reader.device()))
        .map(Device::linkProof)
        .orElse(Bytes.EMPTY);
    message
        .replyTo()
        .tell(member()
            .deviceList()
            .<ChainReply>map(newest -> new ChainReply.Page(versions, newest.version(), proof))
            .orElse(new ChainReply.Refused(Reason.MEMBER_NOT_FOUND)));
    return true;
  }

  @Override
  public Boolean traceKeys(MemberMessage.TraceKeys message) {
    Map<DeviceId, DeviceTrace> traces =
        backend.rules().traces(member(), message.group(), message.epochs());
    message.replyTo().tell(new KeyTraceReply.Traced(traces));
    return true;
  }

  /** Whether a device is there, the server sees without asking. */
  @Override
  public Boolean watchDevice(MemberMessage.WatchDevice message) {
    return false;
  }

  @Override
  public Boolean groupsTold(MemberMessage.GroupsTold message) {
    write(decide(new MemberCommand.MarkTold(message.list(), message.groups())).events());
    return true;
  }

  @Override
  public Boolean stayAwake(MemberMessage.StayAwake message) {
    return true;
  }

  private MemberDecision decide(MemberCommand command) {
    return backend.rules().decide(member(), command, world.serverClock().instant());
  }

  private void write(List<MemberEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    Member before = member();
    Member member = before;
    for (MemberEvent event : events) {
      backend.journal().append(persistenceId, codec.encode(event));
      member = member.evolve(event);
      state = Optional.of(member);
    }
    int fresh = backend.journal().sinceSnapshot(persistenceId).size();
    if (fresh >= SNAPSHOT_EVERY) {
      backend.journal().snapshot(persistenceId, MemberSnapshotCodec.encode(member));
    }
    backend.deliveries().inboxChanged(id);
    for (DeviceId device : before.devices().keySet()) {
      if (member.device(device).isEmpty()) {
        backend.deliveries().revoked(new DeviceAddress(id, device));
      }
    }
    tellGroups(member);
  }

  /** Whatever groups are not known to have taken note of the newest devices are told. */
  private void tellGroups(Member member) {
    if (member.owed().isEmpty()) {
      return;
    }
    DeviceList newest = member.deviceList().orElseThrow();
    if (telling.filter(now -> now.list().equals(newest)).isEmpty()) {
      telling.ifPresent(Telling::stop);
      telling = Optional.of(new Telling(world, backend.allGroups(), this, newest));
    }
    telling.orElseThrow().owed(member.owed());
  }
}
