package io.karst.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.audit.AuditReplay;
import io.karst.audit.AuditReport;
import io.karst.audit.ReportSink;
import io.karst.audit.Row;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.crypto.key.RandomBytes;
import io.karst.domain.id.GroupId;
import io.karst.proof.entry.EntryKind;
import io.karst.testkit.ServerProcess;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server and its Cassandra are killed at random moments, with messages and rotations under way:
 * what was acknowledged is in the log once and in order, and every sealed key arrives.
 *
 * <p>Two kills, and twenty with {@code -Dkarst.long=true}. To replay a failure's choices, set
 * {@code -Dkarst.seed}.
 */
class KillIT {

  private static final int KILLS = Boolean.getBoolean("karst.long") ? 20 : 2;
  private static final long SEED = Long.getLong("karst.seed", 20_261);
  private static final RandomBytes RANDOM = new Random(SEED)::nextBytes;

  /** Acknowledgements between a restart and the next kill, at most. */
  private static final int LUCK_MAX = 300;

  @TempDir
  private Path folder;

  @Test
  void losesRepeatsAndReordersNothingThatWasAcknowledged() throws Exception {
    System.out.println("seed " + SEED + ", kills " + KILLS);
    Random dice = new Random(SEED);
    try (ServerProcess server = ServerProcess.start();
        Person ann = Person.register(server, folder, "ann", RANDOM);
        Person bob = Person.register(server, folder, "bob", RANDOM)) {
      GroupChannel anns = ann.create("steady", List.of(bob.id()));
      Person.Ears bobs = Person.listen(bob.group(anns.id()));
      SteadySender sender = SteadySender.start(anns);
      for (int kill = 0; kill < KILLS; kill++) {
        sender.awaitAcknowledged(sender.acknowledged() + 1 + dice.nextInt(LUCK_MAX));
        if (dice.nextBoolean()) {
          var unused = anns.rotate();
        }
        server.kill();
        server.restart();
      }
      long epoch = anns.rotate().get(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      Map<String, Long> acknowledged = sender.stop();

      assertThat(acknowledged.size()).isGreaterThan(KILLS);
      assertThat(heardInOrder(bobs, acknowledged.size())).isEqualTo(acknowledged);
      assertThat(bob.group(anns.id()).epoch()).isEqualTo(epoch);
      assertThatTheLogIsSound(server, anns.id(), epoch);
    }
  }

  /** What bob read, message by message: nothing twice, nothing missing, in the order of sending. */
  private static Map<String, Long> heardInOrder(Person.Ears ears, int count)
      throws InterruptedException {
    Map<String, Long> heard = new HashMap<>();
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ChannelEvent.Message message = ears.next(ChannelEvent.Message.class);
      String text = message.content().body().match(new Texts());
      assertThat(text).isEqualTo(SteadySender.text(i));
      heard.put(text, message.offset());
      offsets.add(message.offset());
    }
    assertThat(offsets).isSorted().doesNotHaveDuplicates();
    return heard;
  }

  /**
   * The audit finds offsets without gaps, roots, manifests and signatures right, and every epoch's
   * keys delivered.
   */
  private void assertThatTheLogIsSound(ServerProcess server, GroupId group, long epoch)
      throws Exception {
    Delivered delivered = new Delivered();
    try (Auditor auditor = Auditor.register(server, folder, InstantSource.system(), RANDOM)) {
      AuditReport report =
          new AuditReplay(group, delivered).run(auditor.records(group).iterator());
      assertThat(report.findings()).isEmpty();
      assertThat(report.sound()).isTrue();
      assertThat(delivered.epochs).isEqualTo(epoch);
    }
  }

  /** Counts the epochs whose keys every inbox has taken. */
  private static final class Delivered implements ReportSink {

    private long epochs;

    @Override
    public void row(Row row) {
      if (row.kind() == EntryKind.EPOCH_KEYS_DELIVERED) {
        epochs++;
      }
    }
  }
}
