package io.karst.actors.group;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.id.DeviceAddress;
import org.apache.pekko.actor.typed.ActorRef;

/** What a group's entity takes. */
public sealed interface GroupMessage extends NodeMessage {

  <R> R match(Cases<R> cases);

  /** A command other than {@link GroupCommand.Append}: those come as frames, and are merged. */
  record Ask(GroupCommand command, ActorRef<GroupReply> replyTo) implements GroupMessage {
    public Ask {
      if (command instanceof GroupCommand.Append || command instanceof GroupCommand.MarkDelivered) {
        throw new IllegalArgumentException("nobody asks for it: " + command.getClass());
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ask(this);
    }
  }

  /**
   * One frame of envelopes. Frames of one sender are judged in the order in which they arrive.
   *
   * @param frame chosen by whoever sends it, repeated in the answer
   */
  record Append(long frame, Submission submission, ActorRef<AppendReply> replyTo)
      implements GroupMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.append(this);
    }
  }

  /** Asks for the group as it is now. */
  record View(DeviceAddress by, ActorRef<ViewReply> replyTo) implements GroupMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.view(this);
    }
  }

  /** Asks for the group as it is now, on behalf of an auditor, who is in none. */
  record Inspect(ActorRef<ViewReply> replyTo) implements GroupMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.inspect(this);
    }
  }

  /**
   * From now on, and until it fails to say so again in time, {@code reader} is told of every write.
   */
  record Follow(ActorRef<GroupNews> reader) implements GroupMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.follow(this);
    }
  }

  /** {@code reader} is told no more. */
  record Unfollow(ActorRef<GroupNews> reader) implements GroupMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unfollow(this);
    }
  }

  /** Decide the frames that were kept. The entity says so to itself; it never travels. */
  enum Flush implements GroupMessage {
    INSTANCE;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.flush(this);
    }
  }

  /**
   * Write the next part of the keys of the epoch that is being staged, or start it. The entity says
   * so to itself; it never travels.
   */
  enum Stage implements GroupMessage {
    INSTANCE;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stage(this);
    }
  }

  /** Every inbox took its key of an epoch. Said by the entity's own fan-out; it never travels. */
  record KeysTaken(long epoch) implements GroupMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keysTaken(this);
    }
  }

  /** Stay in memory: keys are still on their way to inboxes. Changes nothing. */
  record StayAwake() implements GroupMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stayAwake(this);
    }
  }

  /** One method per message. */
  interface Cases<R> {
    R ask(Ask message);

    R append(Append message);

    R view(View message);

    R inspect(Inspect message);

    R follow(Follow message);

    R unfollow(Unfollow message);

    R flush(Flush message);

    R stage(Stage message);

    R keysTaken(KeysTaken message);

    R stayAwake(StayAwake message);
  }
}
