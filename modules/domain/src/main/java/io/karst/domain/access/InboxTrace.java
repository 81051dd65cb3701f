package io.karst.domain.access;

import io.karst.domain.device.Inbox;
import io.karst.domain.device.InboxItem;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.GroupId;
import java.util.List;

/**
 * What a device's inbox remembers of the keys of one group's epochs.
 *
 * @param waiting epochs whose key is in the inbox, as far as they were asked for, ascending
 * @param newest the newest epoch whose key came; 0 when none is remembered
 * @param full an item that comes now pushes the oldest one out
 */
public record InboxTrace(List<Long> waiting, long newest, boolean full) {

  /** No inbox at all. */
  static final InboxTrace NONE = new InboxTrace(List.of(), 0, false);

  public InboxTrace {
    waiting = List.copyOf(waiting);
  }

  static InboxTrace of(Inbox inbox, GroupId group, EpochRange range) {
    List<Long> waiting = inbox.items().stream()
        .filter(InboxItem.SealedEpochKey.class::isInstance)
        .map(InboxItem.SealedEpochKey.class::cast)
        .filter(item -> item.group().equals(group) && range.contains(item.epoch()))
        .map(InboxItem.SealedEpochKey::epoch)
        .toList();
    long newest = inbox.taken().stream()
        .filter(taken -> taken.group().equals(group))
        .mapToLong(Inbox.TakenEpoch::epoch)
        .findFirst()
        .orElse(0);
    return new InboxTrace(waiting, newest, inbox.items().size() == Inbox.ITEMS_MAX);
  }

  /**
   * How far the key of an epoch has come that was sealed to this device.
   *
   * <p>An inbox that is full may have pushed the key out as well as had it acknowledged; a device
   * that has so much to read has not read lately.
   *
   * @param delivered the group knows that every inbox has taken its keys up to this epoch
   */
  public KeyState key(long epoch, long delivered) {
    if (waiting.contains(epoch)) {
      return KeyState.DELIVERED;
    }
    if (Math.max(newest, delivered) < epoch) {
      return KeyState.SEALED;
    }
    return full ? KeyState.CROWDED_OUT : KeyState.ACKNOWLEDGED;
  }
}
