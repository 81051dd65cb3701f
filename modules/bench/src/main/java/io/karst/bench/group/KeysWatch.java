package io.karst.bench.group;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.karst.bench.measure.LoadFailure;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.Pong;
import io.karst.wire.v1.SubscribeGroup;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Hears from a group's log of which epochs the keys are in every inbox. Thread-safe. */
final class KeysWatch implements ClientResponseObserver<SubscribeRequest, SubscribeResponse> {

  private final Map<Long, CompletableFuture<Long>> delivered = new ConcurrentHashMap<>();
  private volatile @Nullable ClientCallStreamObserver<SubscribeRequest> requests;

  private KeysWatch() {}

  static KeysWatch of(Device reader, GroupId group) throws LoadFailure {
    var watch = new KeysWatch();
    reader
        .delivery()
        .subscribe(watch)
        .onNext(SubscribeRequest.newBuilder()
            .setGroup(SubscribeGroup.newBuilder().setGroupId(group.value()).setBeginning(true))
            .build());
    return watch;
  }

  CompletableFuture<Long> delivered(long epoch) {
    return delivered.computeIfAbsent(epoch, number -> new CompletableFuture<>());
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubscribeRequest> stream) {
    requests = stream;
  }

  @Override
  public void onNext(SubscribeResponse response) {
    ClientCallStreamObserver<SubscribeRequest> stream = requests;
    if (response.hasPing() && stream != null) {
      stream.onNext(SubscribeRequest.newBuilder()
          .setPong(Pong.newBuilder().setNonce(response.getPing().getNonce()))
          .build());
    }
    for (LogEntry entry : response.getEntries().getEntriesList()) {
      if (entry.hasEpochKeysDelivered()) {
        long epoch = entry.getEpochKeysDelivered().getEpoch();
        delivered(epoch).complete(epoch);
      }
    }
  }

  @Override
  public void onError(Throwable thrown) {
    delivered.values().forEach(future -> future.completeExceptionally(thrown));
  }

  @Override
  public void onCompleted() {
    onError(new IllegalStateException("the stream has ended"));
  }
}
