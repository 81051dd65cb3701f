package io.karst.client.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.SecurityProblem;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.memory.Unsealed;
import io.karst.client.store.GroupRow;
import io.karst.client.store.Position;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.client.wire.Entry;
import io.karst.client.wire.LogItem;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that shows a device another log than it shows to others, or to itself, is caught. */
class LogPlaceTest {

  private static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");
  private static final DeviceAddress ANN = DeviceAddress.of("ann", "phone");
  private static final DeviceAddress BOB = DeviceAddress.of("bob", "phone");
  private static final int LAST = 4;

  @TempDir
  private Path folder = Path.of("");

  private Optional<DeviceMemory> memory = Optional.empty();

  @BeforeEach
  void openMemory() throws KeyRejectedException {
    var key = PickleKey.fromBytes(new byte[PickleKey.LENGTH]);
    var pickler = new Pickler(key, new Random(1)::nextBytes);
    memory = Optional.of(new DeviceMemory(SqliteStore.open(folder.resolve("ann.db")), pickler));
  }

  @AfterEach
  void closeMemory() {
    memory.ifPresent(DeviceMemory::close);
  }

  @Test
  void anHonestLogRaisesNothing() {
    begin(Position.BEGINNING);
    assertThat(run(place -> readTo(LAST, place))).isEmpty();
    assertThat(run(place -> place.compare(head(3), BOB))).isEmpty();
  }

  @Test
  void aHeadThatIsNotOfTheEntriesShownIsAFork() {
    begin(Position.BEGINNING);
    assertThat(run(place -> {
          assertThat(readTo(LAST - 1, place)).isEmpty();
          return place.pass(item(LAST, forged(LAST + 1)), ANN);
        }))
        .contains(new SecurityProblem.LogForked(GROUP, LAST + 1, ANN));
  }

  @Test
  void anEntryPutInThePlaceOfAnotherIsAFork() {
    begin(Position.BEGINNING);
    assertThat(run(place -> {
          assertThat(readTo(1, place)).isEmpty();
          place.pass(new LogItem(new Entry.Silent(2), leaf(99), Optional.empty()), ANN);
          return place.pass(item(3, head(4)), ANN);
        }))
        .contains(new SecurityProblem.LogForked(GROUP, 4, ANN));
  }

  @Test
  void anotherHeadThatAMemberSawAtAnyPlaceOfALogReadFromItsBeginningIsAFork() {
    begin(Position.BEGINNING);
    run(place -> readTo(LAST, place));
    for (long size = 1; size <= LAST + 1; size++) {
      Head other = forged(size);
      assertThat(run(place -> place.compare(other, BOB)))
          .contains(new SecurityProblem.LogForked(GROUP, size, BOB));
    }
  }

  @Test
  void whoReadsFromTheMiddleComparesTheHeadsThatTheServerGaveOut() {
    begin(Position.UNKNOWN);
    run(place -> place.pass(item(2, head(3)), ANN));
    assertThat(run(place -> place.compare(head(3), BOB))).isEmpty();
    assertThat(run(place -> place.compare(forged(3), BOB)))
        .contains(new SecurityProblem.LogForked(GROUP, 3, BOB));
    assertThat(run(place -> place.pass(item(2, forged(3)), ANN)))
        .contains(new SecurityProblem.LogForked(GROUP, 3, ANN));
    assertThat(run(place -> place.compare(forged(2), BOB)))
        .as("of what the server never said, nothing can be compared")
        .isEmpty();
  }

  @Test
  void whoIsToldTheTreeWhereItBeginsComparesEveryHeadFromThere() {
    begin(Position.UNKNOWN);
    assertThat(run(place -> {
          assertThat(place.begin(tree(2), ANN)).isEmpty();
          return place.pass(new LogItem(new Entry.Silent(2), leaf(2), Optional.empty()), ANN);
        }))
        .isEmpty();
    assertThat(run(place -> place.pass(item(3, head(4)), ANN))).isEmpty();
    for (long size = 2; size <= 4; size++) {
      Head other = forged(size);
      assertThat(run(place -> place.compare(other, BOB)))
          .contains(new SecurityProblem.LogForked(GROUP, other.size(), BOB));
    }
    assertThat(run(place -> place.pass(item(4, forged(5)), ANN)))
        .contains(new SecurityProblem.LogForked(GROUP, 5, ANN));
  }

  @Test
  void aTreeThatIsNotTheOneOfAHeadThatWasSeenIsAFork() {
    begin(Position.UNKNOWN);
    run(place -> place.pass(item(2, head(3)), ANN));
    Frontier other = Frontier.EMPTY.append(List.of(leaf(0), leaf(1), leaf(77)));
    assertThat(run(place -> place.begin(other, ANN)))
        .contains(new SecurityProblem.LogForked(GROUP, 3, ANN));
    assertThat(run(place -> place.begin(tree(3), ANN))).isEmpty();
    assertThat(run(place -> place.pass(item(3, head(4)), ANN))).isEmpty();
  }

  @Test
  void aTreeOfAnotherPlaceIsOfNoUse() {
    begin(Position.UNKNOWN);
    run(place -> place.pass(item(2, head(3)), ANN));
    assertThat(run(place -> place.begin(tree(2), ANN))).isEmpty();
    assertThat(run(place -> place.compare(forged(2), BOB))).isEmpty();
  }

  private void begin(Position position) {
    memory.orElseThrow().transaction(store -> {
      store
          .tables()
          .groups()
          .save(new GroupRow(GROUP, "friends", GroupRow.Standing.ACTIVE, 1, position));
      return true;
    });
  }

  /** What is done in one run, and stored. */
  private interface Run {
    Optional<SecurityProblem> at(LogPlace place);
  }

  private Optional<SecurityProblem> run(Run run) {
    return memory.orElseThrow().transaction(store -> stored(run, store));
  }

  private static Optional<SecurityProblem> stored(Run run, Unsealed store) {
    LogPlace place = new LogPlace(store, store.tables().groups().find(GROUP).orElseThrow());
    Optional<SecurityProblem> problem = run.at(place);
    place.save(store);
    return problem;
  }

  /** Entries from the first one on, with a head behind the last. */
  private static Optional<SecurityProblem> readTo(long last, LogPlace place) {
    for (long offset = 0; offset < last; offset++) {
      var entry = new LogItem(new Entry.Silent(offset), leaf(offset), Optional.empty());
      assertThat(place.pass(entry, ANN)).isEmpty();
    }
    return place.pass(item(last, head(last + 1)), ANN);
  }

  private static LogItem item(long offset, Head cursor) {
    return new LogItem(new Entry.Silent(offset), leaf(offset), Optional.of(cursor));
  }

  private static Head head(long size) {
    return tree(size).head();
  }

  private static Frontier tree(long size) {
    return Frontier.EMPTY.append(
        LongStream.range(0, size).mapToObj(LogPlaceTest::leaf).toList());
  }

  private static Head forged(long size) {
    return new Head(size, leaf(77));
  }

  private static Bytes leaf(long number) {
    byte[] leaf = new byte[32];
    Arrays.fill(leaf, (byte) number);
    return Bytes.copyOf(leaf);
  }
}
