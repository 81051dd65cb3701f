package io.karst.client.channel;

import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityViolation;
import io.karst.client.store.GroupRow;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.wire.LogItem;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.SubscribeGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Entries between the stream and the application: in order, without gap, and bounded.
 *
 * <p>Used on the device's thread.
 */
final class EntryBuffer {

  /**
   * Past this, the application is slower than the group: the subscription ends and begins again
   * later.
   */
  static final int BYTES_MAX = 4 * 1024 * 1024;

  private final GroupId group;
  private final Deque<LogStep> steps = new ArrayDeque<>();
  private long bytes;
  private long nextOffset;
  private Optional<Head> end = Optional.empty();

  EntryBuffer(GroupId group) {
    this.group = group;
  }

  /** Where a subscription must begin that continues what is buffered, or else what was read. */
  SubscribeGroup start(GroupRow group) {
    boolean hashes = end.isPresent() || group.position().tree().isPresent();
    SubscribeGroup.Builder start =
        SubscribeGroup.newBuilder().setGroupId(group.id().value()).setFrontier(!hashes);
    Optional<Head> from = end.or(() -> group.position().cursor());
    if (from.isEmpty()) {
      return start.setEpoch(group.firstEpoch()).build();
    }
    if (from.get().size() == 0) {
      return start.setBeginning(true).build();
    }
    start.getCursorBuilder().setHead(EnvelopeWire.head(from.get()));
    return start.build();
  }

  /** The first entry to come has this offset. */
  void startAt(long offset, LogStep step) {
    nextOffset = offset;
    steps.add(step);
  }

  /**
   * Takes entries, without those before {@code firstWanted}, which were read already. Throws
   * {@link SecurityViolation} when one is missing, comes again, or comes out of order.
   */
  void add(List<LogItem> items, int size, long firstWanted) {
    List<LogStep> taken = new ArrayList<>();
    for (LogItem item : items) {
      if (item.entry().offset() != nextOffset) {
        throw new SecurityViolation(
            new SecurityProblem.LogBroken(group, nextOffset, item.entry().offset()));
      }
      nextOffset++;
      if (item.entry().offset() >= firstWanted) {
        taken.add(LogStep.entry(item, Math.max(1, size / items.size())));
      }
    }
    taken.forEach(step -> bytes += step.bytes());
    steps.addAll(taken);
    end = items.isEmpty() ? end : items.get(items.size() - 1).cursor();
  }

  void add(LogStep step) {
    steps.add(step);
  }

  /** The first steps, which stay until they are {@linkplain #remove removed}. */
  List<LogStep> first(int count) {
    return steps.stream().limit(count).toList();
  }

  void remove(int count) {
    for (int i = 0; i < count; i++) {
      bytes -= steps.removeFirst().bytes();
    }
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  boolean isFull() {
    return bytes > BYTES_MAX;
  }

  boolean hasRoom() {
    return bytes <= BYTES_MAX / 2;
  }

  void clear() {
    steps.clear();
    bytes = 0;
    end = Optional.empty();
  }
}
