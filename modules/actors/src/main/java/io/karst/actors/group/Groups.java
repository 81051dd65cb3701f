package io.karst.actors.group;

import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;

/**
 * All groups, wherever in the cluster they live.
 *
 * <p>The asking methods always complete with an answer: {@link Reason#UNAVAILABLE} when none came
 * in time. Nobody knows then whether the command was carried out; repeating it is safe.
 */
public final class Groups {

  private final ClusterSharding sharding;
  private final Duration timeout;

  /** Waits for each answer at most {@code timeout}. */
  public Groups(ActorSystem<?> system, Duration timeout) {
    this.sharding = ClusterSharding.get(system);
    this.timeout = timeout;
  }

  /** Sends a message; the way for frames, whose answers a stream actor takes. */
  public void tell(GroupId group, GroupMessage message) {
    entity(group).tell(message);
  }

  /** Asks for a command other than an append. */
  public CompletionStage<GroupReply> ask(GroupId group, GroupCommand command) {
    return ask(
        group,
        replyTo -> new GroupMessage.Ask(command, replyTo),
        new GroupReply.Refused(Reason.UNAVAILABLE, 0));
  }

  /** The group as it is now, for a device of one of its members. */
  public CompletionStage<ViewReply> view(GroupId group, DeviceAddress by) {
    return ask(
        group,
        replyTo -> new GroupMessage.View(by, replyTo),
        new ViewReply.Refused(Reason.UNAVAILABLE));
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
    return entity(group).<R>ask(message::apply, timeout).exceptionally(late -> otherwise);
  }

  private EntityRef<GroupMessage> entity(GroupId group) {
    return sharding.entityRefFor(GroupEntity.TYPE, group.value());
  }
}
