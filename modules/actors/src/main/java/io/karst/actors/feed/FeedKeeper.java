package io.karst.actors.feed;

import io.karst.actors.group.Groups;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Starts a node's feeds on demand and stops idle ones.
 *
 * <p>Every demand passes through here, so that none can reach a feed after it was told to stop.
 */
final class FeedKeeper extends AbstractBehavior<FeedKeeper.Message> {

  /** Groups that are read on one node at the same time; each costs a few KiB. */
  static final int FEEDS_MAX = 100_000;

  /** What the keeper takes. It never travels. */
  sealed interface Message {}

  /** A reader's demand. */
  record Next(GroupId group, long fromOffset, ActorRef<FeedReply> reader) implements Message {}

  /** A reader waits no more. */
  record Cancel(GroupId group, ActorRef<FeedReply> reader) implements Message {}

  /** A feed has had no reader for a while. */
  record Idle(GroupId group, ActorRef<FeedMessage> feed) implements Message {}

  private final Groups groups;
  private final FeedSettings settings;
  private final Map<GroupId, ActorRef<FeedMessage>> feeds = new HashMap<>();

  private FeedKeeper(ActorContext<Message> context, Groups groups, FeedSettings settings) {
    super(context);
    this.groups = groups;
    this.settings = settings;
  }

  static Behavior<Message> create(Groups groups, FeedSettings settings) {
    return Behaviors.setup(context -> new FeedKeeper(context, groups, settings));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Next.class, this::onNext)
        .onMessage(Cancel.class, this::onCancel)
        .onMessage(Idle.class, this::onIdle)
        .build();
  }

  private Behavior<Message> onNext(Next next) {
    if (feeds.size() >= FEEDS_MAX && !feeds.containsKey(next.group())) {
      next.reader().tell(new FeedReply.Refused(next.group(), Reason.OVERLOADED));
      return this;
    }
    feeds
        .computeIfAbsent(next.group(), this::start)
        .tell(new FeedMessage.Next(next.fromOffset(), next.reader()));
    return this;
  }

  private Behavior<Message> onCancel(Cancel cancel) {
    ActorRef<FeedMessage> feed = feeds.get(cancel.group());
    if (feed != null) {
      feed.tell(new FeedMessage.Cancel(cancel.reader()));
    }
    return this;
  }

  private Behavior<Message> onIdle(Idle idle) {
    if (feeds.remove(idle.group(), idle.feed())) {
      idle.feed().tell(FeedMessage.Stop.INSTANCE);
    }
    return this;
  }

  private ActorRef<FeedMessage> start(GroupId group) {
    return getContext()
        .spawnAnonymous(Feed.create(group, groups, settings, getContext().getSelf()));
  }
}
