package io.karst.client.gap;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.ServerRefusal;
import io.karst.client.store.gap.Gap;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.wire.Entry;
import io.karst.client.wire.EntryWire;
import io.karst.client.wire.LogItem;
import io.karst.client.wire.WireBytes;
import io.karst.client.work.DeviceContext;
import io.karst.domain.group.Envelope;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.FetchRangeRequest;
import io.karst.wire.v1.FetchRangeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the server for the messages of a gap. Used on the device's thread. */
final class GapSearch {

  /** Envelopes of one answer, 4 MiB at most; what is beyond is asked for anew. */
  static final int ITEMS_MAX = 64;

  /** Calls for one gap, each of which searches 1 MiB of the log. */
  static final int CALLS_MAX = 256;

  private final DeviceContext context;
  private final Gap gap;
  private final List<LogItem> found = new ArrayList<>();
  private int calls;

  GapSearch(DeviceContext context, Gap gap) {
    this.context = context;
    this.gap = gap;
  }

  /** Searches the log from an offset on. Fails only when the device is closed. */
  CompletableFuture<GapAnswer> from(long offset) {
    calls++;
    return context
        .calls()
        .<FetchRangeResponse>retried(
            Retries.untilDone(),
            failed ->
                context.calls().once(DeliveryServiceGrpc.getFetchRangeMethod(), request(offset)))
        .thenComposeAsync(answer -> take(offset, answer), context.loop())
        .exceptionallyComposeAsync(failure -> withoutAnswer(Failures.of(failure)), context.loop());
  }

  private CompletableFuture<GapAnswer> take(long offset, FetchRangeResponse answer) {
    try {
      answer.getEntriesList().stream()
          .map(entry -> EntryWire.item(gap.group(), entry))
          .filter(item -> item.entry() instanceof Entry.Spoken spoken && fills(spoken.envelope()))
          .limit(ITEMS_MAX)
          .forEach(found::add);
    } catch (BadAnswer e) {
      return done(true);
    }
    boolean goesOn = answer.hasNextOffset() && answer.getNextOffset() > offset;
    if (found.size() >= ITEMS_MAX) {
      return done(!goesOn);
    }
    return goesOn && calls < CALLS_MAX ? from(answer.getNextOffset()) : done(true);
  }

  /** A server that does not say is one that has nothing. */
  private CompletableFuture<GapAnswer> withoutAnswer(Throwable failure) {
    return failure instanceof ServerRefusal || failure instanceof BadAnswer
        ? done(true)
        : CompletableFuture.failedFuture(failure);
  }

  private CompletableFuture<GapAnswer> done(boolean whole) {
    return CompletableFuture.completedFuture(new GapAnswer(gap, found, whole));
  }

  private boolean fills(Envelope envelope) {
    return envelope.epoch() == gap.epoch()
        && envelope.sender().equals(gap.sender())
        && envelope.sessionId().equals(gap.sessionId())
        && gap.range().contains(envelope.messageIndex());
  }

  private FetchRangeRequest request(long offset) {
    return FetchRangeRequest.newBuilder()
        .setGroupId(gap.group().value())
        .setEpoch(gap.epoch())
        .setSessionId(WireBytes.bytes(gap.sessionId()))
        .setFromIndex(gap.range().from())
        .setToIndex(gap.range().to())
        .setFromOffset(offset)
        .build();
  }
}
