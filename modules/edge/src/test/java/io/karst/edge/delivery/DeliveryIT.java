package io.karst.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SubscribeResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  @Test
  void historyAndLiveEntriesComeInOrderWithAMarkerBetweenThem() {
    TestDevice ada = SERVER.device("ada-history");
    TestDevice bo = SERVER.device("bo-history");
    TestGroup group = TestGroup.created(ada, bo);
    var session = new TestSession(ada, group.id(), 1);
    long last = lastOffset(ada.groups().append(session.frame(3)));
    try (var stream = bo.subscribe()) {
      stream.fromBeginning(group.id());
      assertThat(stream.next().getStarted().getNextOffset()).isZero();
      assertThat(offsets(stream.entriesUpTo(last))).startsWith(0L, 1L, 2L).isSorted();
      var caughtUp = stream.next(SubscribeResponse::hasCaughtUp).getCaughtUp();
      assertThat(caughtUp.getCursor().getHead().getSize()).isGreaterThan(last);
      long live = lastOffset(ada.groups().append(session.frame(2)));
      assertThat(offsets(stream.entriesUpTo(live))).contains(live - 1, live);
    }
  }

  private static long lastOffset(AppendResponse response) {
    return response.getOutcomes(response.getOutcomesCount() - 1).getReceipt().getOffset();
  }

  private static List<Long> offsets(List<LogEntry> entries) {
    return entries.stream().map(LogEntry::getOffset).toList();
  }
}
