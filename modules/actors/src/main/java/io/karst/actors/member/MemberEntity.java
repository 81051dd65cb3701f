package io.karst.actors.member;

import io.karst.actors.entity.EntitySettings;
import io.karst.actors.entity.PersistenceIds;
import io.karst.actors.entity.StoredEvents;
import io.karst.actors.entity.StoredState;
import io.karst.actors.serialization.StoredBytes.Kind;
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
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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

  private final MemberId id;
  private final InstantSource clock;
  private final EntitySettings settings;
  private final MemberGate gate;
  private final InboxWatchers watchers = new InboxWatchers();

  private MemberEntity(MemberId id, InstantSource clock, EntitySettings settings, MemberGate gate) {
    super(PersistenceIds.of(id), settings.restart());
    this.id = id;
    this.clock = clock;
    this.settings = settings;
    this.gate = gate;
  }

  /** The entity, to be started by sharding. */
  public static Behavior<MemberMessage> create(
      MemberId id, InstantSource clock, EntitySettings settings) {
    return Behaviors.setup(context -> {
      var gate = new MemberGate();
      return Behaviors.intercept(() -> gate, new MemberEntity(id, clock, settings, gate));
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
    return settings.retention();
  }

  @Override
  public SignalHandler<Member> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), member -> gate.up())
        .onSignal(RecoveryFailed.class, (member, failed) -> gate.down())
        .onSignal(JournalPersistFailed.class, (member, failed) -> gate.down())
        .build();
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

    @Override
    public ReplyEffect<MemberEvent, Member> look(MemberMessage.Look message) {
      AccountReply reply = member
          .deviceList()
          .<AccountReply>map(list -> new AccountReply.Known(list, member.role()))
          .orElse(new AccountReply.Refused(Reason.MEMBER_NOT_FOUND));
      return Effect().reply(message.replyTo(), reply);
    }

    @Override
    public ReplyEffect<MemberEvent, Member> fetchInbox(MemberMessage.FetchInbox message) {
      return Effect().reply(message.replyTo(), page(message));
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
          .thenRun(after -> watchers.tell(member, after, clock.instant()))
          .thenReply(replyTo, reply::apply);
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
