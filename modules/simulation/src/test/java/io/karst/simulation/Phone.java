package io.karst.simulation;

import io.karst.client.api.DeviceEvent;
import io.karst.client.api.LinkCode;
import io.karst.client.device.Linking;
import io.karst.client.device.LiveDevice;
import io.karst.client.device.Registration;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.GroupRow;
import io.karst.client.store.OlmTable;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.client.transport.ServerCalls;
import io.karst.client.transport.TokenHolder;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.DeviceLoop;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.olm.Account;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.edge.call.Principal;
import io.karst.testkit.time.VirtualExecutor;
import io.karst.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A device with the real SDK on it, life after life over the same disk. */
final class Phone {

  private static final Duration REBOOT_MAX = Duration.ofSeconds(20);
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(30);

  private final World world;
  private final DeviceAddress self;
  private final Dice dice;
  private final VirtualTime.WallClock clock;
  private final SqliteStore store = SqliteStore.inMemory();
  private final Pickler pickler;
  private final Ears ears;
  private final List<Phone> family;
  private Optional<Life> life = Optional.empty();
  private boolean gone;
  private boolean forgetful;

  /** From one start to the next crash. */
  record Life(
      VirtualExecutor executor, Road road, Disk disk, DeviceContext context, Running running) {}

  /** The SDK's device, once it is registered. */
  static final class Running {
    private Optional<LiveDevice> device = Optional.empty();
  }

  /** A member's first device. */
  Phone(World world, DeviceAddress self) {
    this(world, self, new ArrayList<>());
  }

  /** One more device of a member, which one of its devices is to link. */
  Phone(World world, DeviceAddress self, List<Phone> family) {
    this.world = world;
    this.self = self;
    this.family = family;
    family.add(this);
    this.dice = world.dice(self.toString());
    this.clock = world.time().clock();
    this.ears = new Ears(world, this);
    try {
      this.pickler = new Pickler(PickleKey.fromBytes(dice.next(PickleKey.LENGTH)), dice);
    } catch (KeyRejectedException e) {
      throw new IllegalStateException("a key has its length", e);
    }
  }

  DeviceAddress self() {
    return self;
  }

  Ears ears() {
    return ears;
  }

  /** All devices that the member ever had, in the order of their linking. */
  List<Phone> family() {
    return List.copyOf(family);
  }

  /** One more device of the same member. */
  Phone another() {
    DeviceId id = new DeviceId("phone" + family.size());
    return new Phone(world, new DeviceAddress(self.member(), id), family);
  }

  /** Whether the device knows that it was revoked. */
  boolean isGone() {
    return gone;
  }

  VirtualTime.WallClock clock() {
    return clock;
  }

  Optional<Life> life() {
    return life;
  }

  /** The running SDK, if the device is up and registered. */
  Optional<LiveDevice> device() {
    return life.flatMap(now -> now.running().device);
  }

  Optional<ServerCalls> calls() {
    return device().flatMap(up -> life).map(now -> now.context().calls());
  }

  /** Whether the device believes that it is in a group. */
  boolean isIn(GroupId group) {
    return read(memory -> memory
        .tables()
        .groups()
        .find(group)
        .filter(row -> row.standing() == GroupRow.Standing.ACTIVE)
        .isPresent());
  }

  /** Looks at what is stored. */
  <T> T read(Function<Unsealed, T> what) {
    return new DeviceMemory(store, pickler).transaction(what);
  }

  void start() {
    VirtualExecutor executor = new VirtualExecutor(world.time());
    Road road = new Road(world, dice);
    Disk disk = new Disk(store, () -> world.time().after(Duration.ZERO, this::crash));
    DeviceMemory memory = new DeviceMemory(disk, pickler);
    DeviceLoop loop = new DeviceLoop(executor, () -> true);
    ServerCalls calls = new ServerCalls(
        road, TokenHolder.none(clock), new ServerCalls.Timing(CALL_DEADLINE, executor, dice));
    boolean registered = read(stored ->
        stored.tables().account().find().filter(row -> row.registered()).isPresent());
    DeviceIdentity unknown =
        new DeviceIdentity(self.device(), Bytes.copyOf(new byte[32]), Bytes.copyOf(new byte[32]));
    DeviceContext context = new DeviceContext(
        self, unknown, loop, memory, calls, world.signatures(), clock, dice, executor);
    Life begun = new Life(executor, road, disk, context, new Running());
    life = Optional.of(begun);
    if (registered) {
      run(begun);
    } else if (family.get(0) == this) {
      var unused = new Registration(memory, loop, calls, clock, dice)
          .register(self, self.member().value())
          .whenComplete((done, failure) -> begin(begun, failure));
    } else {
      link(begun);
    }
  }

  private void begin(Life begun, @Nullable Throwable failure) {
    if (failure == null) {
      run(begun);
    } else if (!begun.executor().isDead()) {
      world.time().after(CALL_DEADLINE, this::crash);
    }
  }

  private void link(Life begun) {
    LinkCode code = read(memory -> Linking.prepare(memory, self, dice, clock.instant()));
    begun.road().knownAs(principal(code.identity()));
    vouched(begun, code);
    var unused = new Linking(begun.context())
        .await(code)
        .whenComplete((done, failure) -> begin(begun, failure));
  }

  /** Shows its code to one of the member's devices, again and again. */
  private void vouched(Life begun, LinkCode code) {
    boolean waits = begun.running().device.isEmpty() && !begun.executor().isDead();
    if (waits) {
      family.stream().flatMap(phone -> phone.device().stream()).findFirst().ifPresent(sibling -> {
        var unused = sibling.addDevice(code);
      });
      world.time().after(CALL_DEADLINE, () -> vouched(begun, code));
    }
  }

  private Principal principal(DeviceIdentity identity) {
    return new Principal(self, AccountRole.MEMBER, identity.ed25519Key());
  }

  private void run(Life begun) {
    DeviceIdentity identity = read(memory -> identity(memory.account()));
    begun.road().knownAs(principal(identity));
    DeviceContext blank = begun.context();
    LiveDevice device = new LiveDevice(
        new DeviceContext(
            self,
            identity,
            blank.loop(),
            blank.memory(),
            blank.calls(),
            blank.signatures(),
            clock,
            dice,
            begun.executor()),
        () -> {});
    begun.running().device = Optional.of(device);
    device.events().subscribe(new DeviceEars());
    ears.reborn();
    device.start();
    device.groups().forEach(ears::listen);
  }

  /** Whether its pairwise sessions were ever lost. */
  boolean hasLostSessions() {
    return forgetful;
  }

  /** Its sessions with the peers are lost: what it has in their place, nobody else knows. */
  void loseSessions(List<Phone> peers) {
    forgetful = true;
    List<Bytes> keys = peers.stream()
        .map(peer -> peer.read(memory -> memory.tables().account().find().isPresent()
            ? identity(memory.account()).curve25519Key()
            : Bytes.EMPTY))
        .filter(key -> !key.isEmpty())
        .toList();
    boolean unused = read(memory -> {
      keys.forEach(key -> lose(memory, key));
      return true;
    });
  }

  private void lose(Unsealed memory, Bytes key) {
    OlmPeer peer = memory.peer(key);
    if (!peer.isEmpty()) {
      try {
        for (int i = 0; i < OlmTable.SESSIONS_MAX; i++) {
          Account stranger = Account.create(dice);
          peer.start(
              memory.account(),
              Bytes.copyOf(stranger.identityKeys().curve25519().bytes()));
        }
      } catch (KeyRejectedException e) {
        throw new IllegalStateException("a stranger's key is a key", e);
      }
      memory.savePeer(key, peer);
    }
  }

  /** Loses everything but the disk, and starts again after a while. */
  void crash() {
    stop();
    world.time().after(Duration.ofMillis(dice.between(100, REBOOT_MAX.toMillis())), () -> {
      if (life.isEmpty() && !gone) {
        start();
      }
    });
  }

  /** Is away with nothing under way. */
  void stop() {
    life.ifPresent(now -> {
      now.disk().kill();
      now.executor().kill();
      now.road().abandon();
    });
    life = Optional.empty();
  }

  private DeviceIdentity identity(Account account) {
    return new DeviceIdentity(
        self.device(),
        Bytes.copyOf(account.identityKeys().ed25519().bytes()),
        Bytes.copyOf(account.identityKeys().curve25519().bytes()));
  }

  /** The application's ear for what happens outside of groups. */
  private final class DeviceEars implements Flow.Subscriber<DeviceEvent> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(DeviceEvent event) {
      if (event instanceof DeviceEvent.GroupJoined joined) {
        ears.listen(joined.channel());
      } else if (event instanceof DeviceEvent.Revoked) {
        gone = true;
        world.time().after(Duration.ZERO, Phone.this::stop);
      } else if (event instanceof DeviceEvent.SecurityWarning warning) {
        world.violated(Violation.Kind.ALARM, self + ": " + warning.problem().summary());
      }
    }

    @Override
    public void onError(Throwable failure) {
      world.violated(Violation.Kind.ALARM, self + ": no device events: " + failure);
    }

    @Override
    public void onComplete() {}
  }
}
