package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What a member's entity takes. */
public sealed interface MemberMessage extends NodeMessage {

  <R> R match(Cases<R> cases);

  /** A command of a device, or to one. */
  record Ask(MemberCommand command, ActorRef<MemberReply> replyTo) implements MemberMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ask(this);
    }
  }

  /** A new epoch's sealed keys, from a group that says so until it is answered. */
  record Deliver(MemberCommand.TakeSealedKeys command, ActorRef<Delivered> replyTo)
      implements MemberMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.deliver(this);
    }
  }

  /** Keys that were shared with a device, from a group that says so until it is answered. */
  record TellShare(MemberCommand.TakeKeyShare command, ActorRef<ShareTold> replyTo)
      implements MemberMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tellShare(this);
    }
  }

  /** Asks who the member is. */
  record Look(ActorRef<AccountReply> replyTo) implements MemberMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.look(this);
    }
  }

  /**
   * Asks for versions of the device list after {@code afterVersion}, oldest first.
   *
   * @param reader who asks: a device that another one added gets its link proof too
   */
  record FetchChain(long afterVersion, DeviceAddress reader, ActorRef<ChainReply> replyTo)
      implements MemberMessage {

    /** Some 40 KiB. */
    public static final int VERSIONS_MAX = 32;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fetchChain(this);
    }
  }

  /**
   * Tell {@code watcher} when the device is revoked, and {@code replyTo} whether it is there now.
   * Holds for {@link Members#WATCH_LEASE}: repeat it every {@link Members#WATCH_RENEWAL}.
   */
  record WatchDevice(DeviceId device, ActorRef<DeviceNews> watcher, ActorRef<DeviceNews> replyTo)
      implements MemberMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.watchDevice(this);
    }
  }

  /** Groups know a device list. Said by the entity's own telling; it never travels. */
  record GroupsTold(DeviceList list, List<GroupId> groups) implements MemberMessage {
    public GroupsTold {
      groups = List.copyOf(groups);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.groupsTold(this);
    }
  }

  /** Stay in memory: groups are still to be told. Changes nothing. */
  record StayAwake() implements MemberMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stayAwake(this);
    }
  }

  /** Asks for inbox items after a sequence, oldest first, {@code limit} at most. */
  record FetchInbox(DeviceId device, long afterSequence, int limit, ActorRef<InboxReply> replyTo)
      implements MemberMessage {

    /** Some 60 KiB of sealed keys. */
    public static final int LIMIT_MAX = 100;

    public FetchInbox {
      if (limit < 1 || limit > LIMIT_MAX) {
        throw new IllegalArgumentException("1 to 100 items");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fetchInbox(this);
    }
  }

  /**
   * Tell {@code watcher} whenever the inbox gets an item, and now, so that it learns what it
   * missed. Holds for {@link Members#WATCH_LEASE}: repeat it every {@link Members#WATCH_RENEWAL}.
   */
  record WatchInbox(DeviceId device, ActorRef<InboxChanged> watcher) implements MemberMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.watchInbox(this);
    }
  }

  /** Tell {@code watcher} no more. */
  record UnwatchInbox(DeviceId device, ActorRef<InboxChanged> watcher) implements MemberMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unwatchInbox(this);
    }
  }

  /** Asks what became of a group's keys that were sealed to the member's devices. */
  record TraceKeys(GroupId group, EpochRange epochs, ActorRef<KeyTraceReply> replyTo)
      implements MemberMessage {

    /** As many as the journal answers at a time. */
    public static final int EPOCHS_MAX = 100;

    public TraceKeys {
      if (epochs.to() - epochs.from() >= EPOCHS_MAX) {
        throw new IllegalArgumentException("1 to 100 epochs");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.traceKeys(this);
    }
  }

  /** One method per message. */
  interface Cases<R> {
    R ask(Ask message);

    R deliver(Deliver message);

    R tellShare(TellShare message);

    R look(Look message);

    R fetchChain(FetchChain message);

    R watchDevice(WatchDevice message);

    R groupsTold(GroupsTold message);

    R stayAwake(StayAwake message);

    R fetchInbox(FetchInbox message);

    R watchInbox(WatchInbox message);

    R unwatchInbox(UnwatchInbox message);

    R traceKeys(TraceKeys message);
  }
}
