package io.karst.acceptance.scenario;

import io.karst.crypto.key.RandomBytes;
import io.karst.domain.id.GroupId;
import io.karst.testkit.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Where a scenario plays: its people, their groups, and their server, which many scenarios share.
 *
 * <p>Every scenario ends alike, see {@link Ending}. All devices draw from one source, in the order
 * in which they come to it. To begin it elsewhere, set {@code -Dkarst.seed}.
 */
final class Town implements AfterEachCallback {

  /** A slow machine that several builds share. */
  static final long WAIT_SECONDS_MAX = 90;

  /** Each takes some milliseconds. */
  private static final int LOOKS_MAX = 2_000;

  private static final long SEED = Long.getLong("karst.seed", 20_263);
  private static final Random RANDOM = new Random(SEED);
  private static final AtomicInteger NEXT = new AtomicInteger();

  static {
    System.out.println("seed " + SEED);
  }

  private final Site site;
  private final List<Person> people = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();

  Town() {
    this(Site.everyday());
  }

  Town(Site site) {
    this.site = site;
  }

  /** A new inhabitant with one device, a phone, whose name begins like this. */
  Person person(String name) {
    return moveIn(Person.register(this, name + "-" + NEXT.incrementAndGet()));
  }

  /** A new inhabitant who has the name of one of another town. */
  Person impostorOf(Person person) {
    return moveIn(Person.register(this, person.id().value()));
  }

  /** So many whose names begin like this. */
  List<Person> people(String name, int count) {
    List<Person> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(person(name));
    }
    return some;
  }

  /** Somebody who takes other people's keys. */
  Claimer claimer() {
    return Claimer.register(site, "claimer-" + NEXT.incrementAndGet());
  }

  /** Everybody's clocks jump: the server's and those of all devices. */
  void clocksJump(Duration by) {
    site.clock().jump(by);
  }

  /** The server's clock alone jumps. */
  void serversClockJumps(Duration by) {
    site.clock().jump(by);
    people.forEach(person -> person.clockJumps(by.negated()));
  }

  /** Waits until a group and all people have left the server's memory. */
  void fallsAsleep(Group group) {
    List<String> ids = new ArrayList<>(List.of(group.id().value()));
    people.forEach(person -> ids.add(person.id().value()));
    sleepers().awaitAsleep(ids);
  }

  Sleepers sleepers() {
    return new Sleepers(site.server());
  }

  /** Waits until all inboxes have the keys of the newest epoch. */
  void keysAreOut(Group group) {
    int looks = 0;
    while (!ledger(group).areKeysOut()) {
      looks++;
      if (looks > LOOKS_MAX) {
        throw new AssertionError("the keys of " + group.id() + " are not out");
      }
    }
  }

  /** What the journal says of a group. */
  Ledger ledger(Group group) {
    try {
      return Ledger.of(group.id(), site.auditor().records(group.id()));
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
      site.clock().reset();
    }
  }

  Site site() {
    return site;
  }

  static RandomBytes random() {
    return RANDOM::nextBytes;
  }

  /** What a future holds; throws the SDK's own exceptions as they are. */
  static <T> T get(CompletableFuture<T> future) {
    return Answers.of(future, WAIT_SECONDS_MAX);
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
}
