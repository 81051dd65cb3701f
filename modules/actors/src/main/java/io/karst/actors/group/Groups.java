package io.karst.actors.group;

import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * All groups, wherever in the cluster they live.
 *
 * <p>The asking methods always complete with an answer: {@link Reason#UNAVAILABLE} when none came in time. Nobody knows then
 * whether the command was carried out; repeating it is safe.
 */
public final class Groups {

  private final ActorSystem<?> system;
  private final ActorRef<ShardingEnvelope<GroupMessage>> region;
  private final Duration timeout;

  /** Reaches groups through {@code region}, and waits for each answer at most {@code timeout}. */
  public Groups(
      ActorSystem<?> system, ActorRef<ShardingEnvelope<GroupMessage>> region, Duration timeout) {
    this.system = system;
    this.region = region;
    this.timeout = timeout;
  }

  /** Sends a message; the way for frames, whose answers a stream actor takes. */
  public void tell(GroupId group, GroupMessage message) {
    region.tell(new ShardingEnvelope<>(group.value(), message));
  }

  /** Asks for a command other than an append. */
  public CompletionStage<GroupReply> ask(GroupId group, GroupCommand command) {
    return ask(
        group,
        replyTo -> new GroupMessage.Ask(command, replyTo),
        new GroupReply.Refused(Reason.UNAVAILABLE, 0));
  }

  /** Appends one frame. */
  public CompletionStage<AppendReply> append(GroupId group, Submission submission) {
    return ask(
        group,
        replyTo -> new GroupMessage.Append(0, submission, replyTo),
        new AppendReply.Refused(0, Reason.UNAVAILABLE));
  }

  private <R> CompletionStage<R> ask(
      GroupId group, Function<ActorRef<R>, GroupMessage> message, R otherwise) {
    return AskPattern.<ShardingEnvelope<GroupMessage>, R>ask(
            region,
            replyTo -> new ShardingEnvelope<>(group.value(), message.apply(replyTo)),
            timeout,
            system.scheduler())
        .exceptionally(late -> otherwise);
  }
}
