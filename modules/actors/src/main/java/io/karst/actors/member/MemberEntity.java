package io.karst.actors.member;

import io.karst.actors.entity.PersistenceIds;
import io.karst.actors.entity.StoredEvents;
import io.karst.actors.entity.StoredState;
import io.karst.actors.serialization.StoredBytes.Kind;
import io.karst.domain.access.DeviceTrace;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.Device;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.Inbox;
import io.karst.domain.device.Member;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.MemberDecision;
import io.karst.domain.device.MemberEvent;
import io.karst.domain.device.MemberRules;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.journal.codec.MemberRecordCodec;
import io.karst.journal.codec.MemberSnapshotCodec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * One member: its devices, the keys they give out, their inboxes. Asks the rules, writes, answers
 * after the write.
 */
public final class MemberEntity
    extends EventSourcedBehaviorWithEnforcedReplies<MemberMessage, MemberEvent, Member> {

  public static final EntityTypeKey<MemberMessage> TYPE =
      EntityTypeKey.create(MemberMessage.class, PersistenceIds.MEMBER);

  private static final String TELLING = "groups";

  private final ActorContext<MemberMessage> context;
  private final MemberId id;
  private final MemberNeeds needs;
  private final InstantSource clock;
  private final MemberGate gate;
  private final InboxWatchers watchers = new InboxWatchers();
  private final DeviceWatchers deviceWatchers = new DeviceWatchers();

  private MemberEntity(
      ActorContext<MemberMessage> context, MemberId id, MemberNeeds needs, MemberGate gate) {
    super(PersistenceIds.of(id), needs.settings().restart());
    this.context = context;
    this.id = id;
    this.needs = needs;
    this.clock = needs.clock();
    this.gate = gate;
  }

  /** The entity, to be started by sharding. */
  public static Behavior<MemberMessage> create(MemberId id, MemberNeeds needs) {
    return Behaviors.setup(context -> {
      var gate = new MemberGate();
      return Behaviors.intercept(() -> gate, new MemberEntity(context, id, needs, gate));
    });
  }

  @Override
  public Member emptyState() {
    return Member.empty(id);
  }

  @Override
  public CommandHandlerWithReply<MemberMessage, MemberEvent, Member> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onAnyCommand((member, message) -> message.match(new Handling(member)));
  }

  @Override
  public EventHandler<Member, MemberEvent> eventHandler() {
    return Member::evolve;
  }

  @Override
  public EventAdapter<MemberEvent, ?> eventAdapter() {
    var codec = new MemberRecordCodec(id);
    return new StoredEvents<>(Kind.MEMBER_RECORD, codec::encode, codec::decode);
  }

  @Override
  public SnapshotAdapter<Member> snapshotAdapter() {
    return new StoredState<>(
        Kind.MEMBER_SNAPSHOT, MemberSnapshotCodec::encode, MemberSnapshotCodec::decode);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return needs.settings().retention();
  }

  @Override
  public SignalHandler<Member> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(RecoveryFailed.class, (member, failed) -> gate.down())
        .onSignal(JournalPersistFailed.class, (member, failed) -> gate.down())
        .onSignal(PostStop.instance(), member -> stopped())
        .build();
  }

  private void written(Member before, Member after) {
    Instant now = clock.instant();
    watchers.tell(before, after, now);
    deviceWatchers.tell(after, now);
    if (!after.owed().equals(before.owed()) || !after.deviceList().equals(before.deviceList())) {
      tellGroups(after);
    }
  }

  private void recovered(Member member) {
    context.getLog().debug("member {} is in memory", id);
    gate.up();
    tellGroups(member);
  }

  private void stopped() {
    context.getLog().debug("member {} has left memory", id);
  }

  /** Whatever groups are not known to have taken note of the newest devices are told. */
  private void tellGroups(Member member) {
    if (!member.owed().isEmpty()) {
      member
          .deviceList()
          .ifPresent(list -> telling(list).tell(new GroupTelling.Owed(list, member.owed())));
    }
  }

  private ActorRef<GroupTelling.Message> telling(DeviceList list) {
    return context
        .getChild(TELLING)
        .map(ActorRef::<GroupTelling.Message>unsafeUpcast)
        .orElseGet(
            () -> context.spawn(GroupTelling.create(needs, list, context.getSelf()), TELLING));
  }

  /** The entity's messages, each against the member as it is. */
  private final class Handling implements MemberMessage.Cases<ReplyEffect<MemberEvent, Member>> {

    private final Member member;

    Handling(Member member) {
      this.member = member;
    }

    @Override
    public ReplyEffect<MemberEvent, Member> ask(MemberMessage.Ask message) {
      MemberCommand command = message.command();
      MemberDecision decision = decide(command);
      return write(
          decision, message.replyTo(), after -> MemberReplies.of(command, decision, after));
    }

    /** Whatever the member has to say about it, the group need not tell it again. */
    @Override
    public ReplyEffect<MemberEvent, Member> deliver(MemberMessage.Deliver message) {
      var answer = new Delivered(id, message.command().epoch());
      return write(decide(message.command()), message.replyTo(), after -> answer);
    }

    /** Likewise. */
    @Override
    public ReplyEffect<MemberEvent, Member> tellShare(MemberMessage.TellShare message) {
      MemberCommand.TakeKeyShare command = message.command();
      var answer = new ShareTold(command.to(), command.share().offset());
      return write(decide(command), message.replyTo(), after -> answer);
    }

    @Override
    public ReplyEffect<MemberEvent, Member> look(MemberMessage.Look message) {
      AccountReply reply = member
          .deviceList()
          .<AccountReply>map(list -> new AccountReply.Known(list, member.role()))
          .orElse(new AccountReply.Refused(Reason.MEMBER_NOT_FOUND));
      return Effect().reply(message.replyTo(), reply);
    }

    @Override
    public ReplyEffect<MemberEvent, Member> fetchChain(MemberMessage.FetchChain message) {
      return Effect().reply(message.replyTo(), versions(message));
    }

    @Override
    public ReplyEffect<MemberEvent, Member> watchDevice(MemberMessage.WatchDevice message) {
      deviceWatchers.add(member, message, clock.instant());
      return Effect().noReply();
    }

    @Override
    public ReplyEffect<MemberEvent, Member> groupsTold(MemberMessage.GroupsTold message) {
      MemberDecision decision =
          decide(new MemberCommand.MarkTold(message.list(), message.groups()));
      return decision.events().isEmpty()
          ? Effect().noReply()
          : Effect().persist(decision.events()).thenNoReply();
    }

    @Override
    public ReplyEffect<MemberEvent, Member> stayAwake(MemberMessage.StayAwake message) {
      return Effect().noReply();
    }

    @Override
    public ReplyEffect<MemberEvent, Member> fetchInbox(MemberMessage.FetchInbox message) {
      return Effect().reply(message.replyTo(), page(message));
    }

    @Override
    public ReplyEffect<MemberEvent, Member> traceKeys(MemberMessage.TraceKeys message) {
      KeyTraceReply reply = member.registered()
          ? new KeyTraceReply.Traced(DeviceTrace.of(member, message.group(), message.epochs()))
          : new KeyTraceReply.Refused(Reason.MEMBER_NOT_FOUND);
      return Effect().reply(message.replyTo(), reply);
    }

    @Override
    public ReplyEffect<MemberEvent, Member> watchInbox(MemberMessage.WatchInbox message) {
      watchers.add(member, message.device(), message.watcher(), clock.instant());
      return Effect().noReply();
    }

    @Override
    public ReplyEffect<MemberEvent, Member> unwatchInbox(MemberMessage.UnwatchInbox message) {
      watchers.remove(message.device(), message.watcher());
      return Effect().noReply();
    }

    private MemberDecision decide(MemberCommand command) {
      return MemberRules.decide(member, command, clock.instant());
    }

    private <R> ReplyEffect<MemberEvent, Member> write(
        MemberDecision decision, ActorRef<R> replyTo, Function<Member, R> reply) {
      if (decision.events().isEmpty()) {
        return Effect().reply(replyTo, reply.apply(member));
      }
      return Effect()
          .persist(decision.events())
          .thenRun(after -> written(member, after))
          .thenReply(replyTo, reply::apply);
    }

    private ChainReply versions(MemberMessage.FetchChain message) {
      Optional<Device> reader = message.reader().member().equals(id)
          ? member.device(message.reader().device())
          : Optional.empty();
      return member
          .deviceList()
          .<ChainReply>map(newest -> new ChainReply.Page(
              member.chain().after(message.afterVersion(), MemberMessage.FetchChain.VERSIONS_MAX),
              newest.version(),
              reader.map(Device::linkProof).orElse(Bytes.EMPTY)))
          .orElse(new ChainReply.Refused(Reason.MEMBER_NOT_FOUND));
    }

    private InboxReply page(MemberMessage.FetchInbox message) {
      if (!member.registered()) {
        return new InboxReply.Refused(Reason.MEMBER_NOT_FOUND);
      }
      return inbox(message.device())
          .<InboxReply>map(inbox -> new InboxReply.Page(
              inbox.after(message.afterSequence(), message.limit()), inbox.lastSequence()))
          .orElse(new InboxReply.Refused(Reason.DEVICE_NOT_FOUND));
    }

    private Optional<Inbox> inbox(DeviceId device) {
      return member.device(device).map(d -> d.inbox());
    }
  }
}
