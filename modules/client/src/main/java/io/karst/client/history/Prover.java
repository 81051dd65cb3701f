package io.karst.client.history;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.HistoryPage;
import io.karst.client.recovery.ClimbEvent.Proof;
import io.karst.client.transport.Failures;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.ReadHistoryRequest;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries keys that were given on what was said in their epochs. Used on the device's thread.
 *
 * <p>Reading forgets what is wrong and tells who gave it; here it counts what is left unread.
 */
final class Prover {

  private static final Logger LOG = LoggerFactory.getLogger(Prover.class);

  /** 4 MiB of log: what lies behind it is tried when somebody reads it. */
  static final int PAGES_MAX = 16;

  private static final Set<UnreadableReason> MISSING = EnumSet.of(
      UnreadableReason.KEY_NOT_SEALED,
      UnreadableReason.KEY_NOT_OPENED,
      UnreadableReason.EPOCH_REFUSED,
      UnreadableReason.EPOCH_ORPHANED,
      UnreadableReason.DEVICE_NOT_IN_ROSTER,
      UnreadableReason.NOT_A_MEMBER,
      UnreadableReason.BEFORE_HISTORY_GRANT,
      UnreadableReason.INDEX_TOO_OLD);

  private final HistoryReader reader;

  Prover(HistoryReader reader) {
    this.reader = reader;
  }

  /**
   * What came to light so far.
   *
   * @param read messages that could be read
   */
  private record Tally(long read, long unread) {

    Tally with(HistoryPage page, EpochRange epochs) {
      long more = page.events().stream()
          .filter(event ->
              event instanceof ChannelEvent.Message message && epochs.contains(message.epoch()))
          .count();
      long less = page.events().stream()
          .filter(event -> event instanceof ChannelEvent.Unreadable unreadable
              && epochs.contains(unreadable.epoch())
              && MISSING.contains(unreadable.why()))
          .count();
      return new Tally(read + more, unread + less);
    }

    Proof proof() {
      return unread == 0 ? Proof.WHOLE : read > 0 ? Proof.PARTIAL : Proof.WRONG;
    }
  }

  /** Never fails. */
  CompletableFuture<Proof> prove(GroupId group, EpochRange epochs) {
    ReadHistoryRequest first = ReadHistoryRequest.newBuilder()
        .setGroupId(group.value())
        .setEpoch(epochs.from())
        .build();
    return page(group, epochs, first, new Tally(0, 0), PAGES_MAX).exceptionally(failure -> {
      LOG.debug("keys that were given are not tried now", Failures.of(failure));
      return Proof.UNTRIED;
    });
  }

  private CompletableFuture<Proof> page(
      GroupId group, EpochRange epochs, ReadHistoryRequest request, Tally before, int left) {
    return reader.read(group, request).thenCompose(page -> {
      Tally tally = before.with(page, epochs);
      boolean more = page.hasMore() && left > 1 && !isBehind(page, epochs);
      ReadHistoryRequest next = ReadHistoryRequest.newBuilder()
          .setGroupId(group.value())
          .setOffset(page.nextOffset())
          .build();
      return more
          ? page(group, epochs, next, tally, left - 1)
          : CompletableFuture.completedFuture(tally.proof());
    });
  }

  /** Envelopes of an epoch end with the second epoch after it: its grace is over then. */
  private static boolean isBehind(HistoryPage page, EpochRange epochs) {
    return page.events().stream()
        .anyMatch(event -> event instanceof ChannelEvent.EpochStarted started
            && started.epoch() > epochs.to() + 1);
  }
}
