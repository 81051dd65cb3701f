package io.karst.edge.stream;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
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
  private final Map<Long, Open> streams = new ConcurrentHashMap<>();

  private record Open(DeviceAddress owner, Runnable drain, Runnable revoke) {}

  /**
   * The messages that end a stream.
   *
   * @param drain asks it to answer what is under way, and end
   * @param revoked ends it at once: its device is revoked
   */
  public record Ends<M>(M drain, M revoked) {}

  public Streams(ActorSystem<?> system) {
    this(system, STREAMS_MAX);
  }

  Streams(ActorSystem<?> system, int max) {
    this.system = system;
    this.max = max;
  }

  /** Starts the actor of a device's stream; refuses when there are too many. */
  public <M> ActorRef<M> open(
      String kind, DeviceAddress owner, Class<M> type, Behavior<M> behavior, Ends<M> ends) {
    if (streams.size() >= max) {
      throw new RefusedException(Reason.OVERLOADED);
    }
    long id = opened.incrementAndGet();
    Behavior<M> counted = Behaviors.intercept(() -> new Closing<>(type, id), behavior);
    ActorRef<M> actor = system.systemActorOf(counted, kind + "-" + id, Props.empty());
    streams.put(
        id, new Open(owner, () -> actor.tell(ends.drain()), () -> actor.tell(ends.revoked())));
    return actor;
  }

  /** How many are open. */
  public int size() {
    return streams.size();
  }

  /**
   * Asks every stream to end: what is under way is answered, and the client is told to connect
   * elsewhere.
   */
  public void drain() {
    streams.values().forEach(stream -> stream.drain().run());
  }

  /** Ends every stream of a device. */
  public void revoke(DeviceAddress device) {
    streams.values().stream()
        .filter(stream -> stream.owner().equals(device))
        .forEach(stream -> stream.revoke().run());
  }

  /** The devices that have a stream. */
  public Set<DeviceAddress> owners() {
    return streams.values().stream().map(Open::owner).collect(Collectors.toSet());
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
        streams.remove(id);
      }
      return target.apply(context, signal);
    }
  }
}
