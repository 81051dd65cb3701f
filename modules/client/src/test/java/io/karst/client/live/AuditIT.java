package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.KarstClient;
import io.karst.client.api.AuditClient;
import io.karst.client.api.AuditClient.JournalRecord;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.LocalMistake;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor reads a group's journal as it is stored. */
class AuditIT {

  private static final int ROTATIONS = 3;

  @TempDir
  private Path folder = Path.of("");

  @Test
  void aReplayHasEveryRecordOnceAndInOrderAndEnds() {
    try (Person ann = Person.register("ann");
        KarstClient client = Person.connect(SERVER.port())) {
      GroupChannel annes = ann.create();
      for (int i = 0; i < ROTATIONS; i++) {
        get(annes.send("m" + i));
        get(annes.rotate());
      }
      Records records = new Records();
      auditor(client, ann.id()).replay(annes.id()).subscribe(records);
      get(records.subscription).request(Long.MAX_VALUE);
      get(records.end);
      List<Long> numbers =
          records.taken.stream().map(JournalRecord::sequenceNumber).toList();
      assertThat(numbers).hasSizeGreaterThan(2 * ROTATIONS);
      assertThat(numbers)
          .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }
  }

  @Test
  void whoReadsWhileTheDeviceIsClosedHearsOfIt() {
    try (Person ann = Person.register("ann")) {
      GroupChannel annes = ann.create();
      Records records = new Records();
      try (KarstClient client = Person.connect(SERVER.port())) {
        auditor(client, ann.id()).replay(annes.id()).subscribe(records);
        get(records.subscription).request(1);
        get(records.first);
      }
      assertThatThrownBy(() -> get(records.end))
          .isInstanceOfSatisfying(
              LocalMistake.class,
              mistake -> assertThat(mistake.kind()).isEqualTo(LocalMistake.Kind.CLOSED));
      assertThat(records.taken).hasSize(1);
    }
  }

  private AuditClient auditor(KarstClient client, MemberId audited) {
    return get(client.registerAuditor(
        Person.at(folder.resolve("auditor.db")),
        new MemberId("auditor-of-" + audited),
        new DeviceId("desk"),
        SERVER.auditorToken()));
  }

  private static final class Records implements Flow.Subscriber<JournalRecord> {

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<JournalRecord> taken = new CopyOnWriteArrayList<>();

    @Override
    public void onSubscribe(Flow.Subscription added) {
      subscription.complete(added);
    }

    @Override
    public void onNext(JournalRecord record) {
      taken.add(record);
      first.complete(null);
    }

    @Override
    public void onError(Throwable thrown) {
      end.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
