package io.karst.simulation;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.HistoryPage;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.id.DeviceAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Devices that were given keys read the past once more, when everything has come to rest. */
final class Rereading {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final int READERS_MAX = 4;

  private final World world;
  private final Truth truth;
  private final Reasons reasons;
  private final Map<Long, String> said;

  /** {@code said} is what was said at each offset. */
  Rereading(World world, Truth truth, Reasons reasons, Map<Long, String> said) {
    this.world = world;
    this.truth = truth;
    this.reasons = reasons;
    this.said = said;
  }

  void check(List<Phone> phones) {
    phones.stream()
        .filter(phone -> !truth.grants().given(phone.self()).isEmpty())
        .filter(phone -> phone.device().isPresent() && phone.isIn(truth.group()))
        .limit(READERS_MAX)
        .forEach(this::read);
  }

  private void read(Phone phone) {
    GroupChannel channel = phone.device().orElseThrow().group(truth.group());
    long from = truth.grants().given(phone.self()).stream().min(Long::compare).orElseThrow();
    CompletableFuture<HistoryPage> page = channel.history(from);
    boolean more = true;
    while (more) {
      world.time().pass(ANSWER_MAX);
      if (!page.isDone() || page.isCompletedExceptionally()) {
        violated(phone.self(), truth.size(), "no answer: " + page);
        return;
      }
      HistoryPage read = page.join();
      read.events().forEach(event -> judge(phone.self(), event));
      more = read.hasMore();
      page = more ? channel.historyFrom(read.nextOffset()) : page;
    }
  }

  private void judge(DeviceAddress reader, ChannelEvent event) {
    if (event instanceof ChannelEvent.Message message) {
      String text = message.content().body() instanceof Content.Text body ? body.value() : "";
      boolean may = reasons.mayRead(reader, message.offset());
      if (!may || !text.equals(said.getOrDefault(message.offset(), text))) {
        violated(reader, message.offset(), text + ", and may read: " + may);
      }
    } else if (event instanceof ChannelEvent.Unreadable unreadable) {
      Set<UnreadableReason> right = reasons.reread(reader, unreadable.offset());
      if (!right.contains(unreadable.why())) {
        violated(reader, unreadable.offset(), unreadable.why() + ", and not one of " + right);
      }
    }
  }

  private void violated(DeviceAddress reader, long offset, String what) {
    world.violated(
        Violation.Kind.UNREADABLE,
        "%s: %s rereads at %d: %s".formatted(truth.group(), reader, offset, what));
  }
}
