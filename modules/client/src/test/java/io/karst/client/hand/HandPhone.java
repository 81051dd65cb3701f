package io.karst.client.hand;

import io.karst.client.memory.DeviceMemory;
import io.karst.client.memory.Unsealed;
import io.karst.client.store.AccountRow;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.client.transport.ServerCalls;
import io.karst.client.transport.TokenHolder;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.DeviceLoop;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.olm.Account;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.signature.Signatures;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Statement;
import io.karst.testkit.time.VirtualExecutor;
import io.karst.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A device with a store in memory, life after life. */
public final class HandPhone {

  private static final Duration CALL_DEADLINE = Duration.ofSeconds(30);
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private final DeviceAddress self;
  private final VirtualTime time;
  private final HandServer server;
  private final InstantSource clock;
  private final RandomBytes random;
  private final SqliteStore store = SqliteStore.inMemory();
  private final Pickler pickler;
  private final DeviceIdentity identity;
  private VirtualExecutor worker;
  private DeviceContext context;
  private int tokens;
  private long keys;

  /** A device whose clock is right. */
  public HandPhone(DeviceAddress self, VirtualTime time, HandServer server, long seed) {
    this(self, time, server, time, seed);
  }

  /** A device with a clock of its own. */
  public HandPhone(
      DeviceAddress self, VirtualTime time, HandServer server, InstantSource clock, long seed) {
    this.self = self;
    this.time = time;
    this.server = server;
    this.clock = clock;
    this.random = new Random(seed)::nextBytes;
    this.pickler = new Pickler(PickleKey.generate(random), random);
    Account account = Account.create(random);
    this.identity = new DeviceIdentity(
        self.device(),
        Bytes.copyOf(account.identityKeys().ed25519().bytes()),
        Bytes.copyOf(account.identityKeys().curve25519().bytes()));
    this.worker = new VirtualExecutor(time);
    this.context = born();
    does(memory -> {
      memory.addAccount(new AccountRow(self, true, Bytes.EMPTY, clock.instant()), account);
      return true;
    });
  }

  /** Its program ends, whatever it was about to do, and starts anew over the same store. */
  public DeviceContext restart() {
    worker.shutdown();
    worker = new VirtualExecutor(time);
    context = born();
    return context;
  }

  private DeviceContext born() {
    DeviceLoop loop = new DeviceLoop(worker, () -> true);
    var calls = new ServerCalls(
        server,
        new TokenHolder(clock, this::token),
        new ServerCalls.Timing(CALL_DEADLINE, worker, random));
    return new DeviceContext(
        self,
        identity,
        loop,
        new DeviceMemory(store, pickler),
        calls,
        new Signatures(),
        clock,
        random,
        worker);
  }

  /** As if the server had made it, whose clock is right. */
  private CompletableFuture<TokenHolder.Token> token() {
    tokens++;
    return CompletableFuture.completedFuture(
        new TokenHolder.Token(self + " " + tokens, time.instant().plus(TOKEN_LIFE)));
  }

  /** Whether this device makes the call with such a header. */
  static boolean isBy(DeviceAddress device, String authorization) {
    return authorization.startsWith("Bearer " + device + " ");
  }

  public DeviceContext context() {
    return context;
  }

  public DeviceAddress address() {
    return self;
  }

  public DeviceIdentity identity() {
    return identity;
  }

  /** Looks at what is stored, or changes it. */
  public <T> T does(Function<Unsealed, T> what) {
    return context.memory().transaction(what);
  }

  /** A version of its member's devices that this one signs. */
  public DeviceList list(long version, Bytes previousHash, DeviceIdentity... devices) {
    List<DeviceIdentity> listed = Arrays.asList(devices);
    Statement statement = DeviceStatements.deviceList(self.member(), version, previousHash, listed);
    return new DeviceList(
        self.member(), version, previousHash, listed, self.device(), sign(statement));
  }

  /** One more of its one-time keys, as the server hands them out. */
  public SignedKey oneTimeKey() {
    Bytes key = this.<Bytes>does(memory -> {
      Bytes made =
          Bytes.copyOf(memory.account().generateOneTimeKeys(1).created().get(0).bytes());
      memory.saveAccount();
      return made;
    });
    keys++;
    Statement statement = DeviceStatements.oneTimeKey(self, keys, key, false);
    return new SignedKey(keys, key, false, sign(statement));
  }

  private Bytes sign(Statement statement) {
    return does(memory ->
        Bytes.copyOf(memory.account().sign(statement.bytes().toArray()).bytes()));
  }
}
