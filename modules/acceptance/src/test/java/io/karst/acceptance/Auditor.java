package io.karst.acceptance;

import io.karst.client.ClientOptions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.Tls;
import io.karst.client.api.AuditClient;
import io.karst.client.api.AuditClient.JournalRecord;
import io.karst.crypto.key.RandomBytes;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.testkit.ServerProcess;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** Reads groups' whole journals. */
public final class Auditor implements AutoCloseable {

  private final KarstClient client;
  private final AuditClient auditor;

  private Auditor(KarstClient client, AuditClient auditor) {
    this.client = client;
    this.auditor = auditor;
  }

  /** Registers the one auditor that a server has in these tests. */
  public static Auditor register(
      ServerProcess server, Path folder, InstantSource clock, RandomBytes random) throws Exception {
    KarstClient client = KarstClient.connect(
        ClientOptions.of(server.host(), server.port(), Tls.loopbackOnly(), clock, random));
    AuditClient auditor = client
        .registerAuditor(
            StoreLocation.of(folder.resolve("auditor.db"), "correct horse".toCharArray()),
            new MemberId("auditor"),
            new DeviceId("desk"),
            server.auditorToken())
        .get(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    return new Auditor(client, auditor);
  }

  /** A group's records, each as it is stored. */
  public List<byte[]> records(GroupId group) throws Exception {
    Collector collector = new Collector();
    auditor.replay(group).subscribe(collector);
    return collector.whole.get(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    client.close();
  }

  private static final class Collector implements Flow.Subscriber<JournalRecord> {

    private final List<byte[]> records = new ArrayList<>();
    private final CompletableFuture<List<byte[]>> whole = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(JournalRecord record) {
      records.add(record.record().toArray());
    }

    @Override
    public void onError(Throwable problem) {
      whole.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
      whole.complete(records);
    }
  }
}
