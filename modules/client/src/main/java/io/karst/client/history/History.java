package io.karst.client.history;

import io.karst.client.api.HistoryPage;
import io.karst.client.epoch.Committer;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.Epochs;
import io.karst.client.transport.Failures;
import io.karst.client.wire.EntryWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.wire.v1.KeyRequestItem;
import io.karst.wire.v1.KeyShareItem;
import io.karst.wire.v1.ReadHistoryRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The past of a device's groups. Used on the device's thread. */
public final class History {

  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  private final DeviceContext context;
  private final Committer committer;
  private final Granter granter;
  private final ShareTaker taker;
  private final Answerer answerer;
  private final HistoryReader reader;
  private final Recovery recovery;

  public History(DeviceContext context, Epochs epochs, Committer committer, EpochWatcher watcher) {
    this.context = context;
    this.committer = committer;
    this.granter = new Granter(context);
    this.answerer = new Answerer(context, committer, granter);
    this.reader = new HistoryReader(context, watcher);
    this.recovery = new Recovery(context, epochs, committer, reader);
    this.taker = new ShareTaker(context, watcher, recovery);
  }

  /** How keys are got back that this device should have. */
  public Recovery recovery() {
    return recovery;
  }

  /** Completes when it is known who was in an epoch before this device's first. */
  public CompletableFuture<Void> learn(GroupId group, long epoch) {
    return reader.learn(group, epoch);
  }

  /** Gives a device the keys of the epochs from one on in which it was not. */
  public CompletableFuture<Void> give(GroupId group, DeviceAddress to, long fromEpoch) {
    return granter.giveBefore(group, to, fromEpoch);
  }

  /** Learns what the policy of a group is that the device has joined just now. */
  public void joined(GroupId group) {
    context.loop().post(() -> {
      var unused = committer
          .view(group)
          .whenComplete((view, failure) -> told("the policy of a group is not known", failure));
    });
  }

  /** Gives a new member's devices everything, where the policy says so. */
  public void welcome(GroupId group, MemberId member) {
    var unused = committer
        .view(group)
        .thenComposeAsync(
            view -> view.policy().history() == io.karst.domain.history.History.WHOLE
                ? welcomeAll(group, member)
                : CompletableFuture.completedFuture(null),
            context.loop())
        .whenComplete((done, failure) -> told("history is not shared with " + member, failure));
  }

  private CompletableFuture<Void> welcomeAll(GroupId group, MemberId member) {
    List<DeviceAddress> devices = context
        .memory()
        .transaction(memory -> memory.tables().epochs().newest(group).stream()
            .flatMap(row -> row.manifest().manifest().roster().stream())
            .map(RosterEntry::address)
            .filter(device -> device.member().equals(member))
            .toList());
    long first = context
        .memory()
        .transaction(
            memory -> memory.tables().groups().find(group).orElseThrow().firstEpoch());
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (DeviceAddress device : devices) {
      done = done.thenComposeAsync(before -> give(group, device, first), context.loop());
    }
    return done;
  }

  /** Takes keys that another device gave; whatever is wrong with them is passed by. */
  public CompletableFuture<Boolean> take(KeyShareItem item) {
    return taker
        .take(EntryWire.group(item.getGroupId()), item.getOffset())
        .handle((taken, failure) -> {
          told("shared keys are not taken", failure);
          return failure == null;
        });
  }

  /** Answers another device's question, if it may have the keys. */
  public CompletableFuture<Void> answer(KeyRequestItem item) {
    return answerer.answer(item).handle((done, failure) -> {
      told("a request for keys is not answered", failure);
      return null;
    });
  }

  /** Asks others for keys of epochs. */
  public CompletableFuture<Void> ask(GroupId group, long fromEpoch, long toEpoch) {
    return recovery.want(group, new EpochRange(fromEpoch, toEpoch));
  }

  public CompletableFuture<HistoryPage> fromEpoch(GroupId group, long epoch) {
    return reader.read(
        group,
        ReadHistoryRequest.newBuilder()
            .setGroupId(group.value())
            .setEpoch(epoch)
            .build());
  }

  public CompletableFuture<HistoryPage> fromOffset(GroupId group, long offset) {
    return reader.read(
        group,
        ReadHistoryRequest.newBuilder()
            .setGroupId(group.value())
            .setOffset(offset)
            .build());
  }

  private static void told(String what, @org.jspecify.annotations.Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("{}: {}", what, Failures.of(failure).getMessage());
    }
  }
}
