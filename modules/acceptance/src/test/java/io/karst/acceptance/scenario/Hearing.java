package io.karst.acceptance.scenario;

import static io.karst.acceptance.scenario.Town.get;

import io.karst.acceptance.Texts;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.ChannelEvent.Message;
import io.karst.client.api.ChannelEvent.Unreadable;
import io.karst.client.api.GroupChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * All that one device hears of one group, over all the times that it listens, and what it looks up
 * in the past. Thread-safe.
 */
final class Hearing {

  private final Notebook<ChannelEvent> heard = new Notebook<>();
  private final Map<Long, ChannelEvent> lookedUp = new ConcurrentHashMap<>();
  private volatile CompletableFuture<Boolean> end = new CompletableFuture<>();

  /** Goes on listening where the last time ended. */
  void listen(GroupChannel channel) {
    end = heard.follow(channel.receive());
  }

  /** Waits for an event that fits, which may have been heard already. */
  <E extends ChannelEvent> E await(Class<E> type, Predicate<E> fits, String what) {
    return heard.await(type, fits, what);
  }

  /** Waits until nothing more is to be heard. */
  void awaitEnd() {
    var unused = get(end);
  }

  /** The messages that were heard, in that order. */
  List<Message> messages() {
    return heard.all(Message.class);
  }

  /** The messages that could not be read as they came. */
  List<Unreadable> unreadable() {
    return heard.all(Unreadable.class);
  }

  <E extends ChannelEvent> List<E> all(Class<E> type) {
    return heard.all(type);
  }

  /** Keeps what the device found when it read the past once more, in place of an earlier look. */
  void lookedUp(List<ChannelEvent> events) {
    for (ChannelEvent event : events) {
      if (event instanceof Message message) {
        lookedUp.put(message.offset(), message);
      } else if (event instanceof Unreadable unreadable) {
        lookedUp.put(unreadable.offset(), unreadable);
      }
    }
  }

  /** The messages that were read in the past. */
  List<Message> foundMessages() {
    return lookedUp.values().stream()
        .filter(Message.class::isInstance)
        .map(Message.class::cast)
        .toList();
  }

  /** Those of the past that could not be read when they were last looked at. */
  List<Unreadable> foundUnreadable() {
    return lookedUp.values().stream()
        .filter(Unreadable.class::isInstance)
        .map(Unreadable.class::cast)
        .toList();
  }

  static String text(Message message) {
    return message.content().body().match(new Texts());
  }
}
