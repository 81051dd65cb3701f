package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A subscriber takes its last event, wants no more, and the program ends. */
class LastEventIT {

  /** So long the device's closing gets to overtake the subscriber, which it must not. */
  private static final int OVERTAKE_MILLIS = 500;

  @Test
  void whatWasTakenWithTheLastWishIsNotToldAgain() {
    try (Person ann = Person.register("ann");
        Person bob = Person.register("bob")) {
      GroupChannel annes = ann.create(bob);
      var last = new OneMessage();
      bob.group(annes.id()).receive().subscribe(last);
      get(annes.send("one"));
      get(last.cancelled);
      CompletableFuture<Void> closing = CompletableFuture.runAsync(bob::shut);
      closing
          .copy()
          .completeOnTimeout(null, OVERTAKE_MILLIS, TimeUnit.MILLISECONDS)
          .join();
      last.mayReturn.complete(true);
      get(closing);
      bob.open();
      try (Ear bobHears = Ear.of(bob.device().group(annes.id()))) {
        get(annes.send("two"));
        assertThat(bobHears.textsUpTo("two")).containsExactly("two");
      }
    }
  }

  /** Cancels while it is told its first message, and returns from it later. */
  private static final class OneMessage implements Flow.Subscriber<ChannelEvent> {

    private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    private final CompletableFuture<Boolean> mayReturn = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChannelEvent event) {
      if (event instanceof ChannelEvent.Message) {
        subscription.join().cancel();
        cancelled.complete(true);
        get(mayReturn);
      }
    }

    @Override
    public void onError(Throwable failure) {
      cancelled.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {}
  }
}
