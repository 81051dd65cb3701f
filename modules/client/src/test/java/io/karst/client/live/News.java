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
import java.util.function.Predicate;

/** Hears what happens to a device outside the order of any log. */
final class News implements Flow.Subscriber<DeviceEvent> {

  private final BlockingQueue<DeviceEvent> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();

  static News of(Device device) {
    News news = new News();
    device.events().subscribe(news);
    Live.get(news.subscribed).request(Long.MAX_VALUE);
    return news;
  }

  /** Waits for the next event of a kind, passing others by. */
  <T extends DeviceEvent> T await(Class<T> kind) {
    return kind.cast(next(kind, kind::isInstance));
  }

  /** Waits for the next warning of a kind, passing others by. */
  <T extends SecurityProblem> T warning(Class<T> kind) {
    var event = (DeviceEvent.SecurityWarning) next(
        kind,
        heard -> heard instanceof DeviceEvent.SecurityWarning warning
            && kind.isInstance(warning.problem()));
    return kind.cast(event.problem());
  }

  private DeviceEvent next(Class<?> kind, Predicate<DeviceEvent> fits) {
    List<DeviceEvent> others = new ArrayList<>();
    try {
      while (true) {
        DeviceEvent event = heard.poll(Live.WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError("no " + kind.getSimpleName() + ", but " + others);
        }
        if (fits.test(event)) {
          return event;
        }
        others.add(event);
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
    heard.add(event);
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
