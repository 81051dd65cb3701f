package io.karst.actors.group;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.entity.PersistenceIds;
import io.karst.actors.entity.StoredEvents;
import io.karst.actors.journal.GroupJournal;
import io.karst.actors.journal.JournalRow;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.actors.serialization.StoredBytes;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Decision;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.group.GroupEvent.SealedKeysStaged;
import io.karst.domain.group.GroupRules;
import io.karst.domain.group.Receipt;
import io.karst.domain.refusal.Reason;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StagedStart;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Epochs of more devices than one row has keys for. */
class LargeEpochIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  /** The keys of one such group take three rows. */
  private static final int DEVICES = 300;

  private static final int ROW_BYTES_MAX = 256 << 10;
  private static final TestClock CLOCK = new TestClock();
  private static final List<TestDevice> CROWD =
      IntStream.range(0, DEVICES).mapToObj(i -> TestDevice.of("crowd-" + i)).toList();

  private static TestNode node;

  @BeforeAll
  static void start() {
    TestNode.install(CASSANDRA);
    node = TestNode.start(CASSANDRA, CLOCK);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void isWrittenInBoundedRowsAndReadAsOne() {
    TestGroup group = created("whole");
    GroupCommand.Commit commit = group.commit(2);
    TestNode.assertDone(await(groups().ask(group.id(), commit)));
    List<JournalRow> rows = rows(group);
    assertThat(rows).allMatch(row -> row.record().length() <= ROW_BYTES_MAX);
    assertThat(staged(group, rows)).hasSize(6);
    StoredRecord second = await(journal().epochs(group.id(), 2, 2)).get(0);
    assertThat(((EpochStarted) second.event()).sealedKeys()).isEqualTo(commit.sealedKeys());
    assertThat(await(journal().endingAt(group.id(), second.nextOffset()))).isPresent();
    assertThat(await(journal().readFrom(group.id(), second.firstOffset(), 1)))
        .containsExactly(second);
    assertThat(view(group).epoch()).isEqualTo(2);
  }

  @Test
  void isReadWithoutTheRowsThatAreNoEntries() {
    TestGroup group = created("paged");
    await(groups().ask(group.id(), group.commit(2)));
    var pages = new ArrayList<StoredRecord>();
    List<StoredRecord> page = await(journal().readFrom(group.id(), 0, 1));
    while (!page.isEmpty()) {
      pages.addAll(page);
      page = await(journal().readFrom(group.id(), pages.get(pages.size() - 1).nextOffset(), 1));
    }
    GroupLog replayed = GroupLog.empty(group.id());
    for (StoredRecord record : pages) {
      assertThat(record.event().entries()).isPositive();
      replayed = replayed.evolve(record);
    }
    assertThat(replayed.group().epoch().number()).isEqualTo(2);
  }

  @Test
  void takesEnvelopesWhileItsKeysAreWritten() {
    TestGroup group = created("busy");
    var commit = groups().ask(group.id(), group.commit(2)).toCompletableFuture();
    List<Long> offsets = new ArrayList<>();
    while (!commit.isDone()) {
      GroupCommand.Submission frame = group.frame(CROWD.get(0), 1, offsets.size(), 1);
      offsets.add(node.append(group, frame).get(0).offset());
    }
    TestNode.assertDone(await(commit));
    assertThat(offsets).isSorted().doesNotHaveDuplicates();
    var kinds = decoded(group, rows(group))
        .map(r -> r.event().getClass().getSimpleName())
        .toList();
    var ofCommit =
        kinds.subList(kinds.indexOf("EpochStarted") + 1, kinds.lastIndexOf("EpochStarted"));
    assertThat(ofCommit.subList(ofCommit.indexOf("SealedKeysStaged"), ofCommit.size()))
        .contains("EnvelopesAppended");
  }

  /** A rotation is due for another reason then. */
  @Test
  void isRefusedWhenTheGroupMovedOnMeanwhileAndLeavesNoEntry() {
    TestGroup group = created("overtaken");
    long size = view(group).head().size();
    CompletionStage<GroupReply> commit = groups().ask(group.id(), group.commit(2));
    CompletionStage<GroupReply> second = groups().ask(group.id(), group.commit(2));
    CompletionStage<GroupReply> left =
        groups().ask(group.id(), new GroupCommand.Leave(CROWD.get(7).address()));
    assertThat(await(second)).isEqualTo(new GroupReply.Refused(Reason.OVERLOADED, 1));
    TestNode.assertDone(await(left));
    assertThat(await(commit)).isEqualTo(new GroupReply.Refused(Reason.MANIFEST_INVALID, 1));
    assertThat(staged(group, rows(group))).hasSize(6);
    assertThat(view(group).epoch()).isEqualTo(1);
    assertThat(node.log(group).stream().filter(r -> r.firstOffset() >= size))
        .extracting(r -> r.event().getClass().getSimpleName())
        .doesNotContain("EpochEnded", "EpochStarted", "SealedKeysStaged");
  }

  /** Rows as a crash between two of them leaves them: written by the journal, followed by none. */
  @Test
  void goesOnAfterACrashBetweenTwoRows() {
    TestGroup group = created("crashed");
    List<Receipt> sent = node.append(group, group.frame(CROWD.get(0), 1, 0, 1));
    await(
        groups().ask(group.id(), new GroupCommand.ReportCompromise(CROWD.get(1).address())));
    restart();
    long before = rows(group).size();
    writeOrphans(group, 2);
    restart();
    assertThat(rows(group)).hasSize((int) before + 2);
    assertThat(view(group).epoch()).isEqualTo(1);
    assertThat(node.append(group, group.frame(CROWD.get(0), 1, 0, 1))).isEqualTo(sent);
    writtenOnceMore(group);
  }

  private static void writtenOnceMore(TestGroup group) {
    long end = view(group).head().size();
    assertThat(await(journal().readFrom(group.id(), end, 1))).isEmpty();
    assertThat(await(journal().endingAt(group.id(), end))).isPresent();
    GroupCommand.Commit commit = group.rotation(2, RotationReason.COMPROMISE);
    TestNode.assertDone(await(groups().ask(group.id(), commit)));
    GroupJournal fresh = GroupJournal.open(node.system(), node.session());
    EpochStarted started =
        (EpochStarted) await(fresh.epochs(group.id(), 2, 2)).get(0).event();
    assertThat(started.sealedKeys()).isEqualTo(commit.sealedKeys());
    GroupLog replayed = GroupLog.empty(group.id());
    for (StoredRecord record : decoded(group, rows(group)).toList()) {
      replayed = replayed.evolve(record);
    }
    assertThat(replayed.group().epoch().number()).isEqualTo(2);
  }

  /** What an entity writes first of its next rotation. */
  private static void writeOrphans(TestGroup group, int parts) {
    GroupLog log = GroupLog.empty(group.id());
    for (StoredRecord record : decoded(group, rows(group)).toList()) {
      log = log.evolve(record);
    }
    GroupLog end = log;
    GroupCommand.Commit commit = group.rotation(2, RotationReason.COMPROMISE);
    Decision decision = GroupRules.decide(end.group(), commit, CLOCK.instant());
    List<SealedKeysStaged> all =
        StagedStart.of(decision.events(), end.group().size()).orElseThrow().parts();
    List<StoredRecord> records = all.stream().limit(parts).map(end::record).toList();
    TestProbe<Done> written = TestProbe.create(node.system());
    ActorRef<List<StoredRecord>> writer =
        node.system().systemActorOf(new RowWriter(group, written.getRef()), "rows", Props.empty());
    writer.tell(records);
    written.receiveMessage(TestNode.PATIENCE);
  }

  /** Writes rows into a group's journal as its entity would. */
  private static final class RowWriter
      extends EventSourcedBehavior<List<StoredRecord>, StoredRecord, Integer> {

    private final TestGroup group;
    private final ActorRef<Done> written;

    RowWriter(TestGroup group, ActorRef<Done> written) {
      super(PersistenceIds.of(group.id()));
      this.group = group;
      this.written = written;
    }

    @Override
    public Integer emptyState() {
      return 0;
    }

    @Override
    public CommandHandler<List<StoredRecord>, StoredRecord, Integer> commandHandler() {
      return newCommandHandlerBuilder()
          .forAnyState()
          .onAnyCommand((state, rows) ->
              Effect().persist(rows).thenRun(after -> written.tell(Done.getInstance())));
    }

    @Override
    public EventHandler<Integer, StoredRecord> eventHandler() {
      return (rows, record) -> rows + 1;
    }

    @Override
    public EventAdapter<StoredRecord, ?> eventAdapter() {
      var codec = new GroupRecordCodec(group.id());
      return new StoredEvents<>(StoredBytes.Kind.GROUP_RECORD, codec::encode, codec::decode);
    }
  }

  private static TestGroup created(String name) {
    var group = new TestGroup(name, CROWD);
    node.create(group);
    return group;
  }

  private static GroupView view(TestGroup group) {
    return ((ViewReply.Seen) await(groups().view(group.id(), group.owner().address()))).view();
  }

  private static List<JournalRow> rows(TestGroup group) {
    return await(journal().replay(group.id(), 0, 16 << 20));
  }

  private static List<StoredRecord> staged(TestGroup group, List<JournalRow> rows) {
    return decoded(group, rows)
        .filter(record -> record.event() instanceof SealedKeysStaged)
        .toList();
  }

  private static Stream<StoredRecord> decoded(TestGroup group, List<JournalRow> rows) {
    var codec = new GroupRecordCodec(group.id());
    return rows.stream().map(row -> codec.decode(row.record().toArray()));
  }

  private static void restart() {
    node.close();
    node = TestNode.start(CASSANDRA, CLOCK);
  }

  private static Groups groups() {
    return node.actors().groups();
  }

  private static GroupJournal journal() {
    return node.actors().journal();
  }
}
