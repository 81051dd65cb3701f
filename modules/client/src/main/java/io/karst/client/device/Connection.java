package io.karst.client.device;

import io.karst.client.api.KarstException;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.ServerRefusal;
import io.karst.client.channel.EntrySink;
import io.karst.client.transport.Failures;
import io.karst.client.transport.MessageStream;
import io.karst.client.transport.Retries;
import io.karst.client.wire.EntryWire;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.wire.EpochWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.Entries;
import io.karst.wire.v1.Pong;
import io.karst.wire.v1.SubscribeInbox;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import io.karst.wire.v1.SubscriptionEnded;
import io.karst.wire.v1.SubscriptionStarted;
import io.karst.wire.v1.UnsubscribeGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of the device, from its beginning to its end.
 *
 * <p>Used on the device's thread.
 */
final class Connection implements MessageStream.Listener<SubscribeResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** The server speaks every 20 seconds; a stream that is silent for so long is dead. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  /** Who lived so long was a good one. */
  static final Duration GOOD_LIFE_MIN = Duration.ofSeconds(10);

  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(5);

  private final DeviceContext context;
  private final DeliveryLink link;
  private final InboxReader inbox;
  private final MessageStream<SubscribeRequest, SubscribeResponse> stream;
  private final Map<GroupId, Feed> feeds = new HashMap<>();
  private final CompletableFuture<Boolean> heard = new CompletableFuture<>();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Instant born;
  private Instant lastHeard;

  /**
   * A group's subscription.
   *
   * @param sink absent once it was ended from here, until the server has said so too
   * @param next who subscribed meanwhile
   */
  private record Feed(Optional<EntrySink> sink, Optional<EntrySink> next) {}

  Connection(DeviceContext context, DeliveryLink link, InboxReader inbox) {
    this.context = context;
    this.link = link;
    this.inbox = inbox;
    this.born = context.clock().instant();
    this.lastHeard = born;
    this.stream = MessageStream.open(
        context.calls(), DeliveryServiceGrpc.getSubscribeMethod(), context.loop()::post, this);
    stream.send(SubscribeRequest.newBuilder()
        .setInbox(SubscribeInbox.getDefaultInstance())
        .build());
    watch();
  }

  /** Completes with the first message. */
  CompletableFuture<Boolean> heard() {
    return heard;
  }

  /** Completes with the end of a good life; fails with the end of a short one. */
  CompletableFuture<Boolean> ended() {
    return ended;
  }

  void subscribe(GroupId group, EntrySink sink) {
    Feed feed = feeds.get(group);
    if (feed == null) {
      feeds.put(group, new Feed(Optional.of(sink), Optional.empty()));
      stream.send(SubscribeRequest.newBuilder().setGroup(sink.start()).build());
    } else {
      feeds.put(group, new Feed(feed.sink(), Optional.of(sink)));
    }
  }

  void unsubscribe(GroupId group) {
    Feed feed = feeds.get(group);
    if (feed == null) {
      return;
    }
    if (feed.sink().isPresent()) {
      stream.send(SubscribeRequest.newBuilder()
          .setUnsubscribe(UnsubscribeGroup.newBuilder().setGroupId(group.value()))
          .build());
    }
    feeds.put(group, new Feed(Optional.empty(), Optional.empty()));
  }

  void close() {
    stream.cancel("the device is closed");
  }

  @Override
  public void heard(SubscribeResponse response) {
    lastHeard = context.clock().instant();
    heard.complete(true);
    try {
      take(response);
      stream.next();
    } catch (KarstException e) {
      LOG.warn("the stream is opened anew: {}", e.getMessage());
      if (e instanceof SecurityViolation violation) {
        link.warned(violation.problem());
      }
      stream.cancel("an answer that cannot be used");
    }
  }

  @Override
  public void completed() {
    failed(new ServerRefusal(Reason.UNAVAILABLE));
  }

  @Override
  public void failed(Throwable reason) {
    heard.completeExceptionally(reason);
    boolean good = Duration.between(born, context.clock().instant()).compareTo(GOOD_LIFE_MIN) >= 0;
    if (good) {
      ended.complete(true);
    } else {
      ended.completeExceptionally(reason);
    }
  }

  private void take(SubscribeResponse response) {
    switch (response.getResponseCase()) {
      case STARTED -> started(response.getStarted());
      case ENTRIES -> entries(response.getEntries());
      case CAUGHT_UP ->
        sink(response.getCaughtUp().getGroupId())
            .ifPresent(sink -> sink.caughtUp(
                EnvelopeWire.head(response.getCaughtUp().getCursor().getHead())));
      case ENDED -> ended(response.getEnded());
      case INBOX_ITEMS -> {
        var unused = inbox.take(response.getInboxItems().getItemsList());
      }
      case PING ->
        stream.send(SubscribeRequest.newBuilder()
            .setPong(Pong.newBuilder().setNonce(response.getPing().getNonce()))
            .build());
      // A newer server's message: nothing that this version could do with it.
      case RESPONSE_NOT_SET -> LOG.debug("an unknown message is passed by");
    }
  }

  private void started(SubscriptionStarted started) {
    sink(started.getGroupId())
        .ifPresent(sink -> sink.started(new EntrySink.Start(
            started.getNextOffset(),
            started.getEpochsList().stream().map(EpochWire::news).toList(),
            EntryWire.tree(started))));
  }

  private void entries(Entries entries) {
    sink(entries.getGroupId())
        .ifPresent(sink -> sink.entries(EntryWire.items(entries), entries.getSerializedSize()));
  }

  private void ended(SubscriptionEnded message) {
    GroupId group = EntryWire.group(message.getGroupId());
    Feed feed = feeds.remove(group);
    if (feed == null) {
      return;
    }
    if (message.hasRefusal() && feed.sink().isPresent()) {
      ServerRefusal refusal = Failures.of(message.getRefusal());
      if (Retries.isPassing(refusal)) {
        throw refusal;
      }
      link.ended(group, feed.sink().get(), refusal);
    }
    feed.next().ifPresent(next -> subscribe(group, next));
  }

  private Optional<EntrySink> sink(String groupId) {
    Feed feed = feeds.get(EntryWire.group(groupId));
    return feed == null ? Optional.empty() : feed.sink();
  }

  private void watch() {
    context.loop().schedule(WATCH_INTERVAL, () -> {
      Duration silence = Duration.between(lastHeard, context.clock().instant());
      if (silence.compareTo(SILENCE_MAX) > 0) {
        stream.cancel("the server is silent");
      } else if (!ended.isDone()) {
        watch();
      }
    });
  }
}
