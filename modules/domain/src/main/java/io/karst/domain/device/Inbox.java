package io.karst.domain.device;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for one device until it acknowledges.
 *
 * <p>Invariant: at most {@value #ITEMS_MAX} items, ascending by sequence, none above
 * {@code lastSequence}, at most one of them {@link InboxItem.KeysLow}; at most {@value #GROUPS_MAX}
 * groups are remembered, each once.
 *
 * @param lastSequence the sequence given out last, 0 before the first
 * @param taken the newest epoch taken from each group, the group taken from last at the end
 */
public record Inbox(List<InboxItem> items, long lastSequence, List<TakenEpoch> taken) {

  /** A device that is away for a thousand epochs reads older sealed keys from the groups' logs. */
  public static final int ITEMS_MAX = 1000;

  /**
   * More groups than a person is active in. Forgetting the one unused for longest costs little: if
   * its last epoch is told again, the device gets a second copy of a sealed key and ignores it.
   */
  public static final int GROUPS_MAX = 1000;

  static final Inbox EMPTY = new Inbox(List.of(), 0, List.of());

  /** The newest epoch whose sealed key was taken from a group. */
  public record TakenEpoch(GroupId group, long epoch) {}

  public Inbox {
    items = List.copyOf(items);
    taken = List.copyOf(taken);
    if (items.size() > ITEMS_MAX || taken.size() > GROUPS_MAX) {
      throw new IllegalArgumentException("inbox out of bounds");
    }
  }

  /** Items after this sequence, oldest first, at most {@code limit}. */
  public List<InboxItem> after(long sequence, int limit) {
    return items.stream()
        .filter(item -> item.sequence() > sequence)
        .limit(limit)
        .toList();
  }

  /** The newest epoch taken from a group; 0 if none is remembered. */
  long newestEpoch(GroupId group) {
    return taken.stream()
        .filter(t -> t.group().equals(group))
        .mapToLong(TakenEpoch::epoch)
        .findFirst()
        .orElse(0);
  }

  boolean saysKeysLow() {
    return items.stream().anyMatch(InboxItem.KeysLow.class::isInstance);
  }

  boolean holdsUpTo(long sequence) {
    return !items.isEmpty() && items.get(0).sequence() <= sequence;
  }

  Inbox plus(GroupId group, long epoch, DeviceAddress committer, SealedKey key) {
    var remembered = new ArrayList<>(taken);
    remembered.removeIf(t -> t.group().equals(group));
    if (remembered.size() == GROUPS_MAX) {
      remembered.remove(0);
    }
    remembered.add(new TakenEpoch(group, epoch));
    long sequence = lastSequence + 1;
    return new Inbox(
        plus(new InboxItem.SealedEpochKey(sequence, group, epoch, committer, key)),
        sequence,
        remembered);
  }

  Inbox plusKeysLow(int left) {
    long sequence = lastSequence + 1;
    return new Inbox(plus(new InboxItem.KeysLow(sequence, left)), sequence, taken);
  }

  Inbox without(long upToSequence) {
    return new Inbox(
        items.stream().filter(item -> item.sequence() > upToSequence).toList(),
        lastSequence,
        taken);
  }

  /** When full, the oldest sealed key makes room: a copy of it is in its group's log. */
  private List<InboxItem> plus(InboxItem item) {
    var all = new ArrayList<>(items);
    if (all.size() == ITEMS_MAX) {
      all.remove(all.get(0) instanceof InboxItem.SealedEpochKey ? 0 : 1);
    }
    all.add(item);
    return all;
  }
}
