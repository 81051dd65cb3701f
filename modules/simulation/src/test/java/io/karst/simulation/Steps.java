package io.karst.simulation;

import io.karst.client.api.GroupChannel;
import io.karst.client.device.LiveDevice;
import io.karst.client.wire.DeviceWire;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.ClaimKeysRequest;
import io.karst.wire.v1.DeviceServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What may happen, each with its weight. Everything is drawn from the world's dice. */
final class Steps {

  /** Groups of so many in a hundred forget what they have read. */
  private static final int FORGETTING = 15;

  /** At a time; more make rosters larger, and nothing else. */
  private static final int DEVICES_MAX = 2;

  /** Over a run, revoked ones included: each has a store of its own. */
  private static final int DEVICES_EVER_MAX = 4;

  private static final int EPOCHS_ASKED_MAX = 4;

  /** A device has 100 on the server. */
  private static final int KEYS_DRAINED_MAX = 110;

  private static final Duration SPELL_MAX = Duration.ofMinutes(3);
  private static final Duration JUMP_MAX = Duration.ofMinutes(20);

  private final World world;
  private final List<Phone> phones;
  private final List<GroupId> groups;
  private final List<Said> said = new ArrayList<>();
  private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);

  /** Kinds of steps, and how many of a thousand are of each. */
  enum Kind {
    SEND(671),
    ADD(35),
    REMOVE(20),
    LEAVE(15),
    ROTATE(20),
    COMPROMISE(10),
    POLICY(10),
    LINK(6),
    REVOKE(5),
    SHARE(8),
    ASK(7),
    SESSIONS_LOST(3),
    PHONE_CRASHES(40),
    GROUP_CRASHES(45),
    MEMBER_CRASHES(35),
    OFFLINE(25),
    CLOCK_JUMPS(15),
    KEYS_RUN_OUT(5),
    PAUSE(25);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    int weight() {
      return weight;
    }
  }

  Steps(World world, List<Phone> phones, List<GroupId> groups) {
    this.world = world;
    this.phones = phones;
    this.groups = groups;
  }

  List<Said> said() {
    return said;
  }

  /** How often each kind of step was taken, and was not in vain. */
  Map<Kind, Integer> done() {
    return done;
  }

  void take() {
    int drawn = dice().below(1000);
    for (Kind kind : Kind.values()) {
      drawn -= kind.weight;
      if (drawn < 0) {
        if (take(kind)) {
          done.merge(kind, 1, Integer::sum);
        }
        return;
      }
    }
    throw new IllegalStateException("the weights make a thousand");
  }

  private boolean take(Kind kind) {
    return switch (kind) {
      case SEND -> inGroup((phone, channel) -> send(phone, channel));
      case ADD -> asOwner(channel -> ignore(channel.add(anybody(), Role.MEMBER)));
      case REMOVE -> asOwner(channel -> ignore(channel.remove(anybody())));
      case LEAVE -> inGroup((phone, channel) -> ignore(channel.leave()));
      case ROTATE -> inGroup((phone, channel) -> ignore(channel.rotate()));
      case COMPROMISE -> inGroup((phone, channel) -> ignore(channel.reportCompromise()));
      case POLICY -> asOwner(channel -> ignore(channel.setPolicy(policy())));
      case LINK -> link(anyPhone());
      case REVOKE -> revoke();
      case SHARE ->
        asOwner(channel -> ignore(channel.shareHistory(anyPhone().self(), anyEpoch(channel))));
      case ASK -> inGroup((phone, channel) -> ask(channel));
      case SESSIONS_LOST -> loseSessions(anyPhone());
      case PHONE_CRASHES -> crash(anyPhone());
      case GROUP_CRASHES -> crash(world.backend().group(dice().one(groups)));
      case MEMBER_CRASHES -> crash(world.backend().member(anybody()));
      case OFFLINE -> goOffline(anyPhone());
      case CLOCK_JUMPS -> jump();
      case KEYS_RUN_OUT -> drain(anyPhone());
      case PAUSE -> pause();
    };
  }

  /** Policies under which limits are met within a run. */
  Policy policy() {
    Policy policy = new Policy(
        Duration.ofMillis(dice().between(0, 20_000)),
        Duration.ofSeconds(dice().between(60, 7200)),
        1 + dice().below(40));
    return dice().percent(FORGETTING)
        ? policy.thatForgets()
        : policy.with(dice().one(List.of(History.values())));
  }

  /** Every group starts one more epoch, and crashes before anybody is told. */
  void lastEpochs() {
    for (GroupId group : groups) {
      world.backend().group(group).crashAtNextEpoch();
      boolean unused = asOwner(group, channel -> ignore(channel.rotate()));
    }
  }

  /** Somebody speaks in every group: rotations that everybody has slept through come now. */
  void lastWords() {
    for (GroupId group : groups) {
      Optional<Phone> speaker = phones.stream()
          .filter(phone -> phone.device().isPresent() && phone.isIn(group))
          .findFirst();
      speaker.ifPresent(phone -> act(phone, group, this::send));
    }
  }

  private Dice dice() {
    return world.dice();
  }

  private MemberId anybody() {
    return anyPhone().self().member();
  }

  private Phone anyPhone() {
    return dice().one(phones.stream().filter(phone -> !phone.isGone()).toList());
  }

  private interface InGroup {
    boolean act(Phone phone, GroupChannel channel);
  }

  private interface AsOwner {
    boolean act(GroupChannel channel);
  }

  /** By somebody who believes to be in a group. */
  private boolean inGroup(InGroup what) {
    GroupId group = dice().one(groups);
    int first = dice().below(phones.size());
    for (int i = 0; i < phones.size(); i++) {
      Phone phone = phones.get((first + i) % phones.size());
      if (phone.device().isPresent() && phone.isIn(group)) {
        return act(phone, group, what);
      }
    }
    return false;
  }

  private boolean asOwner(AsOwner what) {
    return asOwner(dice().one(groups), what);
  }

  private boolean asOwner(GroupId group, AsOwner what) {
    Map<MemberId, Role> roles = world.backend().group(group).log().group().members();
    Optional<Phone> owner = phones.stream()
        .filter(phone -> roles.get(phone.self().member()) == Role.OWNER)
        .filter(phone -> phone.device().isPresent() && phone.isIn(group))
        .findFirst();
    return owner.isPresent() && act(owner.get(), group, (phone, channel) -> what.act(channel));
  }

  private static boolean act(Phone phone, GroupId group, InGroup what) {
    LiveDevice device = phone.device().orElseThrow();
    try {
      return what.act(phone, device.group(group));
    } catch (Disk.PowerCut cut) {
      return true;
    }
  }

  private boolean send(Phone phone, GroupChannel channel) {
    long number = said.size();
    Said message = new Said(channel.id(), phone.self(), number, new CompletableFuture<>());
    said.add(message);
    var unused = channel.send(message.text()).whenComplete((receipt, failure) -> {
      if (failure == null) {
        message.receipt().complete(receipt);
      } else {
        message.receipt().completeExceptionally(failure);
      }
    });
    return true;
  }

  /** Refusals are part of life: what must hold is looked at in the end. */
  private static boolean ignore(CompletableFuture<?> outcome) {
    return !outcome.isCompletedExceptionally();
  }

  private boolean loseSessions(Phone phone) {
    if (phone.device().isEmpty()) {
      return false;
    }
    phone.loseSessions(phones.stream().filter(peer -> peer != phone).toList());
    return true;
  }

  /** Asks others for keys, as who has lost some does. */
  private boolean ask(GroupChannel channel) {
    long from = anyEpoch(channel);
    return ignore(channel.requestKeys(from, from + dice().below(EPOCHS_ASKED_MAX)));
  }

  private long anyEpoch(GroupChannel channel) {
    return dice().between(1, Math.max(1, channel.epoch()));
  }

  /** The member gets one more device. */
  private boolean link(Phone phone) {
    List<Phone> family = phone.family();
    long there = family.stream().filter(one -> !one.isGone()).count();
    if (there >= DEVICES_MAX || family.size() >= DEVICES_EVER_MAX) {
      return false;
    }
    Phone another = phone.another();
    phones.add(another);
    another.start();
    return true;
  }

  /** One of a member's devices takes another one away. */
  private boolean revoke() {
    List<Phone> victims = phones.stream()
        .filter(phone -> phone.device().isPresent() && sibling(phone).isPresent())
        .toList();
    if (victims.isEmpty()) {
      return false;
    }
    Phone victim = dice().one(victims);
    LiveDevice by = sibling(victim).flatMap(Phone::device).orElseThrow();
    return ignore(by.revokeDevices(List.of(victim.self().device())));
  }

  /** Another device of the same member that is there. */
  private static Optional<Phone> sibling(Phone phone) {
    return phone.family().stream()
        .filter(other -> other != phone && other.device().isPresent())
        .findFirst();
  }

  /** At once, or in the middle of a transaction that comes. */
  private boolean crash(Phone phone) {
    if (phone.life().isEmpty()) {
      return false;
    }
    if (dice().percent(50)) {
      phone.crash();
    } else {
      phone.life().get().disk().crashIn(1 + dice().below(20), dice().percent(50));
    }
    return true;
  }

  private boolean crash(Persistent<?> process) {
    switch (dice().below(3)) {
      case 0 -> process.crash();
      case 1 -> process.crashNext(Persistent.Crash.BEFORE);
      default -> process.crashNext(Persistent.Crash.AFTER);
    }
    return true;
  }

  private boolean goOffline(Phone phone) {
    return phone
        .life()
        .map(life -> {
          life.road().cut();
          long away = dice().between(1000, SPELL_MAX.toMillis());
          world.time().after(Duration.ofMillis(away), life.road()::mend);
          return true;
        })
        .orElse(false);
  }

  private boolean jump() {
    VirtualTime.WallClock clock =
        dice().percent(30) ? world.serverClock() : anyPhone().clock();
    long by = dice().between(-JUMP_MAX.toMillis(), JUMP_MAX.toMillis());
    clock.jump(Duration.ofMillis(by));
    return true;
  }

  /** Somebody takes all of a device's one-time keys. */
  private boolean drain(Phone victim) {
    return anyPhone()
        .calls()
        .map(calls -> {
          ClaimKeysRequest request = ClaimKeysRequest.newBuilder()
              .addDevices(DeviceWire.address(victim.self()))
              .build();
          for (int i = 0; i < KEYS_DRAINED_MAX; i++) {
            var unused = calls.once(DeviceServiceGrpc.getClaimKeysMethod(), request);
          }
          return true;
        })
        .orElse(false);
  }

  private boolean pause() {
    world.time().pass(Duration.ofMillis(dice().between(10_000, 300_000)));
    return true;
  }
}
