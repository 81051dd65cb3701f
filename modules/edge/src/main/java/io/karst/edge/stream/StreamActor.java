package io.karst.edge.stream;

import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The owner of one open stream.
 *
 * <p>Invariant: the actor lives while the stream does. Whatever goes wrong in it ends the stream
 * with a reason, and a stream that has ended stops it.
 */
public abstract class StreamActor<M, R> extends AbstractBehavior<M> {

  private final Outlet<R> outlet;

  protected StreamActor(ActorContext<M> context, Outlet<R> outlet) {
    super(context);
    this.outlet = outlet;
  }

  protected final Outlet<R> outlet() {
    return outlet;
  }

  /** Handles one message; the stream ends through the outlet. */
  protected abstract Behavior<M> handle(M message);

  /** Lets go of what others hold for this stream. */
  protected void stopped() {}

  @Override
  public final Receive<M> createReceive() {
    return newReceiveBuilder()
        .onAnyMessage(this::guarded)
        .onSignalEquals(PostStop.instance(), this::afterStop)
        .build();
  }

  private Behavior<M> guarded(M message) {
    Behavior<M> next = this;
    try {
      next = handle(message);
    } catch (RuntimeException e) {
      outlet.fail(e);
    }
    return outlet.isEnded() ? Behaviors.stopped() : next;
  }

  private Behavior<M> afterStop() {
    outlet.fail(new RefusedException(Reason.UNAVAILABLE));
    stopped();
    return this;
  }
}
