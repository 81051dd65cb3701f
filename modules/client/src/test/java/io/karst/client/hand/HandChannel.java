package io.karst.client.hand;

import io.karst.client.api.SecurityProblem;
import io.karst.client.channel.EntrySink;
import io.karst.client.channel.EntrySource;
import io.karst.client.channel.LiveChannel;
import io.karst.client.epoch.Committer;
import io.karst.client.epoch.Directory;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.Epochs;
import io.karst.client.epoch.Founder;
import io.karst.client.history.History;
import io.karst.client.wire.Entry;
import io.karst.client.wire.LogItem;
import io.karst.client.work.DeviceContext;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.merkle.Head;
import io.karst.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The SDK's channel of one group in one life of a device, and an application that listens. */
public final class HandChannel extends HandApplication implements EntrySource {

  private final List<SecurityProblem> problems = new ArrayList<>();
  private final LiveChannel channel;
  private Optional<EntrySink> sink = Optional.empty();

  private HandChannel(DeviceContext context, GroupId group) {
    Directory directory = new Directory(context, this);
    Epochs epochs = new Epochs(context, directory, this);
    Committer committer = new Committer(context, directory, epochs);
    History history = new History(context, epochs, committer, this);
    this.channel = new LiveChannel(
        context, group, new LiveChannel.Parts(epochs, committer, history, this, this, steps -> {}));
  }

  /** Creates a group of the device's member and these. */
  public static GroupId found(HandPhone phone, VirtualTime time, MemberId... others) {
    return found(phone, time, Policy.DEFAULT, others);
  }

  /** Creates a group with a policy. */
  public static GroupId found(
      HandPhone phone, VirtualTime time, Policy policy, MemberId... others) {
    DeviceContext context = phone.context();
    EpochWatcher nobody = watcher(phone);
    Directory directory = new Directory(context, nobody);
    Map<MemberId, Role> members = new TreeMap<>();
    Arrays.asList(others).forEach(member -> members.put(member, Role.MEMBER));
    CompletableFuture<GroupId> created = new Founder(
            context, directory, new Epochs(context, directory, nobody))
        .create(new Founder.Draft("friends", members, policy));
    time.settle();
    return created.join();
  }

  /** Opens the group in the device's present life, and listens. */
  public static HandChannel open(HandPhone phone, VirtualTime time, GroupId group) {
    HandChannel opened = new HandChannel(phone.context(), group);
    opened.channel.receive().subscribe(opened);
    time.settle();
    return opened;
  }

  /** Of no group: nobody subscribes to it. */
  public static HandChannel watcher(HandPhone phone) {
    return new HandChannel(phone.context(), new GroupId("0".repeat(32)));
  }

  /** Is told of a group that somebody else has created, by its present epoch. */
  public static void join(HandPhone phone, VirtualTime time, GroupId group) {
    var unused = new HandChannel(phone.context(), group).channel.policy();
    time.settle();
  }

  public LiveChannel channel() {
    return channel;
  }

  /** What was told as a violation, and not to the application that listens. */
  public List<SecurityProblem> problems() {
    return List.copyOf(problems);
  }

  /** The subscription begins before the entry at an offset. */
  public void started(long offset) {
    sink.orElseThrow().started(new EntrySink.Start(offset, List.of(), Optional.empty()));
  }

  /** The log goes on with these. */
  public void entries(Entry... entries) {
    Bytes leaf = Bytes.copyOf(new byte[32]);
    sink.orElseThrow()
        .entries(
            Arrays.stream(entries)
                .map(entry -> new LogItem(entry, leaf, Optional.empty()))
                .toList(),
            1);
  }

  /** All entries of the log were told. */
  public void caughtUp(long size) {
    sink.orElseThrow().caughtUp(new Head(size, Bytes.copyOf(new byte[32])));
  }

  @Override
  public void subscribe(GroupId group, EntrySink subscribed) {
    sink = Optional.of(subscribed);
  }

  @Override
  public void unsubscribe(GroupId group) {
    sink = Optional.empty();
  }

  @Override
  public void warned(SecurityProblem problem) {
    problems.add(problem);
  }
}
