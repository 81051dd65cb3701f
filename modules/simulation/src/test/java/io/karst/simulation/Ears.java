package io.karst.simulation;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.LocalMistake;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Flow;

/**
 * A device's application: takes what the SDK tells, and remembers it through all lives.
 *
 * <p>Within one life each entry comes once, in order. After a crash the SDK may repeat what it had
 * not recorded yet, word by word; what could not be read at first, may be then.
 */
final class Ears {

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final World world;
  private final Phone phone;
  private final Map<GroupId, Map<Long, Heard>> heard = new TreeMap<>();
  private final Map<GroupId, Long> newest = new HashMap<>();
  private long births;

  /** What came for an entry. */
  record Heard(String text, String by, boolean readable) {}

  Ears(World world, Phone phone) {
    this.world = world;
    this.phone = phone;
  }

  /** A new life began: it knows what the disk knows. */
  void reborn() {
    newest.clear();
    births++;
  }

  /** By offset, ascending. */
  Map<Long, Heard> heard(GroupId group) {
    return heard.computeIfAbsent(group, made -> new TreeMap<>());
  }

  void listen(GroupChannel channel) {
    channel.receive().subscribe(new Listening(channel, births));
  }

  private void take(GroupId group, ChannelEvent event) {
    if (event instanceof ChannelEvent.Message message) {
      String text = message.content().body() instanceof Content.Text said ? said.value() : "";
      take(group, message.offset(), new Heard(text, message.sender().toString(), true));
    } else if (event instanceof ChannelEvent.Unreadable unreadable) {
      take(
          group,
          unreadable.offset(),
          new Heard(unreadable.why().name(), unreadable.sender().toString(), false));
    } else if (event instanceof ChannelEvent.SecurityWarning warning) {
      world.violated(
          Violation.Kind.ALARM,
          "%s: %s at %d: %s"
              .formatted(
                  phone.self(), group, warning.offset(), warning.problem().summary()));
    }
  }

  private void take(GroupId group, long offset, Heard what) {
    Heard before = heard(group).get(offset);
    boolean inOrder = newest.getOrDefault(group, -1L) < offset;
    newest.merge(group, offset, Math::max);
    boolean changed = before != null && before.readable() && !before.equals(what);
    if (!inOrder || changed) {
      world.violated(
          Violation.Kind.MISHEARD,
          "%s: %s at %d: %s, before: %s".formatted(phone.self(), group, offset, what, before));
    }
    heard(group).put(offset, what);
  }

  private final class Listening implements Flow.Subscriber<ChannelEvent> {

    private final GroupChannel channel;
    private final long birth;

    Listening(GroupChannel channel, long birth) {
      this.channel = channel;
      this.birth = birth;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChannelEvent event) {
      take(channel.id(), event);
    }

    /** The SDK gave up on the group for now; the application asks again. */
    @Override
    public void onError(Throwable failure) {
      boolean heardAlready = failure instanceof LocalMistake mistake
          && mistake.kind() == LocalMistake.Kind.ALREADY_RECEIVING;
      if (!heardAlready) {
        world.time().after(AGAIN, () -> {
          if (birth == births && phone.life().isPresent()) {
            listen(channel);
          }
        });
      }
    }

    @Override
    public void onComplete() {}
  }
}
