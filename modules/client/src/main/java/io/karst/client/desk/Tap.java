package io.karst.client.desk;

import io.karst.client.store.EpochRow;
import io.karst.client.verification.HeardStep;
import io.karst.client.wire.EntryWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.GroupId;
import io.karst.proof.signature.SessionBindings;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.ReadHistoryRequest;
import io.karst.wire.v1.ReadHistoryResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a group's log for steps of verifications, beside whoever receives it, and without moving
 * the place or the sessions that are stored. Used on the device's thread, one reading at a time.
 */
final class Tap {

  /** Entries that are looked at again behind the end: ten minutes of a lively group. */
  static final int LOOKBACK_MAX = 2_000;

  private final DeviceContext context;
  private final GroupId group;
  private final SessionBindings bindings;
  private final Map<Bytes, SessionBinding> opened = new HashMap<>();
  private Optional<Long> next = Optional.empty();

  Tap(DeviceContext context, GroupId group) {
    this.context = context;
    this.group = group;
    this.bindings = new SessionBindings(context.signatures());
  }

  /** The steps up to the end of the log; the first time also those of the recent past. */
  CompletableFuture<List<HeardStep>> read() {
    return next.isPresent()
        ? read(next.get(), new ArrayList<>())
        : ask(ReadHistoryRequest.newBuilder()
                .setGroupId(group.value())
                .setEpoch(newestEpoch())
                .build())
            .thenComposeAsync(
                page -> {
                  next = Optional.of(start(page));
                  opened.clear();
                  return read(next.get(), new ArrayList<>());
                },
                context.loop());
  }

  /**
   * Of the newest epoch, what this device has not received, since it may hold sessions that are not
   * known, and at least the recent past.
   */
  private long start(ReadHistoryResponse page) {
    long epochStart = page.getEntriesList().isEmpty()
        ? page.getNextOffset()
        : page.getEntries(0).getOffset();
    long received = context
        .memory()
        .transaction(memory -> memory.tables().groups().find(group).orElseThrow())
        .position()
        .nextOffset();
    return Math.max(epochStart, Math.min(received, page.getSize() - LOOKBACK_MAX));
  }

  private long newestEpoch() {
    return context
        .memory()
        .transaction(memory -> memory.tables().epochs().newest(group))
        .map(EpochRow::number)
        .orElse(1L);
  }

  private CompletableFuture<List<HeardStep>> read(long offset, List<HeardStep> before) {
    return ask(ReadHistoryRequest.newBuilder()
            .setGroupId(group.value())
            .setOffset(offset)
            .build())
        .thenComposeAsync(
            page -> {
              long reached = take(page, before);
              next = Optional.of(reached);
              boolean more =
                  reached == page.getNextOffset() && reached > offset && reached < page.getSize();
              return more ? read(reached, before) : CompletableFuture.completedFuture(before);
            },
            context.loop());
  }

  /** Answers the offset of the first entry that was not taken. */
  private long take(ReadHistoryResponse page, List<HeardStep> steps) {
    return context.memory().transaction(memory -> {
      var run = new TapRun(memory, group, bindings, opened);
      for (LogEntry wire : page.getEntriesList()) {
        if (!EntryWire.entry(wire).match(run)) {
          steps.addAll(run.steps());
          return wire.getOffset();
        }
      }
      steps.addAll(run.steps());
      return page.getNextOffset();
    });
  }

  private CompletableFuture<ReadHistoryResponse> ask(ReadHistoryRequest request) {
    return context.calls().call(GroupServiceGrpc.getReadHistoryMethod(), request);
  }
}
