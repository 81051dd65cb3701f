package io.karst.actors.feed;

import io.karst.actors.group.GroupMessage;
import io.karst.actors.group.GroupNews;
import io.karst.actors.group.Groups;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.proof.merkle.Head;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The live tail of one group on one node: hears every write once and answers all readers from
 * memory.
 *
 * <p>A demand is answered once. A reader that does not demand costs nothing; one that fell behind
 * is sent to the journal.
 */
final class Feed extends AbstractBehavior<FeedMessage>
    implements FeedMessage.Cases<Behavior<FeedMessage>> {

  /** Devices of the largest group, twice: each reads through one stream, and reconnects. */
  static final int READERS_MAX = 2000;

  private final GroupId group;
  private final Groups groups;
  private final ActorRef<FeedKeeper.Message> keeper;
  private final int idleTicksMax;
  private final ActorRef<GroupNews> ear;
  private final Ring ring = new Ring();
  private final Map<ActorRef<FeedReply>, Long> waiting = new LinkedHashMap<>();
  private Head head = Head.EMPTY;
  private int idleTicks;

  private Feed(
      ActorContext<FeedMessage> context,
      GroupId group,
      Groups groups,
      FeedSettings settings,
      ActorRef<FeedKeeper.Message> keeper) {
    super(context);
    this.group = group;
    this.groups = groups;
    this.keeper = keeper;
    this.idleTicksMax = settings.idleTicks();
    this.ear = context.messageAdapter(GroupNews.class, FeedMessage.Told::new);
    follow();
  }

  static Behavior<FeedMessage> create(
      GroupId group, Groups groups, FeedSettings settings, ActorRef<FeedKeeper.Message> keeper) {
    Duration renewal = settings.renewInterval();
    Behavior<FeedMessage> feed = Behaviors.withTimers(timers -> {
      timers.startTimerWithFixedDelay(FeedMessage.Tick.INSTANCE, renewal);
      return Behaviors.setup(context -> new Feed(context, group, groups, settings, keeper));
    });
    return Behaviors.supervise(feed).onFailure(SupervisorStrategy.restart());
  }

  @Override
  public Receive<FeedMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(FeedMessage.class, message -> message.match(this))
        .onSignal(PreRestart.class, this::onRestart)
        .build();
  }

  @Override
  public Behavior<FeedMessage> next(FeedMessage.Next demand) {
    idleTicks = 0;
    boolean known = waiting.containsKey(demand.reader());
    Optional<FeedReply> answer = answer(demand.fromOffset());
    if (answer.isPresent()) {
      waiting.remove(demand.reader());
      demand.reader().tell(answer.get());
    } else if (known || waiting.size() < READERS_MAX) {
      waiting.put(demand.reader(), demand.fromOffset());
    } else {
      demand.reader().tell(new FeedReply.Refused(group, Reason.OVERLOADED));
    }
    return this;
  }

  @Override
  public Behavior<FeedMessage> cancel(FeedMessage.Cancel message) {
    waiting.remove(message.reader());
    return this;
  }

  @Override
  public Behavior<FeedMessage> told(FeedMessage.Told message) {
    GroupNews news = message.news();
    news.records().forEach(ring::add);
    ring.reached(news.head().size());
    if (news.head().size() == ring.nextOffset()) {
      head = news.head();
    }
    answerWaiting();
    return this;
  }

  @Override
  public Behavior<FeedMessage> tick(FeedMessage.Tick message) {
    ring.age();
    idleTicks = waiting.isEmpty() ? idleTicks + 1 : 0;
    if (idleTicks >= idleTicksMax) {
      keeper.tell(new FeedKeeper.Idle(group, getContext().getSelf()));
    } else {
      follow();
    }
    return this;
  }

  /**
   * Demands that crossed the keeper's decision on their way are handed back to it: none is lost.
   */
  @Override
  public Behavior<FeedMessage> stop(FeedMessage.Stop message) {
    waiting.forEach((reader, offset) -> keeper.tell(new FeedKeeper.Next(group, offset, reader)));
    groups.tell(group, new GroupMessage.Unfollow(ear));
    return Behaviors.stopped();
  }

  private Behavior<FeedMessage> onRestart(Signal restart) {
    waiting.forEach((reader, offset) -> reader.tell(new FeedReply.Behind(group, offset, head)));
    return this;
  }

  private void follow() {
    groups.tell(group, new GroupMessage.Follow(ear));
  }

  private void answerWaiting() {
    Iterator<Map.Entry<ActorRef<FeedReply>, Long>> each = waiting.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<ActorRef<FeedReply>, Long> demand = each.next();
      answer(demand.getValue()).ifPresent(reply -> {
        each.remove();
        demand.getKey().tell(reply);
      });
    }
  }

  /** Empty while there is nothing at the offset yet. */
  private Optional<FeedReply> answer(long fromOffset) {
    if (!ring.started() || fromOffset >= ring.nextOffset()) {
      return Optional.empty();
    }
    if (fromOffset < ring.oldestOffset()) {
      return Optional.of(new FeedReply.Behind(group, ring.oldestOffset(), head));
    }
    return Optional.of(new FeedReply.Records(group, ring.from(fromOffset)));
  }
}
