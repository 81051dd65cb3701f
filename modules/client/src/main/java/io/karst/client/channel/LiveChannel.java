package io.karst.client.channel;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.EpochAccess;
import io.karst.client.api.Explanation;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.GroupMember;
import io.karst.client.api.HistoryPage;
import io.karst.client.epoch.Committer;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.Epochs;
import io.karst.client.history.History;
import io.karst.client.store.EpochRow;
import io.karst.client.store.GroupRow;
import io.karst.client.verification.HeardStep;
import io.karst.client.wire.GroupView;
import io.karst.client.work.DeviceContext;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Change;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Receipt;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.merkle.Head;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A group channel over a device's connection and store. Thread-safe. */
public final class LiveChannel implements GroupChannel {

  private final DeviceContext context;
  private final GroupId group;
  private final Committer committer;
  private final History history;
  private final Ending ending;
  private final Tuning tuning;
  private final AccessQuestions access;
  private final Sender sender;
  private final Receiver receiver;

  /**
   * What channels share with their device.
   *
   * @param verifications takes what is not for the application
   */
  public record Parts(
      Epochs epochs,
      Committer committer,
      History history,
      EpochWatcher watcher,
      EntrySource source,
      Consumer<List<HeardStep>> verifications) {}

  public LiveChannel(DeviceContext context, GroupId group, Parts parts) {
    this.context = context;
    this.group = group;
    this.committer = parts.committer();
    this.history = parts.history();
    this.ending = new Ending(context, group);
    this.tuning = new Tuning(context, group);
    this.access = new AccessQuestions(context, group);
    this.sender = new Sender(context, group, parts);
    this.receiver = new Receiver(context, group, parts.source(), reader(context, group, parts));
  }

  private static Reader reader(DeviceContext context, GroupId group, Parts parts) {
    var turn = new RotationTurn(context, group, parts.committer());
    return new Reader(context, group, parts, turn);
  }

  /** Sends what an earlier run left. On the device's thread. */
  public void resume() {
    sender.resume();
  }

  /**
   * Stores what is not stored yet, and delivers nothing more. Completes when that is done. On the
   * device's thread.
   */
  public CompletableFuture<Integer> stop() {
    sender.store();
    return receiver.stop();
  }

  /** Ends the subscriber. On the device's thread. */
  public void close() {
    receiver.close();
  }

  @Override
  public GroupId id() {
    return group;
  }

  @Override
  public String name() {
    return context
        .now(memory -> memory.tables().groups().find(group))
        .map(GroupRow::name)
        .orElse(group.value());
  }

  @Override
  public CompletableFuture<Receipt> send(Content content) {
    return context.serve(() -> sender.send(content));
  }

  @Override
  public Flow.Publisher<ChannelEvent> receive() {
    return receiver;
  }

  @Override
  public CompletableFuture<Long> rotate() {
    return context.serve(() -> committer.rotate(group, epoch()));
  }

  @Override
  public CompletableFuture<Long> add(MemberId member, Role role) {
    return change(new Change.Add(member, role)).whenComplete((epoch, failure) -> {
      if (failure == null) {
        context.loop().post(() -> history.welcome(group, member));
      }
    });
  }

  @Override
  public CompletableFuture<Long> remove(MemberId member) {
    return change(new Change.Remove(member));
  }

  @Override
  public CompletableFuture<Long> setRole(MemberId member, Role role) {
    return change(new Change.SetRole(member, role));
  }

  @Override
  public CompletableFuture<Void> reportCompromise() {
    return context.serve(tuning::reportCompromise);
  }

  @Override
  public CompletableFuture<Long> reset() {
    return context.serve(() -> committer.reset(group));
  }

  @Override
  public CompletableFuture<Policy> policy() {
    return context.serve(() -> committer.view(group).thenApply(GroupView::policy));
  }

  @Override
  public CompletableFuture<Void> setPolicy(Policy policy) {
    return context.serve(() -> tuning.set(policy));
  }

  @Override
  public CompletableFuture<Void> shareHistory(DeviceAddress to, long fromEpoch) {
    return context.serve(() -> history.give(group, to, fromEpoch));
  }

  @Override
  public CompletableFuture<Void> requestKeys(long fromEpoch, long toEpoch) {
    return context.serve(() -> history.ask(group, fromEpoch, toEpoch));
  }

  @Override
  public CompletableFuture<HistoryPage> history(long fromEpoch) {
    return context.serve(() -> history.fromEpoch(group, fromEpoch));
  }

  @Override
  public CompletableFuture<HistoryPage> historyFrom(long offset) {
    return context.serve(() -> history.fromOffset(group, offset));
  }

  @Override
  public CompletableFuture<Void> leave() {
    return context.serve(ending::leave);
  }

  @Override
  public CompletableFuture<Void> archive() {
    return context.serve(ending::archive);
  }

  @Override
  public CompletableFuture<List<GroupMember>> members() {
    return context.serve(() -> committer.view(group).thenApply(LiveChannel::members));
  }

  @Override
  public CompletableFuture<Explanation> explain(long offset, DeviceAddress device) {
    return context.serve(() -> access.explain(offset, device));
  }

  @Override
  public CompletableFuture<List<EpochAccess>> epochAccess(MemberId member, long from, long to) {
    return context.serve(() -> access.epochs(member, from, to));
  }

  @Override
  public long epoch() {
    return manifest().map(signed -> signed.manifest().epoch()).orElse(0L);
  }

  @Override
  public Optional<SignedManifest> manifest() {
    return context.now(memory -> memory.tables().epochs().newest(group)).map(EpochRow::manifest);
  }

  @Override
  public Optional<Head> head() {
    return context.now(memory -> memory.tables().groups().newestHead(group));
  }

  private CompletableFuture<Long> change(Change change) {
    return context.serve(() -> committer.change(group, change));
  }

  private static List<GroupMember> members(GroupView view) {
    return view.members().entrySet().stream()
        .map(member -> new GroupMember(member.getKey(), member.getValue()))
        .toList();
  }
}
