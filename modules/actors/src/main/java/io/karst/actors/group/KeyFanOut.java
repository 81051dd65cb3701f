package io.karst.actors.group;

import io.karst.actors.member.Delivered;
import io.karst.actors.member.MemberMessage;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.log.StoredRecord;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;

/**
 * Tells the members of one group of new epochs' keys, again and again until each has answered.
 *
 * <p>A child of the group's entity, so that neither waits for the other. It keeps nothing: after a
 * crash the entity says anew which epochs are owed, and their keys are read back from the group's
 * log.
 */
final class KeyFanOut extends AbstractBehavior<KeyFanOut.Message> {

  /** What the fan-out takes. It never travels. */
  sealed interface Message {}

  /** An epoch began just now; keys of the epochs up to {@code delivered} are in every inbox. */
  record Started(EpochStarted event, long delivered) implements Message {}

  /**
   * Keys of the epochs after {@code delivered}, up to {@code current}, are not known to be in every
   * inbox.
   */
  record Owed(long delivered, long current) implements Message {}

  private record Read(List<StoredRecord> records) implements Message {}

  private record Unreadable(Throwable cause) implements Message {}

  private enum ReadAgain implements Message {
    INSTANCE
  }

  private record Taken(Delivered answer) implements Message {}

  private record Late(MemberId member) implements Message {}

  private record Again(MemberId member) implements Message {}

  private final GroupId group;
  private final GroupNeeds needs;
  private final ActorRef<GroupMessage> entity;
  private final TimerScheduler<Message> timers;
  private final ActorRef<Delivered> ear;
  private final FanOutPlan plan;
  private boolean reading;

  private KeyFanOut(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      GroupId group,
      GroupNeeds needs,
      ActorRef<GroupMessage> entity) {
    super(context);
    this.group = group;
    this.needs = needs;
    this.entity = entity;
    this.timers = timers;
    this.ear = context.messageAdapter(Delivered.class, Taken::new);
    this.plan = new FanOutPlan(needs.settings().tellingMax());
  }

  static Behavior<Message> create(GroupId group, GroupNeeds needs, ActorRef<GroupMessage> entity) {
    return Behaviors.withTimers(
        timers -> Behaviors.setup(context -> new KeyFanOut(context, timers, group, needs, entity)));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Started.class, this::onStarted)
        .onMessage(Owed.class, this::onOwed)
        .onMessage(Read.class, this::onRead)
        .onMessage(Unreadable.class, this::onUnreadable)
        .onMessageEquals(ReadAgain.INSTANCE, this::readWhatIsOwed)
        .onMessage(Taken.class, this::onTaken)
        .onMessage(Late.class, this::onLate)
        .onMessage(Again.class, this::onAgain)
        .build();
  }

  private Behavior<Message> onStarted(Started started) {
    plan.owe(started.delivered(), started.event().manifest().manifest().epoch());
    plan.admit(started.event());
    return tell();
  }

  private Behavior<Message> onOwed(Owed owed) {
    plan.owe(owed.delivered(), owed.current());
    return readWhatIsOwed();
  }

  private Behavior<Message> readWhatIsOwed() {
    long room = plan.room();
    if (reading || room <= 0) {
      return this;
    }
    reading = true;
    long first = plan.admitted() + 1;
    getContext()
        .pipeToSelf(
            needs.journal().epochs(group, first, first + room - 1),
            (records, failure) -> failure == null ? new Read(records) : new Unreadable(failure));
    return this;
  }

  private Behavior<Message> onRead(Read read) {
    reading = false;
    long before = plan.admitted();
    for (StoredRecord record : read.records()) {
      if (record.event() instanceof EpochStarted started) {
        plan.admit(started);
      }
    }
    if (plan.admitted() > before) {
      readWhatIsOwed();
    } else {
      timers.startSingleTimer(ReadAgain.INSTANCE, needs.settings().retryMax());
    }
    return tell();
  }

  private Behavior<Message> onUnreadable(Unreadable unreadable) {
    reading = false;
    log()
        .warn(
            "keys of group {} are owed, but its log cannot be read now", group, unreadable.cause());
    timers.startSingleTimer(ReadAgain.INSTANCE, needs.settings().retryMax());
    return this;
  }

  private Behavior<Message> onTaken(Taken taken) {
    MemberId member = taken.answer().member();
    timers.cancel(member);
    plan.taken(member, taken.answer().epoch())
        .forEach(epoch -> entity.tell(new GroupMessage.KeysTaken(epoch)));
    readWhatIsOwed();
    return tell();
  }

  /**
   * An entity that nobody talks to leaves memory, and this with it: being late is also a reason to
   * stay.
   */
  private Behavior<Message> onLate(Late late) {
    int attempts = plan.late(late.member());
    log()
        .debug(
            "{} did not take its keys of group {}, {} times now", late.member(), group, attempts);
    timers.startSingleTimer(
        late.member(), new Again(late.member()), needs.settings().retryDelay(attempts - 1));
    needs.groups().tell(group, new GroupMessage.StayAwake());
    return tell();
  }

  private Behavior<Message> onAgain(Again again) {
    plan.again(again.member());
    return tell();
  }

  private Behavior<Message> tell() {
    for (FanOutPlan.Telling telling : plan.next()) {
      MemberId member = telling.member();
      needs.members().tell(member, new MemberMessage.Deliver(telling.command(), ear));
      timers.startSingleTimer(member, new Late(member), needs.settings().answerTimeout());
    }
    return this;
  }

  private Logger log() {
    return getContext().getLog();
  }
}
