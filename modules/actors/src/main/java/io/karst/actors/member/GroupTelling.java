package io.karst.actors.member;

import io.karst.domain.device.DeviceList;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Tells a member's groups of its newest device list, again and again until each has taken note.
 *
 * <p>A child of the member's entity, so that neither waits for the other. It keeps nothing: after a
 * crash the entity says anew which groups are owed.
 */
final class GroupTelling extends AbstractBehavior<GroupTelling.Message> {

  /** Groups asked at the same time: each may have to be read from the journal first. */
  static final int UNDER_WAY_MAX = 16;

  /** Groups in one record of the member's journal. */
  static final int BATCH_MAX = 100;

  private static final Duration RETRY_MIN = Duration.ofMillis(200);

  /** Doublings of the delay, up to some 26 seconds. */
  private static final int DOUBLINGS_MAX = 7;

  /** What the telling takes. It never travels. */
  sealed interface Message {}

  /** These groups are to be told of this list, the newest. */
  record Owed(DeviceList list, Collection<GroupId> groups) implements Message {}

  private record Answered(DeviceList list, GroupId group, boolean told) implements Message {}

  private enum Again implements Message {
    INSTANCE
  }

  private final MemberId member;
  private final MemberNeeds needs;
  private final ActorRef<MemberMessage> entity;
  private final TimerScheduler<Message> timers;
  private final Set<GroupId> waiting = new LinkedHashSet<>();
  private final Set<GroupId> underWay = new HashSet<>();
  private final Set<GroupId> failed = new LinkedHashSet<>();
  private final List<GroupId> told = new ArrayList<>();
  private DeviceList list;
  private int failures;

  private GroupTelling(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      MemberNeeds needs,
      DeviceList list,
      ActorRef<MemberMessage> entity) {
    super(context);
    this.member = list.member();
    this.timers = timers;
    this.needs = needs;
    this.list = list;
    this.entity = entity;
  }

  static Behavior<Message> create(
      MemberNeeds needs, DeviceList list, ActorRef<MemberMessage> entity) {
    return Behaviors.withTimers(timers ->
        Behaviors.setup(context -> new GroupTelling(context, timers, needs, list, entity)));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Owed.class, this::onOwed)
        .onMessage(Answered.class, this::onAnswered)
        .onMessageEquals(Again.INSTANCE, this::onAgain)
        .build();
  }

  /** What was asked about an older list is asked again: its answers say nothing of this one. */
  private Behavior<Message> onOwed(Owed owed) {
    if (!owed.list().equals(list)) {
      list = owed.list();
      underWay.clear();
      failed.clear();
      told.clear();
    }
    waiting.addAll(owed.groups());
    waiting.removeAll(underWay);
    waiting.removeAll(failed);
    waiting.removeAll(told);
    return tell();
  }

  private Behavior<Message> onAnswered(Answered answered) {
    if (!answered.list().equals(list) || !underWay.remove(answered.group())) {
      return this;
    }
    (answered.told() ? told : failed).add(answered.group());
    tell();
    if (!told.isEmpty() && (underWay.isEmpty() || told.size() == BATCH_MAX)) {
      entity.tell(new MemberMessage.GroupsTold(list, told));
      told.clear();
      failures = 0;
    }
    if (underWay.isEmpty() && !failed.isEmpty()) {
      int doublings = Math.min(failures, DOUBLINGS_MAX);
      timers.startSingleTimer(Again.INSTANCE, RETRY_MIN.multipliedBy(1L << doublings));
      failures++;
    }
    return this;
  }

  /** An entity that nobody talks to leaves memory, and this with it. */
  private Behavior<Message> onAgain() {
    needs.members().tell(member, new MemberMessage.StayAwake());
    waiting.addAll(failed);
    failed.clear();
    return tell();
  }

  private Behavior<Message> tell() {
    Iterator<GroupId> each = waiting.iterator();
    while (underWay.size() < UNDER_WAY_MAX && each.hasNext()) {
      GroupId group = each.next();
      each.remove();
      underWay.add(group);
      DeviceList newest = list;
      getContext()
          .pipeToSelf(
              needs.groups().tell(group, newest),
              (noted, failure) -> new Answered(newest, group, failure == null && noted));
    }
    return this;
  }
}
