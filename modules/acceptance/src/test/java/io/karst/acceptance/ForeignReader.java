package io.karst.acceptance;

import io.grpc.stub.StreamObserver;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SubscribeGroup;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Reads a group's log from its beginning over the plain API, as a client in any language would. */
final class ForeignReader implements StreamObserver<SubscribeResponse>, AutoCloseable {

  private static final int WAIT_SECONDS_MAX = 30;

  private final BlockingQueue<LogEntry> entries = new LinkedBlockingQueue<>();
  private final StreamObserver<SubscribeRequest> requests;

  ForeignReader(ForeignDevice device, GroupId group) {
    this.requests = device.as(DeliveryServiceGrpc::newStub).subscribe(this);
    requests.onNext(SubscribeRequest.newBuilder()
        .setGroup(SubscribeGroup.newBuilder().setGroupId(group.value()).setBeginning(true))
        .build());
  }

  /** The next entry of a kind; those before it are passed over. */
  LogEntry next(Predicate<LogEntry> wanted) throws InterruptedException {
    while (true) {
      LogEntry entry = entries.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      if (entry == null) {
        throw new AssertionError("no such entry within " + WAIT_SECONDS_MAX + " seconds");
      }
      if (wanted.test(entry)) {
        return entry;
      }
    }
  }

  @Override
  public void onNext(SubscribeResponse response) {
    entries.addAll(response.getEntries().getEntriesList());
  }

  @Override
  public void onError(Throwable problem) {}

  @Override
  public void onCompleted() {}

  @Override
  public void close() {
    requests.onCompleted();
  }
}
