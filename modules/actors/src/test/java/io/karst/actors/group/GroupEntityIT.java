package io.karst.actors.group;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.group.Decision.Outcome;
import io.karst.domain.group.Receipt;
import io.karst.domain.refusal.Reason;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
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

  private static final TestClock CLOCK = new TestClock();
  private static final TestDevice ADA = TestDevice.of("ada");
  private static final TestDevice BO = TestDevice.of("bo");
  private static final List<TestDevice> BOTH = List.of(ADA, BO);

  private static TestNode node;

  @BeforeAll
  static void start() {
    TestNode.install(CASSANDRA);
    node = TestNode.start(CASSANDRA, CLOCK);
    for (TestDevice device : BOTH) {
      await(node.actors().members().ask(device.member(), device.register(10)));
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aCreatedGroupIsSeenByItsMembersAndDoesNotExistForOthers() {
    TestGroup group = created("seen");
    ViewReply seen = await(groups().view(group.id(), BO.address()));
    assertThat(seen).isInstanceOf(ViewReply.Seen.class);
    GroupView view = ((ViewReply.Seen) seen).view();
    assertThat(view.epoch()).isEqualTo(1);
    assertThat(view.members()).containsOnlyKeys(ADA.member(), BO.member());
    assertThat(await(groups().view(group.id(), TestDevice.of("eve").address())))
        .isEqualTo(new ViewReply.Refused(Reason.GROUP_NOT_FOUND));
  }

  @Test
  void framesThatComeTogetherArePackedIntoFewRowsWithoutAGapInTheirOffsets() {
    TestGroup group = created("packed");
    List<CompletionStage<AppendReply>> replies = IntStream.range(0, 100)
        .mapToObj(i -> groups().append(group.id(), group.frame(ADA, 1, i, 1)))
        .toList();
    var offsets = new ArrayList<Long>();
    for (CompletionStage<AppendReply> reply : replies) {
      offsets.add(receipts(await(reply)).get(0).offset());
    }
    assertThat(offsets).isSorted().doesNotHaveDuplicates();
    assertThat(offsets.get(99) - offsets.get(0)).isEqualTo(99);
    List<StoredRecord> log = await(node.actors().journal().readFrom(group.id(), 0, 1 << 20));
    long rows =
        log.stream().filter(record -> record.nextOffset() > offsets.get(0)).count();
    assertThat(rows).isLessThan(50);
  }

  private static TestGroup created(String name) {
    var group = new TestGroup(name, BOTH);
    GroupReply reply = await(groups().ask(group.id(), group.create()));
    assertThat(reply).isInstanceOf(GroupReply.Done.class);
    return group;
  }

  private static Groups groups() {
    return node.actors().groups();
  }

  private static List<Receipt> receipts(AppendReply reply) {
    assertThat(reply).isInstanceOf(AppendReply.Judged.class);
    return ((AppendReply.Judged) reply)
        .outcomes().stream().map(outcome -> ((Outcome.Taken) outcome).receipt()).toList();
  }
}
