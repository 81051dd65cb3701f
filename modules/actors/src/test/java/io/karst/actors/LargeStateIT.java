package io.karst.actors;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.karst.actors.entity.PersistenceIds;
import io.karst.actors.group.AppendReply;
import io.karst.actors.group.GroupView;
import io.karst.actors.group.ViewReply;
import io.karst.actors.member.Delivered;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.MemberId;
import io.karst.domain.sender.RecentEnvelopes;
import io.karst.domain.sender.Senders;
import io.karst.testkit.TestCassandra;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A group of 1,000 devices that remembers as much as a group can: its snapshots have megabytes. The
 * tests follow each other, on one group that is dear to fill.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargeStateIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  private static final int DEVICES = 1000;
  private static final int FRAME = 64;
  private static final int SNAPSHOT_EVERY = 100;
  private static final int ROW_BYTES_MAX = 256 << 10;
  private static final TestClock CLOCK = new TestClock();
  private static final TestGroup GROUP = new TestGroup(
      "busy",
      IntStream.range(0, DEVICES).mapToObj(i -> TestDevice.of("crowd-" + i)).toList());
  /** As many as it takes until a group can remember no more. */
  private static final List<TestDevice> SPEAKERS =
      GROUP.devices().subList(0, Senders.RECENT_MAX / RecentEnvelopes.MAX);

  private static TestNode node;
  private static List<Receipt> first;

  @BeforeAll
  static void fill() {
    TestNode.install(CASSANDRA);
    node = startNode();
    node.create(GROUP);
    first = node.append(GROUP, frame(SPEAKERS.get(0), 0));
    List<CompletionStage<AppendReply>> replies = IntStream.range(1, frames())
        .mapToObj(i -> frame(SPEAKERS.get(i % SPEAKERS.size()), i / SPEAKERS.size()))
        .map(frame -> node.actors().groups().append(GROUP.id(), frame))
        .toList();
    replies.forEach(reply -> assertThat(TestNode.receipts(await(reply))).hasSize(FRAME));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  @Order(1)
  void keepsItsSnapshotsInRowsOfBoundedSize() {
    List<Long> numbers = numbers();
    assertThat(numbers).hasSizeBetween(2, 3);
    List<Row> parts = parts();
    assertThat(parts).allMatch(part -> length(part) <= ROW_BYTES_MAX);
    assertThat(parts.stream()
            .filter(part -> part.getLong("sequence_nr") == numbers.get(0))
            .mapToLong(LargeStateIT::length)
            .sum())
        .as("bytes of the newest snapshot")
        .isGreaterThan(1 << 20);
    assertThat(parts).extracting(part -> part.getLong("sequence_nr")).isSubsetOf(numbers);
    assertThat(rows("SELECT snapshot_data AS bytes FROM %s.snapshots WHERE persistence_id = ?"))
        .allMatch(row -> row.isNull("bytes") || length(row) <= ROW_BYTES_MAX);
  }

  /** The rows before the snapshots are taken away: whoever needed them could not recover. */
  @Test
  @Order(2)
  void recoversFromASnapshotInPartsAndAnswersARetryLikeTheFirstTime() {
    long older = numbers().get(1);
    assertRecoversAfter(
        "DELETE FROM %s.messages WHERE persistence_id = ? AND partition_nr = 0 AND sequence_nr <= "
            + older);
  }

  @Test
  @Order(3)
  void takesTheSnapshotBeforeWhenTheNewestLacksAPart() {
    Row lost = parts().get(1);
    assertRecoversAfter("DELETE FROM %s.snapshot_parts WHERE persistence_id = ?"
        + " AND sequence_nr = %d AND timestamp = %d AND part = %d"
            .formatted(
                lost.getLong("sequence_nr"), lost.getLong("timestamp"), lost.getInt("part")));
  }

  private static void assertRecoversAfter(String damage) {
    GroupView before = view();
    node.close();
    rows(damage);
    node = startNode();
    assertThat(view()).isEqualTo(before);
    CLOCK.advance(Duration.ofSeconds(1));
    assertThat(node.append(GROUP, frame(SPEAKERS.get(0), 0))).isEqualTo(first);
    assertThat(view()).isEqualTo(before);
  }

  private static int frames() {
    return Senders.RECENT_MAX / FRAME;
  }

  /** The device's first, second, third or fourth. */
  private static Submission frame(TestDevice device, long number) {
    List<Envelope> envelopes = LongStream.range(number * FRAME, (number + 1) * FRAME)
        .mapToObj(index -> longId(device.envelope(1, index, 16)))
        .toList();
    return new Submission(device.address(), List.of(device.binding(1)), envelopes);
  }

  /** With a client id of the largest size. */
  private static Envelope longId(Envelope envelope) {
    String id = "%-64d".formatted(envelope.messageIndex());
    return new Envelope(
        envelope.epoch(),
        envelope.sender(),
        envelope.sessionId(),
        envelope.messageIndex(),
        new ClientId(Bytes.copyOf(id.getBytes(StandardCharsets.US_ASCII))),
        envelope.ciphertext());
  }

  private static GroupView view() {
    ViewReply reply =
        await(node.actors().groups().view(GROUP.id(), GROUP.owner().address()));
    return ((ViewReply.Seen) reply).view();
  }

  /** Of the snapshots that count, the newest first. */
  private static List<Long> numbers() {
    return rows("SELECT sequence_nr FROM %s.snapshots WHERE persistence_id = ?").stream()
        .map(row -> row.getLong("sequence_nr"))
        .toList();
  }

  private static List<Row> parts() {
    return rows("SELECT sequence_nr, timestamp, part, bytes FROM %s.snapshot_parts"
        + " WHERE persistence_id = ?");
  }

  private static List<Row> rows(String statement) {
    try (CqlSession session = CASSANDRA.session()) {
      return session
          .execute(
              statement.formatted(CASSANDRA.keyspace()),
              PersistenceIds.of(GROUP.id()).id())
          .all();
    }
  }

  private static long length(Row row) {
    return Objects.requireNonNull(row.getByteBuffer("bytes")).remaining();
  }

  /** A node whose members take all keys and do nothing else. */
  private static TestNode startNode() {
    ActorSystem<Void> system =
        TestNode.system(CASSANDRA, "karst.actors.group.snapshot-every = " + SNAPSHOT_EVERY);
    return new TestNode(system, KarstActors.start(system, CLOCK, LargeStateIT::member));
  }

  private static Behavior<MemberMessage> member(MemberId id) {
    return Behaviors.receiveMessage(message -> {
      if (message instanceof MemberMessage.Deliver deliver) {
        deliver.replyTo().tell(new Delivered(id, deliver.command().epoch()));
      }
      return Behaviors.same();
    });
  }
}
