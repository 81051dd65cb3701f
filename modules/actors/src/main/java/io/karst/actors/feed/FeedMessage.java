package io.karst.actors.feed;

import io.karst.actors.group.GroupNews;
import org.apache.pekko.actor.typed.ActorRef;

/** What one feed takes. It never travels. */
sealed interface FeedMessage {

  <R> R match(Cases<R> cases);

  /** Answer once, as soon as there is something at this offset. */
  record Next(long fromOffset, ActorRef<FeedReply> reader) implements FeedMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.next(this);
    }
  }

  /** The reader waits no more. */
  record Cancel(ActorRef<FeedReply> reader) implements FeedMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cancel(this);
    }
  }

  /** What the group said. */
  record Told(GroupNews news) implements FeedMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.told(this);
    }
  }

  /** Time to renew what must be renewed and to drop what is old. */
  enum Tick implements FeedMessage {
    INSTANCE;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tick(this);
    }
  }

  /** Nobody will send a demand to this feed any more. */
  enum Stop implements FeedMessage {
    INSTANCE;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stop(this);
    }
  }

  /** One method per message. */
  interface Cases<R> {
    R next(Next message);

    R cancel(Cancel message);

    R told(Told message);

    R tick(Tick message);

    R stop(Stop message);
  }
}
