package io.karst.client.device;

import io.karst.client.api.LocalMistake;
import io.karst.client.api.SecurityViolation;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.Epochs;
import io.karst.client.history.History;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.wire.EntryWire;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Lane;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.AcknowledgeInboxRequest;
import io.karst.wire.v1.AcknowledgeInboxResponse;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.InboxItem;
import io.karst.wire.v1.SealedKeyItem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through the device's inbox, in order, and acknowledges what was stored.
 *
 * <p>Items are at-least-once: one that comes again finds its epoch installed. Used on the device's
 * thread.
 */
final class InboxReader {

  private static final Logger LOG = LoggerFactory.getLogger(InboxReader.class);

  /** As many as one call answers. */
  private static final int PAGE_MAX = 100;

  private final DeviceContext context;
  private final Epochs epochs;
  private final KeyKeeper keys;
  private final EpochWatcher watcher;
  private final History history;
  private final Lane lane;
  private long done;

  InboxReader(
      DeviceContext context, Epochs epochs, KeyKeeper keys, EpochWatcher watcher, History history) {
    this.context = context;
    this.epochs = epochs;
    this.keys = keys;
    this.watcher = watcher;
    this.history = history;
    this.lane = new Lane(context.loop());
  }

  /** Takes items that the stream brought. */
  CompletableFuture<Void> take(List<InboxItem> items) {
    return lane.run(() -> work(items));
  }

  /** Asks for items until there are none, and works through them. */
  CompletableFuture<Void> drain() {
    return lane.run(this::page);
  }

  private CompletableFuture<Void> page() {
    FetchInboxRequest request =
        FetchInboxRequest.newBuilder().setAfterSequence(done).setLimit(PAGE_MAX).build();
    return context
        .calls()
        .call(DeliveryServiceGrpc.getFetchInboxMethod(), request)
        .thenComposeAsync(
            response -> response.getItemsCount() == 0
                ? CompletableFuture.completedFuture(null)
                : work(response.getItemsList()).thenComposeAsync(worked -> page(), context.loop()),
            context.loop());
  }

  private CompletableFuture<Void> work(List<InboxItem> items) {
    CompletableFuture<Boolean> worked = CompletableFuture.completedFuture(true);
    long last = done;
    for (InboxItem item : items) {
      if (item.getSequence() > last) {
        last = item.getSequence();
        worked = worked.thenComposeAsync(before -> work(item), context.loop());
      }
    }
    long upTo = last;
    return upTo == done
        ? CompletableFuture.completedFuture(null)
        : worked.thenComposeAsync(all -> acknowledge(upTo), context.loop());
  }

  private CompletableFuture<Boolean> work(InboxItem item) {
    return switch (item.getItemCase()) {
      case SEALED_KEY -> install(item.getSealedKey());
      case KEYS_LOW -> {
        // Not waited for: keys that come behind these need none of them.
        var unused = keys.check();
        yield CompletableFuture.completedFuture(true);
      }
      case KEY_SHARE -> history.take(item.getKeyShare());
      case KEY_REQUEST -> {
        // Not waited for: whoever asks waits for nobody in particular.
        var unused = history.answer(item.getKeyRequest());
        yield CompletableFuture.completedFuture(true);
      }
      // A newer server's item: nothing that this version could do with it.
      case ITEM_NOT_SET -> CompletableFuture.completedFuture(false);
    };
  }

  private CompletableFuture<Boolean> install(SealedKeyItem item) {
    GroupId group = EntryWire.group(item.getGroupId());
    return context
        .calls()
        .<Void>retried(Retries.untilDone(), failed -> epochs.fetch(group, item.getEpoch()))
        .handleAsync((installed, failure) -> judged(group, item, failure), context.loop());
  }

  /** What does not verify, or is gone, will not get better: it is told and passed by. */
  private boolean judged(GroupId group, SealedKeyItem item, @Nullable Throwable failure) {
    if (failure == null) {
      return true;
    }
    Throwable cause = Failures.of(failure);
    if (cause instanceof LocalMistake mistake) {
      throw mistake;
    }
    if (cause instanceof SecurityViolation violation) {
      watcher.warned(violation.problem());
    } else {
      LOG.warn(
          "epoch {} of group {} is not installed: {}", item.getEpoch(), group, cause.getMessage());
    }
    return false;
  }

  private CompletableFuture<Void> acknowledge(long upTo) {
    AcknowledgeInboxRequest request =
        AcknowledgeInboxRequest.newBuilder().setUpToSequence(upTo).build();
    return context
        .calls()
        .<AcknowledgeInboxResponse>retried(
            Retries.untilDone(),
            failed ->
                context.calls().once(DeliveryServiceGrpc.getAcknowledgeInboxMethod(), request))
        .thenAcceptAsync(acknowledged -> done = upTo, context.loop());
  }
}
