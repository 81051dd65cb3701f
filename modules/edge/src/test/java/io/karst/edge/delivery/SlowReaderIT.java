package io.karst.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.edge.scene.TestStream;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.Entries;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SubscribeResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that stops reading costs the server little, others nothing, and itself no entry. */
class SlowReaderIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  /**
   * Frames of 8 envelopes of 60,000 bytes: 46 MiB, twenty times what may be held for the stalled
   * client.
   */
  private static final int FRAMES = 100;

  private static final int ENVELOPES = 8;

  private static final int CIPHERTEXT = 59_920;

  @Test
  void aStalledClientHoldsABoundedAmountAndCatchesUpWithoutAGap() {
    TestDevice ada = SERVER.device("ada");
    TestDevice bo = SERVER.device("bo");
    TestGroup group = TestGroup.created(ada, bo);
    var session = new TestSession(ada, group.id(), 1);
    var stalledStub = bo.authorized(DeliveryServiceGrpc.newStub(SERVER.newChannel()));
    try (var stalled = TestStream.stalled(stalledStub);
        var reading = ada.subscribe()) {
      stalled.fromBeginning(group.id());
      reading.fromBeginning(group.id());
      reading.next(SubscribeResponse::hasCaughtUp);
      long before = directAndHeapBytes();
      long last = 0;
      for (int frame = 0; frame < FRAMES; frame++) {
        last = lastOffset(ada.groups().append(session.frame(envelopes(session, frame))));
        reading.entriesUpTo(last);
      }
      assertThat(directAndHeapBytes() - before).isLessThan(20L << 20);
      assertGapFree(stalled, last);
    }
  }

  private static io.karst.wire.v1.Envelope[] envelopes(TestSession session, int frame) {
    var envelopes = new io.karst.wire.v1.Envelope[ENVELOPES];
    for (int i = 0; i < ENVELOPES; i++) {
      envelopes[i] = session.envelope(frame * ENVELOPES + i, CIPHERTEXT);
    }
    return envelopes;
  }

  private static void assertGapFree(TestStream stalled, long last) {
    long next = 0;
    while (next <= last) {
      stalled.read(1);
      SubscribeResponse message = stalled.next();
      if (message.hasEntries()) {
        for (LogEntry entry : entries(message.getEntries())) {
          assertThat(entry.getOffset()).isEqualTo(next);
          next++;
        }
      }
    }
  }

  private static List<LogEntry> entries(Entries entries) {
    assertThat(entries.getCursor().getHead().getSize())
        .isEqualTo(entries.getEntries(entries.getEntriesCount() - 1).getOffset() + 1);
    return entries.getEntriesList();
  }

  private static long lastOffset(AppendResponse response) {
    return response.getOutcomes(response.getOutcomesCount() - 1).getReceipt().getOffset();
  }

  /** What is in use once everything that nobody holds was collected. */
  private static long directAndHeapBytes() {
    System.gc();
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    long direct = io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent.usedDirectMemory();
    return heap + Math.max(0, direct);
  }
}
