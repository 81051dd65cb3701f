package io.karst.client.live;

import io.karst.client.api.Device;
import io.karst.client.api.DeviceEvent;
import io.karst.client.api.SecurityProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hears what a device warns of outside the order of any log. */
final class Alarm implements Flow.Subscriber<DeviceEvent> {

  private final BlockingQueue<SecurityProblem> rung = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();

  static Alarm of(Device device) {
    Alarm alarm = new Alarm();
    device.events().subscribe(alarm);
    Live.get(alarm.subscribed).request(Long.MAX_VALUE);
    return alarm;
  }

  /** Waits for the next warning of a kind. */
  <T extends SecurityProblem> T await(Class<T> kind) {
    List<SecurityProblem> others = new ArrayList<>();
    try {
      while (true) {
        SecurityProblem problem = rung.poll(Live.WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (problem == null) {
          throw new AssertionError("no " + kind.getSimpleName() + ", but " + others);
        }
        if (kind.isInstance(problem)) {
          return kind.cast(problem);
        }
        others.add(problem);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription added) {
    subscribed.complete(added);
  }

  @Override
  public void onNext(DeviceEvent event) {
    if (event instanceof DeviceEvent.SecurityWarning warning) {
      rung.add(warning.problem());
    }
  }

  @Override
  public void onError(Throwable thrown) {
    subscribed.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    subscribed.completeExceptionally(new IllegalStateException("the device is closed"));
  }
}
