package io.karst.acceptance.scenario;

import static io.karst.acceptance.scenario.Town.get;

import io.karst.client.KarstClient;
import io.karst.client.api.ChannelEvent.EpochStarted;
import io.karst.client.api.ChannelEvent.Message;
import io.karst.client.api.ChannelEvent.Unreadable;
import io.karst.client.api.Device;
import io.karst.client.api.DeviceEvent;
import io.karst.client.api.DeviceEvent.KeysShared;
import io.karst.client.api.Explanation.Evidence;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.HistoryPage;
import io.karst.client.api.PendingDevice;
import io.karst.client.api.verification.Verification;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Receipt;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A member with one of its devices. It listens to every group that it is in. */
final class Person {

  /** Each takes some milliseconds. */
  private static final int LOOKS_MAX = 2_000;

  private final Town town;
  private final Home home;
  private final Map<Group, Hearing> hearings = new ConcurrentHashMap<>();
  private final Notebook<DeviceEvent> news = new Notebook<>();
  private KarstClient client;
  private Device device;

  private Person(Town town, Home home, KarstClient client, Device device) {
    this.town = town;
    this.home = home;
    this.client = client;
    this.device = device;
    var unused = news.follow(device.events());
  }

  static Person register(Town town, String name) {
    Home home = new Home(town.site());
    KarstClient client = home.connect();
    String token = town.site().server().enrolmentToken();
    return new Person(
        town,
        home,
        client,
        get(client.register(home.location(), new MemberId(name), new DeviceId("phone"), token)));
  }

  MemberId id() {
    return address().member();
  }

  DeviceAddress address() {
    return device.address();
  }

  Device device() {
    return device;
  }

  Home home() {
    return home;
  }

  /** Founds a group with these as plain members, who listen from now on. */
  Group founds(Person... others) {
    return founds(Policy.DEFAULT, others);
  }

  Group founds(Policy policy, Person... others) {
    return founds(policy, Role.MEMBER, others);
  }

  Group founds(Policy policy, Role role, Person... others) {
    Group group = foundsUnheard(policy, role, others);
    Stream.of(others).forEach(other -> other.listensTo(group));
    return group;
  }

  /** Founds a group with these as plain members, who do not listen yet. */
  Group foundsUnheard(Person... others) {
    return foundsUnheard(Policy.DEFAULT, Role.MEMBER, others);
  }

  /** Founds a group with these, who do not listen yet. */
  Group foundsUnheard(Policy policy, Role role, Person... others) {
    Map<MemberId, Role> roles =
        Stream.of(others).collect(Collectors.toMap(Person::id, person -> role));
    GroupChannel channel = get(device.createGroup("friends", roles, policy));
    Group group = town.found(this, channel.id());
    listensTo(group);
    return group;
  }

  /** Says something, which is in the log when this returns. Answers where. */
  long says(Group group, String text) {
    return get(sends(group, text)).offset();
  }

  void says(Group group, String first, String... more) {
    var unused = says(group, first);
    Stream.of(more).forEach(text -> says(group, text));
  }

  CompletableFuture<Receipt> sends(Group group, String text) {
    return group.saying(text, channel(group).send(text));
  }

  /** Says one thing after the other, until told to stop. */
  Talk keepsTalkingIn(Group group) {
    return Talk.start(this, group);
  }

  /** Waits until this was heard. */
  Message hears(Group group, String text) {
    return hearing(group).await(Message.class, message -> Hearing.text(message).equals(text), text);
  }

  /** Waits until it is told that it cannot read the message at an offset. Answers why. */
  UnreadableReason isLeftWithout(Group group, long offset) {
    return hearing(group)
        .await(Unreadable.class, unreadable -> unreadable.offset() == offset, "offset " + offset)
        .why();
  }

  /** Lets others in, who listen from then on. */
  void adds(Group group, Person... others) {
    List<CompletableFuture<Long>> added =
        Stream.of(others).map(other -> channel(group).add(other.id())).toList();
    added.forEach(Town::get);
    Stream.of(others).forEach(other -> other.listensTo(group));
  }

  void removes(Group group, Person other) {
    var unused = get(channel(group).remove(other.id()));
  }

  void leaves(Group group) {
    get(channel(group).leave());
  }

  /** Starts the epoch after the newest one that it knows, or finds that somebody else did. */
  void rotates(Group group) {
    var unused = get(channel(group).rotate());
  }

  /** Looks through the inbox, and listens to a group of which it is. */
  void listensTo(Group group) {
    int looks = 0;
    do {
      get(device.synchronize());
      looks++;
    } while (!knows(group) && looks < LOOKS_MAX);
    hearing(group).listen(channel(group));
  }

  /** Keys reach the inboxes of a group a few at a time. */
  private boolean knows(Group group) {
    return device.groups().stream().anyMatch(known -> known.id().equals(group.id()));
  }

  /** Adds a device to the member. It is in the groups from their next epochs on. */
  Person links(String name) {
    Home other = new Home(town.site());
    KarstClient connected = other.connect();
    PendingDevice pending = connected.link(other.location(), id(), new DeviceId(name));
    var unused = get(device.addDevice(pending.code()));
    return town.moveIn(new Person(town, other, connected, get(pending.linked())));
  }

  /** Takes a device away from the member. */
  void revokes(Person other) {
    var unused = get(device.revokeDevices(List.of(other.address().device())));
  }

  void goesOffline() {
    client.close();
  }

  /**
   * Opens the device where it reaches nobody, writes, and closes it again. What was written is sent
   * when it comes back.
   */
  void writesOffline(Group group, String... texts) {
    try (KarstClient alone = home.connectToNobody()) {
      GroupChannel channel = alone.open(home.location()).group(group.id());
      for (String text : texts) {
        var unused = channel.send(text);
        group.written(text);
      }
    }
  }

  /** Nothing is left of its keys but those of the account. */
  void losesItsKeys() {
    home.loseKeys();
  }

  /** Asks the others for the keys of an epoch. */
  void asksForKeys(Group group, long epoch) {
    get(channel(group).requestKeys(epoch, epoch));
  }

  /** Gives a device the keys of the epochs from one on in which it was not. */
  void sharesHistory(Group group, Person to, long fromEpoch) {
    get(channel(group).shareHistory(to.address(), fromEpoch));
  }

  /** Waits until another device gave keys. */
  void isGivenKeysBy(Person giver) {
    var unused = news.await(
        KeysShared.class,
        shared -> shared.by().equals(giver.address()),
        "keys of " + giver.address());
  }

  /** Reads the past once more, from an epoch on, and keeps what it finds. */
  void looksUp(Group group, long fromEpoch) {
    HistoryPage page = get(channel(group).history(fromEpoch));
    hearing(group).lookedUp(page.events());
    while (page.hasMore()) {
      page = get(channel(group).historyFrom(page.nextOffset()));
      hearing(group).lookedUp(page.events());
    }
  }

  /** Gives up what nobody has the keys of. */
  void resets(Group group) {
    var unused = get(channel(group).reset());
  }

  void reportsCompromise(Group group) {
    get(channel(group).reportCompromise());
  }

  /** Why this device cannot read the message at an offset, as the server says. */
  UnreadableReason isToldWhy(Group group, long offset, Person reader) {
    return get(channel(group).explain(offset, reader.address())).reason();
  }

  /** What the server knows of a device's way to the message at an offset. */
  Evidence isToldHow(Group group, long offset, Person reader) {
    return get(channel(group).explain(offset, reader.address())).evidence().orElseThrow();
  }

  /** Begins to compare with somebody, who does the same. */
  CompletableFuture<Verification> meets(Group group, Person other) {
    return device.verifications().start(group.id(), other.address());
  }

  Notebook<DeviceEvent> news() {
    return news;
  }

  /** Opens the device again, and goes on listening. */
  void comesBack() {
    reopens();
    hearings.keySet().forEach(this::listensTo);
  }

  /** Opens the device again. */
  void reopens() {
    client = home.connect();
    device = client.open(home.location());
    var unused = news.follow(device.events());
  }

  /** This device's clock alone jumps. */
  void clockJumps(Duration by) {
    home.clockJumps(by);
  }

  GroupChannel channel(Group group) {
    return device.group(group.id());
  }

  Hearing hearing(Group group) {
    return hearings.computeIfAbsent(group, first -> new Hearing());
  }

  /** Waits until a new epoch was heard of that began for this reason. */
  void hearsOfEpoch(Group group, RotationReason reason) {
    var unused = hearing(group)
        .await(
            EpochStarted.class,
            started -> started.reason() == reason,
            "an epoch because of " + reason);
  }

  void close() {
    client.close();
  }
}
