package io.karst.actors;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/** This node's way into the cluster. */
final class ClusterMembership {

  private static final String SEED_NODES = "pekko.cluster.seed-nodes";

  private ClusterMembership() {}

  /**
   * Waits until this node is a member. Without seed nodes it forms a cluster of itself; with seed
   * nodes Pekko joins them by itself.
   */
  static void join(ActorSystem<?> system, Duration timeout) {
    Cluster cluster = Cluster.get(system);
    if (system.settings().config().getStringList(SEED_NODES).isEmpty()) {
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }
    var up = new CompletableFuture<SelfUp>();
    ActorRef<SelfUp> ear = system.systemActorOf(completing(up), "awaiting-cluster", Props.empty());
    cluster.subscriptions().tell(Subscribe.create(ear, SelfUp.class));
    await(up, timeout);
  }

  private static Behavior<SelfUp> completing(CompletableFuture<SelfUp> up) {
    return Behaviors.receiveMessage(message -> {
      up.complete(message);
      return Behaviors.stopped();
    });
  }

  private static void await(CompletableFuture<SelfUp> up, Duration timeout) {
    try {
      up.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ActorsStartException(
          "the cluster's seed nodes did not let this node in for %d s now"
              .formatted(timeout.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw new ActorsStartException("cannot join the cluster", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ActorsStartException("interrupted while joining the cluster", e);
    }
  }
}
