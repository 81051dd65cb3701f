package io.karst.actors.group;

import io.karst.actors.entity.Entities;
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

/**
 * All groups, wherever in the cluster they live.
 *
 * <p>The asking methods always complete with an answer: {@link Reason#UNAVAILABLE} when none came
 * in time. Nobody knows then whether the command was carried out; repeating it is safe.
 */
public final class Groups {

  private final Entities<GroupMessage> entities;

  /** Waits for each answer at most {@code timeout}. */
  public Groups(ActorSystem<?> system, Duration timeout) {
    this(Entities.sharded(system, GroupEntity.TYPE, timeout));
  }

  public Groups(Entities<GroupMessage> entities) {
    this.entities = entities;
  }

  /** Sends a message; the way for frames, whose answers a stream actor takes. */
  public void tell(GroupId group, GroupMessage message) {
    entities.tell(group.value(), message);
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

  /** The group as it is now, for an auditor. */
  public CompletionStage<ViewReply> inspect(GroupId group) {
    return ask(group, GroupMessage.Inspect::new, new ViewReply.Refused(Reason.UNAVAILABLE));
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
    return entities.ask(group.value(), message).exceptionally(late -> otherwise);
  }
}
