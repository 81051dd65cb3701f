package io.karst.actors;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.group.AppendReply;
import io.karst.actors.group.GroupMessage;
import io.karst.actors.group.GroupReply;
import io.karst.actors.group.GroupView;
import io.karst.actors.group.ViewReply;
import io.karst.actors.member.Delivered;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.group.GroupEvent.SealedKeysStaged;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A large commit whose group moves, or fails, while its keys are written: the committer hears of it
 * at once, nothing of it counts, and the group goes on.
 */
class StagedCommitIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  /** The keys of one such group take two rows. */
  private static final List<TestDevice> CROWD =
      IntStream.range(0, 130).mapToObj(i -> TestDevice.of("crowd-" + i)).toList();

  private static final int ROWS = 2;

  /** A group that cannot write refuses in no time, for seconds. */
  private static final int ATTEMPTS_MAX = 1_000_000;

  private static final TestClock CLOCK = new TestClock();

  @BeforeAll
  static void install() {
    TestNode.install(CASSANDRA);
  }

  @Test
  void isAnsweredByAGroupThatMovesToAnotherNodeAndIsFinishedByARetry() {
    var group = new TestGroup("moving", CROWD);
    var held = new Held();
    TestNode leaving = node(held);
    leaving.create(group);
    try (TestNode staying = node(
        new Held(),
        "pekko.cluster.seed-nodes = [\"%s\"]"
            .formatted(Cluster.get(leaving.system()).selfMember().address()))) {
      Receipt before = staying.append(group, group.frame(CROWD.get(0), 1, 0, 1)).get(0);
      held.afterNextRow();
      CompletionStage<GroupReply> commit = commit(staying, group);
      await(held.reached());
      Receipt meanwhile =
          staying.append(group, group.frame(CROWD.get(0), 1, 1, 1)).get(0);
      CompletionStage<?> left = leaving.leave();
      assertThat(await(commit)).isEqualTo(new GroupReply.Refused(Reason.UNAVAILABLE, 0));
      Receipt after = appendUntilTaken(staying, group, group.frame(CROWD.get(0), 1, 2, 1));
      await(left);
      assertThat(List.of(before, meanwhile, after)).extracting(Receipt::offset).isSorted();
      assertThat(appendUntilTaken(staying, group, group.frame(CROWD.get(0), 1, 1, 1)))
          .isEqualTo(meanwhile);
      assertNothingOfItCounts(staying, group);
      finish(staying, group);
    }
  }

  /** The keyspace wants more replicas than there are nodes, so that no write is taken. */
  @Test
  void isAnsweredByAGroupThatCannotWriteAndIsFinishedByARetry() {
    var group = new TestGroup("failing", CROWD);
    var held = new Held();
    try (TestNode node = node(held)) {
      node.create(group);
      held.afterNextRow();
      CompletionStage<GroupReply> commit = commit(node, group);
      ActorRef<GroupMessage> entity = await(held.reached());
      replicas(node, 3);
      entity.tell(GroupMessage.Stage.INSTANCE);
      assertThat(await(commit)).isEqualTo(new GroupReply.Refused(Reason.UNAVAILABLE, 0));
      replicas(node, 1);
      appendUntilTaken(node, group, group.frame(CROWD.get(0), 1, 0, 1));
      assertNothingOfItCounts(node, group);
      finish(node, group);
    }
  }

  private static CompletionStage<GroupReply> commit(TestNode node, TestGroup group) {
    return node.actors().groups().ask(group.id(), group.commit(2));
  }

  private static void assertNothingOfItCounts(TestNode node, TestGroup group) {
    assertThat(view(node, group).epoch()).isEqualTo(1);
    assertThat(rows(node, group).filter(r -> r.event() instanceof SealedKeysStaged))
        .as("of the creation, and the one that was written of the commit")
        .hasSize(ROWS + 1);
    assertThat(node.log(group)).noneMatch(r -> r.event() instanceof SealedKeysStaged);
  }

  /** The same commit once more: it is not too much, and its epoch has exactly its keys. */
  private static void finish(TestNode node, TestGroup group) {
    TestNode.assertDone(await(commit(node, group)));
    node.append(group, group.frame(CROWD.get(0), 2, 0, 1));
    StoredRecord started =
        await(node.actors().journal().epochs(group.id(), 2, 2)).get(0);
    assertThat(((EpochStarted) started.event()).sealedKeys())
        .isEqualTo(group.commit(2).sealedKeys());
    GroupLog replayed = GroupLog.empty(group.id());
    for (StoredRecord record : rows(node, group).toList()) {
      replayed = replayed.evolve(record);
    }
    assertThat(replayed.head()).isEqualTo(view(node, group).head());
  }

  private static Receipt appendUntilTaken(TestNode node, TestGroup group, Submission frame) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      AppendReply reply = await(node.actors().groups().append(group.id(), frame));
      if (reply instanceof AppendReply.Judged) {
        return TestNode.receipts(reply).get(0);
      }
    }
    throw new AssertionError("the group takes nothing any more");
  }

  private static GroupView view(TestNode node, TestGroup group) {
    ViewReply reply =
        await(node.actors().groups().view(group.id(), group.owner().address()));
    return ((ViewReply.Seen) reply).view();
  }

  private static Stream<StoredRecord> rows(TestNode node, TestGroup group) {
    var codec = new GroupRecordCodec(group.id());
    return await(node.actors().journal().replay(group.id(), 0, 16 << 20)).stream()
        .map(row -> codec.decode(row.record().toArray()));
  }

  private static void replicas(TestNode node, int count) {
    var unused = node.session()
        .execute("ALTER KEYSPACE " + CASSANDRA.keyspace()
            + " WITH replication = {'class': 'NetworkTopologyStrategy', '" + CASSANDRA.datacenter()
            + "': " + count + "}");
  }

  /** A node whose groups are held when the test says so. */
  private static TestNode node(Held held, String... overrides) {
    ActorSystem<Void> system = TestNode.system(CASSANDRA, overrides);
    return new TestNode(
        system,
        KarstActors.start(
            system,
            CLOCK,
            StagedCommitIT::takingAllKeys,
            group -> Behaviors.intercept(() -> new Holding(held), group)));
  }

  /** Members are of no interest here, and a crowd of them takes its time. */
  private static Behavior<MemberMessage> takingAllKeys(MemberId member) {
    return Behaviors.receiveMessage(message -> {
      if (message instanceof MemberMessage.Deliver deliver) {
        deliver.replyTo().tell(new Delivered(member, deliver.command().epoch()));
      }
      return Behaviors.same();
    });
  }

  /** Where a group stops to write the rows of a commit. */
  private static final class Held {

    private final AtomicInteger rowsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final CompletableFuture<ActorRef<GroupMessage>> reached = new CompletableFuture<>();

    /** From now on: one row more, and no other until the test says so to the group. */
    void afterNextRow() {
      rowsLeft.set(1);
    }

    /** The group that was held. */
    CompletableFuture<ActorRef<GroupMessage>> reached() {
      return reached;
    }

    boolean passes(ActorRef<GroupMessage> entity) {
      return rowsLeft.decrementAndGet() != 0 || !reached.complete(entity);
    }
  }

  private static final class Holding extends BehaviorInterceptor<GroupMessage, GroupMessage> {

    private final Held held;

    Holding(Held held) {
      super(GroupMessage.class);
      this.held = held;
    }

    @Override
    public Behavior<GroupMessage> aroundReceive(
        TypedActorContext<GroupMessage> context,
        GroupMessage message,
        ReceiveTarget<GroupMessage> target) {
      boolean next = message instanceof GroupMessage.Stage;
      return next && !held.passes(context.asJava().getSelf())
          ? Behaviors.same()
          : target.apply(context, message);
    }
  }
}
