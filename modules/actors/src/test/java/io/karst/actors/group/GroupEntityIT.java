package io.karst.actors.group;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.karst.actors.entity.PersistenceIds;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent.EpochKeysDelivered;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.testkit.TestCassandra;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupEntityIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  private static final int SNAPSHOT_EVERY = 10;
  private static final TestClock CLOCK = new TestClock();
  private static final TestDevice ADA = TestDevice.of("ada");
  private static final TestDevice BO = TestDevice.of("bo");
  private static final TestDevice EVE = TestDevice.of("eve");

  private static TestNode node;

  @BeforeAll
  static void start() {
    TestNode.install(CASSANDRA);
    node = startNode();
    node.register(0, List.of(ADA, BO));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void isSeenByItsMembersAndDoesNotExistForOthers() {
    TestGroup group = created("seen");
    GroupView view = view(group, BO);
    assertThat(view.members()).containsOnlyKeys(ADA.member(), BO.member());
    assertThat(view.epoch()).isEqualTo(1);
    assertThat(view.epochStartedOffset()).isEqualTo(3);
    assertThat(await(groups().view(group.id(), EVE.address())))
        .isEqualTo(new ViewReply.Refused(Reason.GROUP_NOT_FOUND));
    assertThat(await(groups().append(group.id(), group.frame(EVE, 1, 0, 1))))
        .isEqualTo(new AppendReply.Refused(0, Reason.GROUP_NOT_FOUND));
    assertThat(await(groups().ask(group.id(), new GroupCommand.Leave(EVE.address()))))
        .isEqualTo(new GroupReply.Refused(Reason.GROUP_NOT_FOUND, 0));
  }

  @Test
  void ofTwoCommitsOneWinsAndTheOtherLearnsTheEpoch() {
    TestGroup group = created("raced");
    GroupReply first = await(groups().ask(group.id(), group.commit(2)));
    assertThat(first)
        .isInstanceOfSatisfying(
            GroupReply.Done.class, done -> assertThat(done.epoch()).isEqualTo(2));
    GroupCommand.Commit late = group.commit(2);
    var other = new GroupCommand.Commit(
        BO.address(), 1, List.of(), late.manifest(), late.sealedKeys(), late.registered());
    assertThat(await(groups().ask(group.id(), other)))
        .isInstanceOfSatisfying(
            GroupReply.Refused.class,
            refused -> assertThat(refused.currentEpoch()).isEqualTo(2));
  }

  @Test
  void packsFramesThatComeTogetherIntoFewRowsWithoutAGapInTheirOffsets() {
    TestGroup group = created("packed");
    List<CompletionStage<AppendReply>> replies = IntStream.range(0, 100)
        .mapToObj(i -> groups().append(group.id(), group.frame(ADA, 1, i, 1)))
        .toList();
    List<Long> offsets = replies.stream()
        .map(reply -> TestNode.receipts(await(reply)).get(0).offset())
        .toList();
    assertThat(offsets).isSorted().doesNotHaveDuplicates();
    // The entry that tells of the delivered keys may come in between.
    assertThat(offsets.get(99) - offsets.get(0)).isBetween(99L, 100L);
    long rows = node.log(group).stream()
        .filter(row -> row.nextOffset() > offsets.get(0))
        .count();
    assertThat(rows).isLessThan(50);
  }

  @Test
  void goesOnAfterARestartWhereItWasAndAnswersARetryLikeTheFirstTime() {
    TestGroup group = created("restarted");
    List<Receipt> first = node.append(group, group.frame(BO, 1, 0, 3));
    awaitDelivered(group);
    GroupView before = view(group, ADA);
    restart();
    assertThat(view(group, ADA)).isEqualTo(before);
    CLOCK.advance(Duration.ofSeconds(1));
    assertThat(node.append(group, group.frame(BO, 1, 0, 3))).isEqualTo(first);
    Receipt next = node.append(group, group.frame(BO, 1, 3, 1)).get(0);
    assertThat(next.offset()).isEqualTo(before.head().size());
    assertThat(next.acceptedAt()).isEqualTo(CLOCK.instant());
  }

  /** The rows before the snapshot are taken away: whoever needed them could not recover. */
  @Test
  void recoversFromASnapshotAndTheRowsAfterIt() {
    TestGroup group = created("snapshot");
    IntStream.range(0, 2 * SNAPSHOT_EVERY)
        .forEach(i -> node.append(group, group.frame(ADA, 1, i, 1)));
    awaitDelivered(group);
    GroupView before = view(group, ADA);
    restart();
    try (CqlSession session = CASSANDRA.session()) {
      session.execute(
          "DELETE FROM "
              + CASSANDRA.keyspace()
              + ".messages WHERE persistence_id = ? AND partition_nr = 0 AND sequence_nr <= ?",
          PersistenceIds.of(group.id()).id(),
          (long) SNAPSHOT_EVERY);
    }
    assertThat(view(group, ADA)).isEqualTo(before);
    node.append(group, group.frame(ADA, 1, 2 * SNAPSHOT_EVERY, 1));
  }

  /** The node takes no mutation above 1 MiB. */
  @Test
  void writesTheLargestCommitInOneAtomicWrite() {
    var devices = new ArrayList<TestDevice>();
    for (int i = 0; i < 1000; i++) {
      String name = "x".repeat(60) + "%04d".formatted(i);
      devices.add(new TestDevice(DeviceAddress.of(name, name)));
    }
    var group = new TestGroup("crowd", devices);
    node.create(group);
    GroupReply reply = await(groups().ask(group.id(), group.commit(2)));
    assertThat(reply).isInstanceOf(GroupReply.Done.class);
    restart();
    assertThat(view(group, group.owner()).members()).hasSize(1000);
  }

  private static TestGroup created(String name) {
    var group = new TestGroup(name, List.of(ADA, BO));
    node.create(group);
    return group;
  }

  /** The entry that tells of it comes by itself, and a view that is compared must not miss it. */
  private static void awaitDelivered(TestGroup group) {
    node.awaitLog(
        group, log -> log.stream().anyMatch(row -> row.event() instanceof EpochKeysDelivered));
  }

  private static GroupView view(TestGroup group, TestDevice by) {
    ViewReply reply = await(groups().view(group.id(), by.address()));
    assertThat(reply).isInstanceOf(ViewReply.Seen.class);
    return ((ViewReply.Seen) reply).view();
  }

  private static void restart() {
    node.close();
    node = startNode();
  }

  private static TestNode startNode() {
    return TestNode.start(
        CASSANDRA, CLOCK, "karst.actors.group.snapshot-every = " + SNAPSHOT_EVERY);
  }

  private static Groups groups() {
    return node.actors().groups();
  }
}
