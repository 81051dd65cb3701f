package io.karst.domain.device;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for one device until it acknowledges.
 *
 * <p>Invariant: at most {@value #ITEMS_MAX} items, ascending by sequence, none above
 * {@code lastSequence}, at most one of them {@link InboxItem.KeysLow}, at most {@value #SHARES_MAX}
 * {@link InboxItem.KeysShared} and {@value #REQUESTS_MAX} {@link InboxItem.KeysRequested}; at most
 * {@value #GROUPS_MAX} groups are remembered, each once.
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

  /** Older shares are found by reading the groups' logs. */
  public static final int SHARES_MAX = 100;

  /** Each costs its device an answer; who asks asks others too. */
  public static final int REQUESTS_MAX = 16;

  static final Inbox EMPTY = new Inbox(List.of(), 0, List.of());

  /**
   * What was taken from a group last.
   *
   * @param epoch the newest epoch whose sealed key was taken; 0 before the first
   * @param share offset of the newest share that was told of; 0 before the first
   */
  public record TakenEpoch(GroupId group, long epoch, long share) {}

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
    return takenFrom(group).epoch();
  }

  /** Whether it was not told of this share before. */
  boolean isNew(ToldShare share) {
    return takenFrom(share.group()).share() < share.offset();
  }

  /** Whether there is room for this question, and none of the same device about the same group. */
  boolean takes(KeyRequest request) {
    List<KeyRequest> asked = items.stream()
        .filter(InboxItem.KeysRequested.class::isInstance)
        .map(item -> ((InboxItem.KeysRequested) item).request())
        .toList();
    return asked.size() < REQUESTS_MAX
        && asked.stream()
            .noneMatch(r -> r.by().equals(request.by()) && r.group().equals(request.group()));
  }

  private TakenEpoch takenFrom(GroupId group) {
    return taken.stream()
        .filter(t -> t.group().equals(group))
        .findFirst()
        .orElse(new TakenEpoch(group, 0, 0));
  }

  boolean saysKeysLow() {
    return items.stream().anyMatch(InboxItem.KeysLow.class::isInstance);
  }

  boolean holdsUpTo(long sequence) {
    return !items.isEmpty() && items.get(0).sequence() <= sequence;
  }

  Inbox plus(GroupId group, long epoch, DeviceAddress committer, SealedKey key) {
    long sequence = lastSequence + 1;
    long share = takenFrom(group).share();
    return new Inbox(
        plus(new InboxItem.SealedEpochKey(sequence, group, epoch, committer, key)),
        sequence,
        remembered(new TakenEpoch(group, epoch, share)));
  }

  /** When there are many shares the oldest makes room: its keys are in its group's log. */
  Inbox plus(ToldShare share) {
    long sequence = lastSequence + 1;
    Inbox room = without(InboxItem.KeysShared.class, SHARES_MAX);
    return new Inbox(
        room.plus(new InboxItem.KeysShared(sequence, share)),
        sequence,
        remembered(new TakenEpoch(share.group(), newestEpoch(share.group()), share.offset())));
  }

  Inbox plus(KeyRequest request) {
    long sequence = lastSequence + 1;
    return new Inbox(plus(new InboxItem.KeysRequested(sequence, request)), sequence, taken);
  }

  private List<TakenEpoch> remembered(TakenEpoch newest) {
    var remembered = new ArrayList<>(taken);
    remembered.removeIf(t -> t.group().equals(newest.group()));
    if (remembered.size() == GROUPS_MAX) {
      remembered.remove(0);
    }
    remembered.add(newest);
    return remembered;
  }

  /** Without the oldest item of a kind, when there are so many. */
  private Inbox without(Class<? extends InboxItem> kind, int max) {
    List<InboxItem> same = items.stream().filter(kind::isInstance).toList();
    if (same.size() < max) {
      return this;
    }
    var left = new ArrayList<>(items);
    left.remove(same.get(0));
    return new Inbox(left, lastSequence, taken);
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
      all.stream()
          .filter(InboxItem.SealedEpochKey.class::isInstance)
          .findFirst()
          .ifPresent(all::remove);
    }
    all.add(item);
    return all;
  }
}
