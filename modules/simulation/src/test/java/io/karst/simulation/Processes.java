package io.karst.simulation;

import io.karst.actors.entity.Entities;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;

/** Processes in place of a cluster's entities. */
final class Processes<M> implements Entities<M> {

  private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(5);
  private static final Duration HOP = Duration.ofMillis(1);

  private final World world;
  private final Function<String, Persistent<M>> byId;

  Processes(World world, Function<String, Persistent<M>> byId) {
    this.world = world;
    this.byId = byId;
  }

  @Override
  public void tell(String id, M message) {
    world.time().after(HOP, () -> byId.apply(id).take(message));
  }

  @Override
  public <R> CompletionStage<R> ask(String id, Function<ActorRef<R>, M> message) {
    TestInbox<R> inbox = TestInbox.create();
    CompletableFuture<R> answer = new CompletableFuture<>();
    world.time().after(HOP, () -> {
      Persistent<M> process = byId.apply(id);
      process.expect(new Persistent.Asked<>(inbox, answer));
      process.take(message.apply(inbox.getRef()));
    });
    world
        .time()
        .after(
            ANSWER_WAIT_MAX, () -> answer.completeExceptionally(new TimeoutException("no answer")));
    return answer;
  }
}
