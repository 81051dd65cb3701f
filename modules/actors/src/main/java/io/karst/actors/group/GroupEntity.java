package io.karst.actors.group;

import io.karst.actors.entity.PersistenceIds;
import io.karst.actors.entity.StoredEvents;
import io.karst.actors.entity.StoredState;
import io.karst.actors.group.GroupMessage.Append;
import io.karst.actors.serialization.StoredBytes.Kind;
import io.karst.domain.group.Decision;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupRules;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.codec.GroupSnapshotCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StagedStart;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Head;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
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
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * One group: the single writer of its log. Asks the rules, writes what they decide, answers after
 * the write.
 *
 * <p>Frames of envelopes are merged: all that came in while a write was under way become one event
 * in one row. See {@link AppendBuffer}.
 */
public final class GroupEntity
    extends EventSourcedBehaviorWithEnforcedReplies<GroupMessage, StoredRecord, GroupLog> {

  public static final EntityTypeKey<GroupMessage> TYPE =
      EntityTypeKey.create(GroupMessage.class, PersistenceIds.GROUP);

  private final ActorContext<GroupMessage> context;
  private final GroupId id;
  private final GroupNeeds needs;
  private final AppendBuffer buffer;
  private final Followers followers = new Followers();
  private final KeyDelivery delivery;
  private final Staging staging = new Staging();

  private GroupEntity(
      ActorContext<GroupMessage> context, GroupId id, GroupNeeds needs, AppendBuffer buffer) {
    super(PersistenceIds.of(id), needs.settings().entity().restart());
    this.context = context;
    this.id = id;
    this.needs = needs;
    this.buffer = buffer;
    this.delivery = new KeyDelivery(context, id, needs);
  }

  /** The entity, to be started by sharding. */
  public static Behavior<GroupMessage> create(GroupId id, GroupNeeds needs) {
    return Behaviors.setup(context -> {
      var buffer = new AppendBuffer();
      return Behaviors.intercept(
          () -> new GroupGate(buffer), new GroupEntity(context, id, needs, buffer));
    });
  }

  @Override
  public GroupLog emptyState() {
    return GroupLog.empty(id);
  }

  @Override
  public CommandHandlerWithReply<GroupMessage, StoredRecord, GroupLog> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onAnyCommand((log, message) -> message.match(new Handling(log)));
  }

  @Override
  public EventHandler<GroupLog, StoredRecord> eventHandler() {
    return GroupLog::evolve;
  }

  @Override
  public EventAdapter<StoredRecord, ?> eventAdapter() {
    var codec = new GroupRecordCodec(id);
    return new StoredEvents<>(Kind.GROUP_RECORD, codec::encode, codec::decode);
  }

  @Override
  public SnapshotAdapter<GroupLog> snapshotAdapter() {
    return new StoredState<>(
        Kind.GROUP_SNAPSHOT, GroupSnapshotCodec::encode, GroupSnapshotCodec::decode);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return needs.settings().entity().retention();
  }

  @Override
  public SignalHandler<GroupLog> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(RecoveryFailed.class, (log, failed) -> down())
        .onSignal(JournalPersistFailed.class, (log, failed) -> down())
        .onSignal(PostStop.instance(), log -> stopped())
        .build();
  }

  private void recovered(GroupLog log) {
    context
        .getLog()
        .debug("group {} is in memory, with {} entries", id, log.group().size());
    buffer.up();
    delivery.resume(log.group());
  }

  private void stopped() {
    context.getLog().debug("group {} has left memory", id);
    down();
  }

  /** Nothing can be written now: whoever waits for a write is told. */
  private void down() {
    buffer.down();
    staging.abandon();
  }

  /** The entity's messages, each against the log as it is. */
  private final class Handling implements GroupMessage.Cases<ReplyEffect<StoredRecord, GroupLog>> {

    private final GroupLog log;
    private final Instant now = needs.clock().instant();

    Handling(GroupLog log) {
      this.log = log;
    }

    @Override
    public ReplyEffect<StoredRecord, GroupLog> ask(GroupMessage.Ask message) {
      Decision decision = GroupRules.decide(log.group(), message.command(), now);
      if (decision instanceof Decision.Accepted accepted) {
        return StagedStart.of(accepted.events(), log.group().size())
            .map(start -> begin(message, start))
            .orElseGet(
                () -> write(accepted.events()).thenReply(message.replyTo(), GroupReplies::done));
      }
      return refuse(message, ((Decision.Refused) decision).reason());
    }

    private ReplyEffect<StoredRecord, GroupLog> refuse(GroupMessage.Ask message, Reason reason) {
      return Effect().reply(message.replyTo(), GroupReplies.refused(reason, log.group()));
    }

    private ReplyEffect<StoredRecord, GroupLog> begin(GroupMessage.Ask message, StagedStart start) {
      if (staging.isBusy()) {
        return refuse(message, Reason.OVERLOADED);
      }
      staging.begin(message, start);
      return stage(GroupMessage.Stage.INSTANCE);
    }

    /** One row at a time: what came in meanwhile is taken up between two of them. */
    @Override
    public ReplyEffect<StoredRecord, GroupLog> stage(GroupMessage.Stage message) {
      if (!staging.isBusy()) {
        // Said before the commit was abandoned.
        return Effect().noReply();
      }
      return staging
          .next()
          .map(part -> Effect()
              .persist(log.record(part))
              .thenRun(after -> context.getSelf().tell(message))
              .thenNoReply())
          .orElseGet(() -> start(staging.finish()));
    }

    /** Decides anew: the group may have moved on while the keys were written. */
    private ReplyEffect<StoredRecord, GroupLog> start(Staging.UnderWay staged) {
      GroupMessage.Ask asked = staged.ask();
      Decision decision = GroupRules.decide(log.group(), asked.command(), now);
      if (decision instanceof Decision.Accepted accepted) {
        return write(staged.start().without(accepted.events()), accepted.events())
            .thenReply(asked.replyTo(), GroupReplies::done);
      }
      return refuse(asked, ((Decision.Refused) decision).reason());
    }

    /** Frames end in the buffer: see {@link GroupGate}. */
    @Override
    public ReplyEffect<StoredRecord, GroupLog> append(Append message) {
      throw new IllegalStateException("a frame passed the gate");
    }

    @Override
    public ReplyEffect<StoredRecord, GroupLog> flush(GroupMessage.Flush message) {
      List<Append> frames = buffer.take();
      if (frames.isEmpty()) {
        return Effect().noReply();
      }
      var command =
          new GroupCommand.Append(frames.stream().map(Append::submission).toList());
      Decision.Judged judged = (Decision.Judged) GroupRules.decide(log.group(), command, now);
      return write(judged.events())
          .thenRun(after -> answer(frames, judged, after))
          .thenNoReply();
    }

    @Override
    public ReplyEffect<StoredRecord, GroupLog> view(GroupMessage.View message) {
      return Effect().reply(message.replyTo(), GroupReplies.view(log, message.by(), now));
    }

    @Override
    public ReplyEffect<StoredRecord, GroupLog> inspect(GroupMessage.Inspect message) {
      return Effect().reply(message.replyTo(), GroupReplies.inspected(log, now));
    }

    @Override
    public ReplyEffect<StoredRecord, GroupLog> follow(GroupMessage.Follow message) {
      if (followers.add(message.reader(), now)) {
        message.reader().tell(new GroupNews(id, List.of(), log.head()));
      }
      return Effect().noReply();
    }

    @Override
    public ReplyEffect<StoredRecord, GroupLog> unfollow(GroupMessage.Unfollow message) {
      followers.remove(message.reader());
      return Effect().noReply();
    }

    @Override
    public ReplyEffect<StoredRecord, GroupLog> keysTaken(GroupMessage.KeysTaken message) {
      var command = new GroupCommand.MarkDelivered(message.epoch());
      Decision decision = GroupRules.decide(log.group(), command, now);
      return write(((Decision.Accepted) decision).events()).thenNoReply();
    }

    @Override
    public ReplyEffect<StoredRecord, GroupLog> stayAwake(GroupMessage.StayAwake message) {
      return Effect().noReply();
    }

    private EffectBuilder<StoredRecord, GroupLog> write(List<GroupEvent> events) {
      return write(events, events);
    }

    /**
     * Writes events atomically; after the write, tells those who must know.
     *
     * @param told the same events, each with everything that belongs to it
     */
    private EffectBuilder<StoredRecord, GroupLog> write(
        List<GroupEvent> events, List<GroupEvent> told) {
      if (events.isEmpty()) {
        return Effect().none();
      }
      List<StoredRecord> records = log.recordAll(events);
      return Effect().persist(records).thenRun(after -> {
        List<StoredRecord> news = IntStream.range(0, told.size())
            .mapToObj(i -> records.get(i).with(told.get(i)))
            .toList();
        followers.tell(new GroupNews(id, news, after.head()), now);
        delivery.written(news, after.group());
      });
    }

    private void answer(List<Append> frames, Decision.Judged judged, GroupLog after) {
      Head head = after.head();
      for (int i = 0; i < frames.size(); i++) {
        Append frame = frames.get(i);
        List<Decision.Outcome> outcomes = judged.outcomes().get(i);
        frame.replyTo().tell(GroupReplies.judged(frame, outcomes, after.group(), head));
      }
      buffer.answered();
      if (buffer.claimFlush()) {
        context.getSelf().tell(GroupMessage.Flush.INSTANCE);
      }
    }
  }
}
