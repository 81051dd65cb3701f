package io.karst.actors;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.group.AppendReply;
import io.karst.actors.group.Groups;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.GroupEvent.EnvelopesAppended;
import io.karst.domain.group.Receipt;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes: whatever is asked of one may live on the other. */
class ClusterIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  private static final TestClock CLOCK = new TestClock();
  private static final List<TestDevice> DEVICES =
      IntStream.range(0, 4).mapToObj(i -> TestDevice.of("m" + i)).toList();

  private static TestNode first;
  private static TestNode second;

  @BeforeAll
  static void start() {
    TestNode.install(CASSANDRA);
    first = TestNode.start(CASSANDRA, CLOCK);
    second = join(first);
    first.register(0, DEVICES);
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
  }

  @Test
  void groupsOfEitherNodeAreWrittenAndReadFromBoth() {
    for (int i = 0; i < 16; i++) {
      var group = new TestGroup("spread-" + i, DEVICES);
      first.create(group);
      second.append(group, group.frame(DEVICES.get(0), 1, 0, 64));
      long size =
          first.append(group, group.frame(DEVICES.get(1), 1, 0, 1)).get(0).offset() + 1;
      List<StoredRecord> log = second.log(group);
      assertThat(first.awaitLog(group, seen -> reached(seen, size))).startsWith(log.get(0));
      assertThat(second.awaitLog(group, seen -> reached(seen, size))).startsWith(log.get(0));
    }
  }

  /** The frame is as large as a commit of the largest group: 1,000 rosters, keys, and lists. */
  @Test
  void theLargestCommitReachesTheOtherNode() {
    var crowd =
        IntStream.range(0, 1000).mapToObj(i -> TestDevice.of("crowd-" + i)).toList();
    for (int i = 0; i < 4; i++) {
      var group = new TestGroup("crowd-" + i, crowd);
      TestNode.assertDone(
          await((i % 2 == 0 ? first : second).actors().groups().ask(group.id(), group.create())));
    }
  }

  @Test
  void nothingIsLostRepeatedOrReorderedWhileANodeLeaves() {
    var group = new TestGroup("moving", DEVICES);
    TestNode leaving = join(first);
    first.create(group);
    var groups = new Groups(first.system(), Duration.ofSeconds(2));
    int envelopes = 300;
    CompletableFuture<Done> left = new CompletableFuture<>();
    for (int i = 0; i < envelopes; i++) {
      if (i == envelopes / 3) {
        left = leaving.leave().toCompletableFuture();
      }
      Receipt receipt = appendUntilTaken(groups, group, group.frame(DEVICES.get(0), 1, i, 1));
      assertThat(appendUntilTaken(groups, group, group.frame(DEVICES.get(0), 1, i, 1)))
          .isEqualTo(receipt);
    }
    await(left);
    List<StoredRecord> log = first.awaitLog(group, seen -> envelopes(seen).size() == envelopes);
    assertThat(log).isEqualTo(first.log(group));
    assertThat(envelopes(log))
        .extracting(Envelope::messageIndex)
        .containsExactlyElementsOf(LongStream.range(0, envelopes).boxed().toList());
  }

  private static Receipt appendUntilTaken(Groups groups, TestGroup group, Submission frame) {
    while (true) {
      AppendReply reply = await(groups.append(group.id(), frame));
      if (reply instanceof AppendReply.Judged) {
        return TestNode.receipts(reply).get(0);
      }
    }
  }

  private static boolean reached(List<StoredRecord> log, long size) {
    return !log.isEmpty() && log.get(log.size() - 1).nextOffset() >= size;
  }

  private static List<Envelope> envelopes(List<StoredRecord> log) {
    return log.stream()
        .map(StoredRecord::event)
        .filter(EnvelopesAppended.class::isInstance)
        .flatMap(event -> ((EnvelopesAppended) event).envelopes().stream())
        .toList();
  }

  private static TestNode join(TestNode member) {
    String address = Cluster.get(member.system()).selfMember().address().toString();
    return TestNode.start(CASSANDRA, CLOCK, "pekko.cluster.seed-nodes = [\"" + address + "\"]");
  }
}
