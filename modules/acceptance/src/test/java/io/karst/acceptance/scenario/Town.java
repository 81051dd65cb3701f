package io.karst.acceptance.scenario;

import io.karst.acceptance.Auditor;
import io.karst.crypto.key.RandomBytes;
import io.karst.domain.id.GroupId;
import io.karst.testkit.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Where a scenario plays: its people, their groups, and the one server of all scenarios.
 *
 * <p>Every scenario ends alike, see {@link Ending}. All devices draw from one source, in the order
 * in which they come to it. To begin it elsewhere, set {@code -Dkarst.seed}.
 */
final class Town implements AfterEachCallback {

  /** A slow machine that several builds share. */
  static final long WAIT_SECONDS_MAX = 90;

  private static final long SEED = Long.getLong("karst.seed", 20_263);
  private static final Random RANDOM = new Random(SEED);
  private static final AtomicInteger NEXT = new AtomicInteger();

  static {
    System.out.println("seed " + SEED);
  }

  private final List<Person> people = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();

  /** A new inhabitant with one device, a phone, whose name begins like this. */
  Person person(String name) {
    return moveIn(Person.register(this, name + "-" + NEXT.incrementAndGet()));
  }

  /** So many whose names begin like this. */
  List<Person> people(String name, int count) {
    List<Person> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(person(name));
    }
    return some;
  }

  /** Everybody's clocks jump: the server's and those of all devices. */
  void clocksJump(Duration by) {
    clock().jump(by);
  }

  /** The server's clock alone jumps. */
  void serversClockJumps(Duration by) {
    clock().jump(by);
    people.forEach(person -> person.clockJumps(by.negated()));
  }

  /** What the journal says of a group. */
  Ledger ledger(Group group) {
    try {
      return Ledger.of(group.id(), Site.AUDITOR.records(group.id()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext scenario) {
    try {
      if (scenario.getExecutionException().isEmpty()) {
        groups.forEach(group -> new Ending(this, group).holds());
      }
    } finally {
      people.forEach(Person::close);
      clock().reset();
    }
  }

  static ServerProcess server() {
    return Site.SERVER;
  }

  static SharedClock clock() {
    return Site.CLOCK;
  }

  static RandomBytes random() {
    return RANDOM::nextBytes;
  }

  /** What a future holds; throws the SDK's own exceptions as they are. */
  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in " + WAIT_SECONDS_MAX + " s", e);
    }
  }

  Person moveIn(Person person) {
    people.add(person);
    return person;
  }

  Group found(Person founder, GroupId id) {
    Group group = new Group(founder, id);
    groups.add(group);
    return group;
  }

  List<Person> people() {
    return List.copyOf(people);
  }

  /** Started by whoever asks first; it ends with the test's JVM. */
  private static final class Site {

    static final Path CLOCK_FILE = ScenarioServer.clockFile();
    static final SharedClock CLOCK = SharedClock.in(CLOCK_FILE);
    static final ServerProcess SERVER = ScenarioServer.start(CLOCK_FILE, List.of());
    static final Auditor AUDITOR = auditor();

    private static Auditor auditor() {
      try {
        return Auditor.register(SERVER, Home.folder(), random());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
