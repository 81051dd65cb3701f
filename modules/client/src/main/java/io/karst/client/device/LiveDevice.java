package io.karst.client.device;

import io.karst.client.api.Device;
import io.karst.client.api.DeviceEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.LinkCode;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.OwnerChannel;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.verification.Verifications;
import io.karst.client.channel.LiveChannel;
import io.karst.client.desk.Desk;
import io.karst.client.epoch.Committer;
import io.karst.client.epoch.Directory;
import io.karst.client.epoch.EpochComplaints;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.Epochs;
import io.karst.client.epoch.Founder;
import io.karst.client.history.History;
import io.karst.client.owner.LiveOwnerChannel;
import io.karst.client.store.GroupRow;
import io.karst.client.work.DeviceContext;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device over its store and its connection. Thread-safe. */
public final class LiveDevice implements Device {

  private static final Logger LOG = LoggerFactory.getLogger(LiveDevice.class);

  /** A subscriber that takes longer over one event is told that event again by the next run. */
  private static final Duration TAKING_WAIT_MAX = Duration.ofSeconds(2);

  /** A subscriber so far behind misses what comes then. */
  static final int EVENTS_WAITING_MAX = 256;

  private final DeviceContext context;
  private final Runnable onClosed;
  private final Directory directory;
  private final OwnDevices ownDevices;
  private final EpochComplaints complaints;
  private final Founder founder;
  private final KeyKeeper keys;
  private final InboxReader inbox;
  private final DeliveryLink link;
  private final History history;
  private final LiveChannel.Parts parts;
  private final LiveOwnerChannel own;
  private final Desk desk;
  private final SubmissionPublisher<DeviceEvent> events;
  private final Map<GroupId, LiveChannel> channels = new ConcurrentHashMap<>();

  /** {@code onClosed} hears of the device's end. */
  public LiveDevice(DeviceContext context, Runnable onClosed) {
    this.context = context;
    this.onClosed = onClosed;
    this.events = new SubmissionPublisher<>(context.subscribers(), EVENTS_WAITING_MAX);
    EpochWatcher watcher = new Watcher();
    Directory directory = new Directory(context, watcher);
    this.directory = directory;
    this.ownDevices = new OwnDevices(context, directory);
    Epochs epochs = new Epochs(context, directory, watcher);
    this.complaints = new EpochComplaints(context);
    this.founder = new Founder(context, directory, epochs);
    this.keys = new KeyKeeper(context);
    Committer committer = new Committer(context, directory, epochs);
    this.history = new History(context, epochs, committer, watcher);
    this.inbox = new InboxReader(context, epochs, keys, watcher, history);
    this.link = new DeliveryLink(
        context,
        inbox,
        connected -> tell(new DeviceEvent.ConnectionChanged(connected)),
        watcher::warned,
        () -> tell(new DeviceEvent.Revoked()));
    this.desk = new Desk(
        context,
        directory,
        new Desk.Outside(
            (group, content) -> channel(group).send(content),
            asked -> tell(new DeviceEvent.VerificationRequested(asked))));
    this.parts = new LiveChannel.Parts(epochs, committer, history, watcher, link, desk::heard);
    this.own = new LiveOwnerChannel(context, directory, watcher, link);
  }

  /** Connects, and goes on with what an earlier run left. */
  public void start() {
    context.loop().post(this::begin);
  }

  @Override
  public DeviceAddress address() {
    return context.self();
  }

  @Override
  public DeviceIdentity identity() {
    return context.identity();
  }

  @Override
  public CompletableFuture<List<DeviceIdentity>> devices() {
    return context.serve(ownDevices::all);
  }

  @Override
  public CompletableFuture<List<DeviceIdentity>> addDevice(LinkCode code) {
    return context.serve(() -> ownDevices.add(code));
  }

  @Override
  public CompletableFuture<List<DeviceIdentity>> revokeDevices(Collection<DeviceId> devices) {
    return context.serve(() -> ownDevices.revoke(devices));
  }

  @Override
  public CompletableFuture<Void> acceptIdentity(MemberId member) {
    return context.serve(
        () -> directory.accept(member).thenRunAsync(this::catchUp, context.loop()));
  }

  @Override
  public Verifications verifications() {
    return desk;
  }

  @Override
  public CompletableFuture<GroupChannel> createGroup(
      String name, Map<MemberId, Role> members, Policy policy) {
    return context.serve(
        () -> founder.create(new Founder.Draft(name, members, policy)).thenApply(this::channel));
  }

  @Override
  public List<GroupChannel> groups() {
    return context.now(memory -> memory.tables().groups().all()).stream()
        .filter(LiveDevice::isGroup)
        .filter(row -> row.standing() != GroupRow.Standing.OUT)
        .<GroupChannel>map(row -> channel(row.id()))
        .toList();
  }

  @Override
  public GroupChannel group(GroupId id) {
    Optional<GroupRow> row = context.now(memory -> memory.tables().groups().find(id));
    if (row.filter(LiveDevice::isGroup).isEmpty()) {
      throw new LocalMistake(LocalMistake.Kind.UNKNOWN_GROUP, "this device knows no group " + id);
    }
    return channel(id);
  }

  private static boolean isGroup(GroupRow row) {
    return row.standing() != GroupRow.Standing.OWNER;
  }

  @Override
  public OwnerChannel ownMessages() {
    return own;
  }

  @Override
  public CompletableFuture<Void> synchronize() {
    return context.serve(inbox::drain);
  }

  @Override
  public Flow.Publisher<DeviceEvent> events() {
    return events;
  }

  @Override
  public void close() {
    // Before the loop ends: what is being taken now would else be told again by the next run.
    var unused = context
        .loop()
        .start(this::stop)
        .orTimeout(TAKING_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .handle((stopped, failure) -> true)
        .join();
    context.loop().close(this::end);
    events.close();
    onClosed.run();
  }

  /** Epochs that were refused because of what is accepted now. */
  private void catchUp() {
    context.memory().transaction(memory -> memory.tables().groups().all()).stream()
        .filter(row -> row.standing() != GroupRow.Standing.OUT)
        .forEach(row -> history.joined(row.id()));
  }

  private void begin() {
    context.memory().transaction(memory -> memory.tables().groups().all()).stream()
        .filter(LiveDevice::isGroup)
        .forEach(row -> {
          channel(row.id()).resume();
          complaints.repeat(row.id());
        });
    own.resume();
    link.open();
    history.recovery().resume();
    var unused = keys.check();
  }

  private CompletableFuture<Void> stop() {
    return CompletableFuture.allOf(
        Stream.concat(Stream.of(own.stop()), channels.values().stream().map(LiveChannel::stop))
            .toArray(CompletableFuture[]::new));
  }

  private void end() {
    channels.values().forEach(LiveChannel::close);
    own.close();
    link.close();
    context.memory().close();
  }

  private LiveChannel channel(GroupId id) {
    return channels.computeIfAbsent(id, group -> new LiveChannel(context, group, parts));
  }

  private void tell(DeviceEvent event) {
    int lag = events.offer(event, (subscriber, dropped) -> {
      LOG.warn("a subscriber of device events is too slow and misses one");
      return false;
    });
    LOG.trace("device event, lag {}", lag);
  }

  private final class Watcher implements EpochWatcher {

    @Override
    public void joined(GroupId group) {
      tell(new DeviceEvent.GroupJoined(channel(group)));
      history.joined(group);
    }

    @Override
    public void installed(GroupId group) {
      context.loop().post(() -> history.recovery().heed(group));
    }

    @Override
    public void keysShared(GroupId group, DeviceAddress by, long fromEpoch, long toEpoch) {
      tell(new DeviceEvent.KeysShared(channel(group), by, fromEpoch, toEpoch));
    }

    @Override
    public void devicesChanged(DeviceList list) {
      tell(new DeviceEvent.DevicesChanged(
          list.member(),
          list.version(),
          list.devices().stream().map(DeviceIdentity::device).toList()));
    }

    @Override
    public void warned(SecurityProblem problem) {
      LOG.warn("{}", problem.summary());
      tell(new DeviceEvent.SecurityWarning(problem));
    }
  }
}
