package io.karst.actors.group;

import io.karst.domain.refusal.Reason;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Stands before a group's persistent behavior, in the same actor.
 *
 * <p>Frames go into the buffer here, also while a write is under way: they never enter Pekko's
 * stash, which drops what does not fit. While the journal cannot be written, and until the entity
 * has recovered from that, everybody is refused at once.
 */
final class GroupGate extends BehaviorInterceptor<GroupMessage, GroupMessage> {

  private final AppendBuffer buffer;

  GroupGate(AppendBuffer buffer) {
    super(GroupMessage.class);
    this.buffer = buffer;
  }

  @Override
  public Behavior<GroupMessage> aroundReceive(
      TypedActorContext<GroupMessage> context,
      GroupMessage message,
      ReceiveTarget<GroupMessage> target) {
    if (message instanceof GroupMessage.Append frame) {
      keep(context, frame);
      return Behaviors.same();
    }
    return buffer.isDown() && refused(message) ? Behaviors.same() : target.apply(context, message);
  }

  private void keep(TypedActorContext<GroupMessage> context, GroupMessage.Append frame) {
    Optional<Reason> problem = buffer.offer(frame);
    problem.ifPresent(
        reason -> frame.replyTo().tell(new AppendReply.Refused(frame.frame(), reason)));
    if (buffer.claimFlush()) {
      context.asJava().getSelf().tell(GroupMessage.Flush.INSTANCE);
    }
  }

  private static boolean refused(GroupMessage message) {
    if (message instanceof GroupMessage.Ask ask) {
      ask.replyTo().tell(new GroupReply.Refused(Reason.UNAVAILABLE, 0));
      return true;
    }
    if (message instanceof GroupMessage.View view) {
      view.replyTo().tell(new ViewReply.Refused(Reason.UNAVAILABLE));
      return true;
    }
    if (message instanceof GroupMessage.Inspect inspect) {
      inspect.replyTo().tell(new ViewReply.Refused(Reason.UNAVAILABLE));
      return true;
    }
    return false;
  }
}
