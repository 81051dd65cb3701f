package io.karst.actors.group;

import io.karst.domain.group.Group;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.group.GroupEvent.HistoryShared;
import io.karst.domain.history.Sharing;
import io.karst.domain.id.GroupId;
import io.karst.journal.log.StoredRecord;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Hands a group's new epochs to its fan-out, and its shares of keys to who tells of them; each is
 * started with the first of them.
 */
final class KeyDelivery {

  private static final String CHILD = "keys";
  private static final String SHARES_CHILD = "shares";

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
    List<Sharing.Recent> shares = group.sharing().toTellAgain(needs.clock().instant());
    if (!shares.isEmpty()) {
      telling().tell(new ShareTelling.Owed(shares));
    }
  }

  /** After a write. */
  void written(List<StoredRecord> records, Group after) {
    for (StoredRecord record : records) {
      if (record.event() instanceof EpochStarted started) {
        fanOut().tell(new KeyFanOut.Started(started, after.epochs().delivered()));
      }
      if (record.event() instanceof HistoryShared) {
        List<Sharing.Recent> newest = after.sharing().recent();
        telling().tell(new ShareTelling.Owed(List.of(newest.get(newest.size() - 1))));
      }
    }
  }

  private ActorRef<ShareTelling.Message> telling() {
    return context
        .getChild(SHARES_CHILD)
        .map(ActorRef::<ShareTelling.Message>unsafeUpcast)
        .orElseGet(() -> context.spawn(ShareTelling.create(group, needs), SHARES_CHILD));
  }

  private ActorRef<KeyFanOut.Message> fanOut() {
    return context
        .getChild(CHILD)
        .map(ActorRef::<KeyFanOut.Message>unsafeUpcast)
        .orElseGet(() -> context.spawn(KeyFanOut.create(group, needs, context.getSelf()), CHILD));
  }
}
