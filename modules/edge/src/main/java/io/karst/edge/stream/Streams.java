package io.karst.edge.stream;

import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The actors of this node's open streams: one each, started with its call, asked to end when the
 * node does. Thread-safe.
 */
public final class Streams {

  /** Open streams of one node; some 10 KB each when they do nothing. */
  public static final int STREAMS_MAX = 50_000;

  private final ActorSystem<?> system;
  private final int max;
  private final AtomicLong opened = new AtomicLong();
  private final Map<Long, Runnable> drains = new ConcurrentHashMap<>();

  public Streams(ActorSystem<?> system) {
    this(system, STREAMS_MAX);
  }

  Streams(ActorSystem<?> system, int max) {
    this.system = system;
    this.max = max;
  }

  /**
   * Starts a stream's actor; refuses when there are too many.
   *
   * @param drain the message that asks it to end
   */
  public <M> ActorRef<M> open(String kind, Class<M> type, Behavior<M> behavior, M drain) {
    if (drains.size() >= max) {
      throw new RefusedException(Reason.OVERLOADED);
    }
    long id = opened.incrementAndGet();
    Behavior<M> counted = Behaviors.intercept(() -> new Closing<>(type, id), behavior);
    ActorRef<M> actor = system.systemActorOf(counted, kind + "-" + id, Props.empty());
    drains.put(id, () -> actor.tell(drain));
    return actor;
  }

  /** How many are open. */
  public int size() {
    return drains.size();
  }

  /**
   * Asks every stream to end: what is under way is answered, and the client is told to connect
   * elsewhere.
   */
  public void drain() {
    drains.values().forEach(Runnable::run);
  }

  /** Forgets a stream when its actor stops, however it does. */
  private final class Closing<M> extends BehaviorInterceptor<M, M> {

    private final long id;

    Closing(Class<M> type, long id) {
      super(type);
      this.id = id;
    }

    @Override
    public Behavior<M> aroundReceive(
        TypedActorContext<M> context, M message, ReceiveTarget<M> target) {
      return target.apply(context, message);
    }

    @Override
    public Behavior<M> aroundSignal(
        TypedActorContext<M> context, Signal signal, SignalTarget<M> target) {
      if (signal == PostStop.instance()) {
        drains.remove(id);
      }
      return target.apply(context, signal);
    }
  }
}
