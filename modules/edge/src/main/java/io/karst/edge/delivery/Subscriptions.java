package io.karst.edge.delivery;

import io.karst.actors.feed.FeedReply;
import io.karst.actors.feed.Feeds;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.EntryMapping;
import io.karst.edge.status.RefusedException;
import io.karst.edge.status.Statuses;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.SubscribeGroup;
import io.karst.wire.v1.SubscribeResponse;
import io.karst.wire.v1.SubscriptionEnded;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The groups that one stream reads.
 *
 * <p>Mutable, owned by the stream's actor. Invariants: nothing is asked for while the transport is
 * not ready; at most {@value #FETCHES_MAX} reads are under way, whose results go out in any case;
 * what a feed says while the transport is not ready is dropped, and asked for again. So a reader
 * that stops costs a bounded amount of memory, and nobody else any time.
 */
final class Subscriptions implements FeedReply.Cases<Boolean> {

  /** More groups than a person is active in. */
  static final int SUBSCRIPTIONS_MAX = 256;

  /** So many that the transport has something to send while others are read. */
  static final int FETCHES_MAX = 4;

  /** Bytes of one read, but for a single larger row. */
  private static final int FETCH_BYTES_MAX = 256 << 10;

  /** Where entries come from. */
  record Sources(GroupJournal journal, Feeds feeds, Opener opener, SharedEntries shared) {}

  private record Fetch(Subscription of, Runnable start) {}

  private final DeviceAddress reader;
  private final Sources sources;
  private final StreamPorts ports;
  private final ActorRef<FeedReply> ear;
  private final Map<GroupId, Subscription> byGroup = new HashMap<>();
  private final Queue<Fetch> fetches = new ArrayDeque<>();
  private final Queue<Subscription> listeners = new ArrayDeque<>();
  private final Set<GroupId> demanded = new HashSet<>();
  private int fetching;

  Subscriptions(DeviceAddress reader, Sources sources, StreamPorts ports, ActorRef<FeedReply> ear) {
    this.reader = reader;
    this.sources = sources;
    this.ports = ports;
    this.ear = ear;
  }

  void begin(GroupId group, SubscribeGroup request) {
    if (byGroup.containsKey(group)) {
      send(ended(group, Reason.SUBSCRIPTION_EXISTS));
    } else if (byGroup.size() == SUBSCRIPTIONS_MAX) {
      send(ended(group, Reason.SUBSCRIPTION_LIMIT));
    } else {
      var subscription = new Subscription(group, reader);
      byGroup.put(group, subscription);
      fetches.add(new Fetch(subscription, () -> open(subscription, request)));
      pump();
    }
  }

  void end(GroupId group) {
    forget(group);
    send(SubscribeResponse.newBuilder()
        .setEnded(SubscriptionEnded.newBuilder().setGroupId(group.value()))
        .build());
  }

  /** Takes back what feeds were asked for. */
  void stop() {
    demanded.forEach(group -> sources.feeds().cancel(group, ear));
  }

  /** Asks for as much as the transport takes. */
  void pump() {
    while (ports.outlet().isReady()) {
      if (fetching < FETCHES_MAX && !fetches.isEmpty()) {
        Fetch fetch = fetches.remove();
        if (isCurrent(fetch.of())) {
          fetch.start().run();
        }
      } else if (!listeners.isEmpty()) {
        listen(listeners.remove());
      } else {
        return;
      }
    }
  }

  private void listen(Subscription subscription) {
    if (isCurrent(subscription)) {
      demanded.add(subscription.group());
      sources.feeds().next(subscription.group(), subscription.next(), ear);
    }
  }

  private void open(Subscription subscription, SubscribeGroup request) {
    fetch(
        subscription,
        () -> sources.opener().open(subscription.group(), reader, request),
        opening -> send(subscription.begin(opening)));
  }

  private void read(Subscription subscription) {
    fetch(
        subscription,
        () ->
            sources.journal().readFrom(subscription.group(), subscription.next(), FETCH_BYTES_MAX),
        records -> takeRead(subscription, records));
  }

  private void takeRead(Subscription subscription, List<StoredRecord> records) {
    if (records.isEmpty()) {
      // The group speaks of entries that the journal does not show yet: the reader comes back.
      throw new RefusedException(Reason.UNAVAILABLE);
    }
    send(subscription.take(records, EntryMapping::entries));
  }

  private void checkMembership(Subscription subscription) {
    fetch(
        subscription,
        () -> sources.opener().view(subscription.group(), reader),
        view -> subscription.memberAt(view.head().size()));
  }

  private <T> void fetch(
      Subscription subscription, Supplier<CompletionStage<T>> source, Consumer<T> use) {
    fetching++;
    CompletionStage<T> stage;
    try {
      stage = source.get();
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedStage(e);
    }
    ports
        .resume()
        .when(
            stage,
            found -> fetched(subscription, () -> use.accept(found)),
            failure -> fetched(subscription, () -> fail(subscription, failure)));
  }

  private void fetched(Subscription subscription, Runnable use) {
    fetching--;
    if (isCurrent(subscription)) {
      try {
        use.run();
      } catch (RuntimeException e) {
        fail(subscription, e);
      }
    }
    goOn(subscription);
  }

  /**
   * Every subscription has one next step: a read, a question whether its reader is still in, or
   * waiting for its feed.
   */
  private void goOn(Subscription subscription) {
    if (isCurrent(subscription)) {
      if (subscription.isOut()) {
        fetches.add(new Fetch(subscription, () -> checkMembership(subscription)));
      } else if (subscription.isBehind()) {
        fetches.add(new Fetch(subscription, () -> read(subscription)));
      } else {
        listeners.add(subscription);
      }
    }
    pump();
  }

  void fed(FeedReply reply) {
    if (demanded.remove(reply.group())) {
      reply.match(this);
    }
  }

  @Override
  public Boolean records(FeedReply.Records reply) {
    Subscription subscription = byGroup.get(reply.group());
    if (subscription == null) {
      return false;
    }
    boolean fits = reply.records().get(0).firstOffset() == subscription.next();
    if (fits && ports.outlet().isReady()) {
      send(subscription.take(reply.records(), sources.shared()::of));
    }
    goOn(subscription);
    return fits;
  }

  @Override
  public Boolean behind(FeedReply.Behind reply) {
    Subscription subscription = byGroup.get(reply.group());
    if (subscription == null) {
      return false;
    }
    subscription.readJournalUntil(Math.max(reply.oldestOffset(), reply.head().size()));
    goOn(subscription);
    return true;
  }

  @Override
  public Boolean refused(FeedReply.Refused reply) {
    Subscription subscription = byGroup.get(reply.group());
    if (subscription == null) {
      return false;
    }
    fail(subscription, new RefusedException(reply.reason()));
    return true;
  }

  private void fail(Subscription subscription, Throwable failure) {
    forget(subscription.group());
    send(ended(subscription.group(), ports.failures().refusal(failure).reason()));
  }

  private void forget(GroupId group) {
    byGroup.remove(group);
    if (demanded.remove(group)) {
      sources.feeds().cancel(group, ear);
    }
  }

  private boolean isCurrent(Subscription subscription) {
    return byGroup.get(subscription.group()) == subscription;
  }

  private void send(List<SubscribeResponse> messages) {
    messages.forEach(this::send);
  }

  private void send(SubscribeResponse message) {
    ports.outlet().send(message);
  }

  private static SubscribeResponse ended(GroupId group, Reason reason) {
    return SubscribeResponse.newBuilder()
        .setEnded(SubscriptionEnded.newBuilder()
            .setGroupId(group.value())
            .setRefusal(Statuses.inBand(reason)))
        .build();
  }
}
