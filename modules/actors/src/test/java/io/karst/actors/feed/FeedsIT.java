package io.karst.actors.feed;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.refusal.Reason;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FeedsIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  /** The size of a new group's log: created, member added, epoch started, keys delivered. */
  private static final long END = 4;

  private static final TestDevice ADA = TestDevice.of("ada");

  private static TestNode node;

  @BeforeAll
  static void start() {
    TestNode.install(CASSANDRA);
    node = TestNode.start(
        CASSANDRA,
        new TestClock(),
        "karst.actors.feed.renew-interval = 200ms",
        "karst.actors.feed.idle-timeout = 400ms");
    node.register(0, List.of(ADA));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aReaderAtTheEndGetsWhatIsWrittenNext() {
    TestGroup group = created("live");
    TestProbe<FeedReply> reader = TestProbe.create(node.system());
    long end = END;
    feeds().next(group.id(), end, reader.getRef());
    node.append(group, group.frame(ADA, 1, 0, 2));
    List<StoredRecord> live = records(reader);
    assertThat(live.get(0).firstOffset()).isEqualTo(end);
    assertThat(live).isEqualTo(await(node.actors().journal().readFrom(group.id(), end, 1 << 20)));
  }

  @Test
  void aReaderWhoIsBehindIsSentToTheJournal() {
    TestGroup group = created("behind");
    TestProbe<FeedReply> reader = TestProbe.create(node.system());
    feeds().next(group.id(), 0, reader.getRef());
    FeedReply reply = reader.receiveMessage(TestNode.PATIENCE);
    assertThat(reply)
        .isInstanceOfSatisfying(
            FeedReply.Behind.class, behind -> assertThat(behind.head().size()).isEqualTo(END));
  }

  @Test
  void aDemandIsAnsweredOnceAndCanBeTakenBack() {
    TestGroup group = created("once");
    TestProbe<FeedReply> reader = TestProbe.create(node.system());
    TestProbe<FeedReply> gone = TestProbe.create(node.system());
    long end = END;
    feeds().next(group.id(), end, gone.getRef());
    feeds().cancel(group.id(), gone.getRef());
    feeds().next(group.id(), end, reader.getRef());
    node.append(group, group.frame(ADA, 1, 0, 1));
    records(reader);
    node.append(group, group.frame(ADA, 1, 1, 1));
    assertNothingCame(group, gone);
    feeds().next(group.id(), end + 1, reader.getRef());
    assertThat(records(reader).get(0).firstOffset()).isEqualTo(end + 1);
    assertNothingCame(group, reader);
  }

  @Test
  void historyAndLiveTogetherHaveNoGapAndNoDuplicateWhileFeedsComeAndGo() {
    TestGroup group = created("followed");
    int envelopes = 200;
    Thread writer = new Thread(() ->
        IntStream.range(0, envelopes).forEach(i -> node.append(group, group.frame(ADA, 1, i, 1))));
    writer.start();
    List<StoredRecord> seen = node.awaitLog(group, log -> size(log) == END + 1 + envelopes);
    assertThat(seen).isEqualTo(node.log(group));
    long next = 0;
    for (StoredRecord record : seen) {
      assertThat(record.firstOffset()).isEqualTo(next);
      next = record.nextOffset();
    }
  }

  private static TestGroup created(String name) {
    var group = new TestGroup(name, List.of(ADA));
    node.create(group);
    node.awaitLog(group, log -> size(log) == END);
    return group;
  }

  /** What came was told before whatever is told now. */
  private static void assertNothingCame(TestGroup group, TestProbe<FeedReply> reader) {
    var last = new FeedReply.Refused(group.id(), Reason.INTERNAL);
    reader.getRef().tell(last);
    assertThat(reader.receiveMessage(TestNode.PATIENCE)).isEqualTo(last);
  }

  private static List<StoredRecord> records(TestProbe<FeedReply> reader) {
    FeedReply reply = reader.receiveMessage(TestNode.PATIENCE);
    assertThat(reply).isInstanceOf(FeedReply.Records.class);
    return ((FeedReply.Records) reply).records();
  }

  private static long size(List<StoredRecord> log) {
    return log.isEmpty() ? 0 : log.get(log.size() - 1).nextOffset();
  }

  private static Feeds feeds() {
    return node.actors().feeds();
  }
}
