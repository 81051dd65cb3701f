package io.karst.actors.entity;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** All entities of one kind, wherever they live. */
public interface Entities<M> {

  /** Sends a message, which may get lost. */
  void tell(String id, M message);

  /** Sends a message that is to be answered. Fails when no answer came in time. */
  <R> CompletionStage<R> ask(String id, Function<ActorRef<R>, M> message);

  /** Those of a cluster. Waits for each answer at most {@code timeout}. */
  static <M> Entities<M> sharded(ActorSystem<?> system, EntityTypeKey<M> type, Duration timeout) {
    ClusterSharding sharding = ClusterSharding.get(system);
    return new Entities<>() {

      @Override
      public void tell(String id, M message) {
        entity(id).tell(message);
      }

      @Override
      public <R> CompletionStage<R> ask(String id, Function<ActorRef<R>, M> message) {
        return entity(id).ask(message::apply, timeout);
      }

      private EntityRef<M> entity(String id) {
        return sharding.entityRefFor(type, id);
      }
    };
  }
}
