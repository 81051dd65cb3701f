package io.karst.edge.delivery;

import io.karst.actors.feed.FeedReply;
import io.karst.actors.member.InboxChanged;
import io.karst.edge.call.Arrival;
import io.karst.wire.v1.SubscribeRequest;

/** What the actor of one delivery stream takes. None of it travels. */
sealed interface SubscribeMessage {

  <R> R match(Cases<R> cases);

  /** The client said something. */
  record Said(Arrival<SubscribeRequest> request) implements SubscribeMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.said(this);
    }
  }

  /** Something that was asked for is there: go on with it on the actor's thread. */
  record Resumed(Runnable next) implements SubscribeMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resumed(this);
    }
  }

  /** A group's feed has answered a demand. */
  record Fed(FeedReply reply) implements SubscribeMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fed(this);
    }
  }

  /** The device's inbox has changed, or may have. */
  record InboxNews(InboxChanged news) implements SubscribeMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.inboxNews(this);
    }
  }

  /** Something happened that has no content. */
  enum Signal implements SubscribeMessage {
    /** The transport takes more. */
    READY,
    /** The client has gone. */
    GONE,
    /** Time for a ping. */
    PING,
    /** The node is about to end. */
    DRAIN,
    /** The device is revoked. */
    REVOKED;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.signal(this);
    }
  }

  /** One method per message. */
  interface Cases<R> {
    R said(Said message);

    R resumed(Resumed message);

    R fed(Fed message);

    R inboxNews(InboxNews message);

    R signal(Signal message);
  }
}
