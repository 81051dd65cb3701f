package io.karst.client.live;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.OwnerChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Listens to a group and keeps what it hears. */
final class Ear implements Flow.Subscriber<ChannelEvent>, AutoCloseable {

  private static final int LOOK_MILLIS = 100;

  private final BlockingQueue<ChannelEvent> heard = new LinkedBlockingQueue<>();
  private final List<ChannelEvent> all = new ArrayList<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  static Ear of(GroupChannel channel) {
    Ear ear = covered(channel);
    ear.uncover();
    return ear;
  }

  /** Listens to what own devices share. */
  static Ear of(OwnerChannel channel) {
    Ear ear = new Ear();
    channel.receive().subscribe(ear);
    ear.uncover();
    return ear;
  }

  /** Subscribes, but takes nothing until it is uncovered. */
  static Ear covered(GroupChannel channel) {
    Ear ear = new Ear();
    channel.receive().subscribe(ear);
    return ear;
  }

  /** Takes whatever comes. */
  void uncover() {
    Live.get(subscription).request(Long.MAX_VALUE);
  }

  /** Waits for the next event that fits, passing others by. */
  <T extends ChannelEvent> T await(Class<T> type, Predicate<T> fits) {
    while (true) {
      ChannelEvent event = next(type);
      if (type.isInstance(event) && fits.test(type.cast(event))) {
        return type.cast(event);
      }
    }
  }

  <T extends ChannelEvent> T await(Class<T> type) {
    return await(type, event -> true);
  }

  ChannelEvent.Message message() {
    return await(ChannelEvent.Message.class);
  }

  /** Waits for the next message and answers its text. */
  String text() {
    return text(message());
  }

  List<String> texts(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  /** Waits for everything up to this text and answers all texts that were heard so far. */
  List<String> textsUpTo(String last) {
    await(ChannelEvent.Message.class, message -> text(message).equals(last));
    return texts();
  }

  /** The texts of all messages that were waited for or passed by. */
  List<String> texts() {
    return all.stream()
        .filter(ChannelEvent.Message.class::isInstance)
        .map(event -> text((ChannelEvent.Message) event))
        .toList();
  }

  /** Waits for the end and answers the texts of all messages that came before it. */
  List<String> textsUpToTheEnd() {
    var unused = Live.get(end.handle((done, failure) -> true));
    heard.drainTo(all);
    return texts();
  }

  /** Everything that was waited for or passed by. */
  List<ChannelEvent> all() {
    return List.copyOf(all);
  }

  /** Completes when the channel has nothing more to say; fails when it broke. */
  CompletableFuture<Void> end() {
    return end;
  }

  static String text(ChannelEvent.Message message) {
    return message.content().body() instanceof Content.Text text ? text.value() : "";
  }

  @Override
  public void onSubscribe(Flow.Subscription added) {
    subscription.complete(added);
  }

  @Override
  public void onNext(ChannelEvent event) {
    heard.add(event);
  }

  @Override
  public void onError(Throwable thrown) {
    end.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }

  @Override
  public void close() {
    Live.get(subscription).cancel();
  }

  private ChannelEvent next(Class<?> type) {
    long looks = TimeUnit.SECONDS.toMillis(Live.WAIT_SECONDS_MAX) / LOOK_MILLIS;
    try {
      for (long look = 0; look < looks; look++) {
        boolean ended = end.isDone();
        ChannelEvent event = heard.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (event != null) {
          all.add(event);
          return event;
        }
        if (ended) {
          throw new AssertionError("no " + type.getSimpleName() + " before the end, heard " + all);
        }
      }
      throw new AssertionError("waited too long for " + type.getSimpleName() + ", heard " + all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
