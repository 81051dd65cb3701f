package io.karst.actors.group;

import io.karst.domain.group.Group;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.id.GroupId;
import io.karst.journal.log.StoredRecord;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Hands a group's new epochs to its fan-out, which is started with the first of them. */
final class KeyDelivery {

  private static final String CHILD = "keys";

  private final ActorContext<GroupMessage> context;
  private final GroupId group;
  private final GroupNeeds needs;

  KeyDelivery(ActorContext<GroupMessage> context, GroupId group, GroupNeeds needs) {
    this.context = context;
    this.group = group;
    this.needs = needs;
  }

  /** After a recovery: whatever is not known to be delivered is told again. */
  void resume(Group group) {
    long current = group.epoch().number();
    long delivered = group.epochs().delivered();
    if (delivered < current) {
      fanOut().tell(new KeyFanOut.Owed(delivered, current));
    }
  }

  /** After a write. */
  void written(List<StoredRecord> records, Group after) {
    for (StoredRecord record : records) {
      if (record.event() instanceof EpochStarted started) {
        fanOut().tell(new KeyFanOut.Started(started, after.epochs().delivered()));
      }
    }
  }

  private ActorRef<KeyFanOut.Message> fanOut() {
    return context
        .getChild(CHILD)
        .map(ActorRef::<KeyFanOut.Message>unsafeUpcast)
        .orElseGet(() -> context.spawn(KeyFanOut.create(group, needs, context.getSelf()), CHILD));
  }
}
