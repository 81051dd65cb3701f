package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream on which the server tells its health as it changes. */
final class HealthWatch implements StreamObserver<HealthCheckResponse> {

  private static final int NEXT_SECONDS_MAX = 90;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private HealthWatch() {}

  static HealthWatch on(TestChannel channel) {
    var watch = new HealthWatch();
    HealthGrpc.newStub(channel.channel()).watch(HealthCheckRequest.getDefaultInstance(), watch);
    return watch;
  }

  /** The next status by its name, or the end of the stream by its code and description. */
  String next() throws InterruptedException {
    @Nullable String next = told.poll(NEXT_SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(next).as("nothing was told").isNotNull();
    return String.valueOf(next);
  }

  @Override
  public void onNext(HealthCheckResponse response) {
    told.add(response.getStatus().name());
  }

  @Override
  public void onError(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    told.add("ended: " + status.getCode() + " " + status.getDescription());
  }

  @Override
  public void onCompleted() {
    told.add("ended: OK");
  }
}
