package io.karst.edge.append;

import io.karst.actors.group.AppendReply;
import io.karst.edge.status.Refusal;
import io.karst.wire.v1.AppendResponse;

/** What the actor of one append stream takes. Frames are numbered 0, 1, 2 … as they come in. */
sealed interface AppendMessage {

  <R> R match(Cases<R> cases);

  /** A frame's group has answered. */
  record Replied(AppendReply reply) implements AppendMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.replied(this);
    }
  }

  /** A frame is refused without its group. */
  record Refused(long frame, Refusal refusal) implements AppendMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** The whole answer to a frame that assumed something old. */
  record Informed(long frame, AppendResponse response) implements AppendMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.informed(this);
    }
  }

  /** What came in is no frame, and after it nothing can be told apart. */
  record Broken(Throwable failure) implements AppendMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.broken(this);
    }
  }

  /** Something happened that has no content. */
  enum Signal implements AppendMessage {
    /** The transport takes more. */
    READY,
    /** The client sends no more frames. */
    HALF_CLOSED,
    /** The client has gone. */
    GONE,
    /** Time has passed. */
    TICK,
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
    R replied(Replied message);

    R refused(Refused message);

    R informed(Informed message);

    R broken(Broken message);

    R signal(Signal message);
  }
}
