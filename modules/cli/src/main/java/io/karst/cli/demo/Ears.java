package io.karst.cli.demo;

import io.karst.cli.message.EventReader;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.GroupChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Everything that a device was told of a group, with a way to wait for more. Thread-safe. */
final class Ears {

  /** More than any demo says; a device that hears more is told the same thing again and again. */
  private static final int HEARD_MAX = 10_000;

  private record Expectation(
      Predicate<ChannelEvent> event, CompletableFuture<ChannelEvent> heard) {}

  private final List<ChannelEvent> heard = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private final EventReader reader = new EventReader(this::hear);
  private final Duration patience;

  private Ears(Duration patience) {
    this.patience = patience;
  }

  /** Listens to a group from now on. */
  static Ears on(GroupChannel channel, Duration patience) {
    var ears = new Ears(patience);
    channel.receive().subscribe(ears.reader);
    return ears;
  }

  /** Waits for a message with this text; empty when it does not come. */
  Optional<ChannelEvent.Message> message(String text) {
    return event(event -> says(event, text)).map(ChannelEvent.Message.class::cast);
  }

  /** Waits for an event; empty when it does not come. */
  Optional<ChannelEvent> event(Predicate<ChannelEvent> wanted) {
    var expectation = new Expectation(wanted, new CompletableFuture<>());
    synchronized (this) {
      heard.stream().filter(wanted).findFirst().ifPresent(expectation.heard()::complete);
      expectations.add(expectation);
    }
    return expectation
        .heard()
        .thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** Waits for the end of the stream. Answers whether it came. */
  boolean ended() {
    return reader
        .ended()
        .handle((nothing, failure) -> true)
        .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** How often a text was heard so far. */
  synchronized long count(String text) {
    return heard.stream().filter(event -> says(event, text)).count();
  }

  /** Everything that was heard so far. */
  synchronized List<ChannelEvent> all() {
    return List.copyOf(heard);
  }

  private boolean hear(ChannelEvent event) {
    List<Expectation> met;
    synchronized (this) {
      if (heard.size() == HEARD_MAX) {
        throw new IllegalStateException("more than " + HEARD_MAX + " events");
      }
      heard.add(event);
      met = expectations.stream().filter(each -> each.event().test(event)).toList();
      expectations.removeAll(met);
    }
    met.forEach(each -> each.heard().complete(event));
    return true;
  }

  private static boolean says(ChannelEvent event, String text) {
    return event instanceof ChannelEvent.Message message
        && message.content().body().equals(new Content.Text(text));
  }
}
