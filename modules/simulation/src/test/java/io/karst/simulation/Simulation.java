package io.karst.simulation;

import io.karst.actors.journal.JournalRow;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One run: people found groups, so many random steps happen, then it is calm and all is looked at.
 */
final class Simulation {

  private static final Duration CALM = Duration.ofMinutes(30);
  private static final Duration LAST_WORDS_MAX = Duration.ofMinutes(3);
  private static final Duration STEP_MAX = Duration.ofSeconds(4);

  private final World world;
  private final Scale scale;
  private final List<Phone> phones = new ArrayList<>();
  private final List<GroupId> groups = new ArrayList<>();
  private final Steps steps;

  Simulation(long seed, Scale scale, Rules rules) {
    this.world = new World(seed, rules);
    this.scale = scale;
    this.steps = new Steps(world, phones, groups);
  }

  /**
   * What came of a run.
   *
   * @param fingerprint the same in each run of the same seed
   */
  record Outcome(
      List<Violation> violations,
      Map<Steps.Kind, Integer> done,
      int said,
      int taken,
      String fingerprint) {}

  Outcome run() {
    found();
    world.weather(Weather.ROUGH);
    for (int i = 1; i <= scale.steps() && world.violations().isEmpty(); i++) {
      world.step(i);
      steps.take();
      world.time().pass(Duration.ofMillis(world.dice().between(1, STEP_MAX.toMillis())));
    }
    if (world.violations().isEmpty()) {
      steps.lastEpochs();
      world.time().pass(STEP_MAX);
      calm();
      check();
    }
    int taken =
        (int) steps.said().stream().filter(said -> said.taken().isPresent()).count();
    return new Outcome(world.violations(), steps.done(), steps.said().size(), taken, fingerprint());
  }

  private void found() {
    for (int i = 0; i < scale.people(); i++) {
      DeviceAddress self =
          new DeviceAddress(new MemberId("p%03d".formatted(i)), new DeviceId("phone"));
      phones.add(new Phone(world, self));
    }
    phones.forEach(Phone::start);
    world.time().pass(Duration.ofSeconds(10));
    for (int i = 0; i < scale.groups(); i++) {
      groups.add(found(phones.get(i % phones.size()), "g" + i));
    }
  }

  private GroupId found(Phone owner, String name) {
    Map<MemberId, Role> others = new TreeMap<>();
    while (others.size() < scale.devices() - 1) {
      MemberId other = world.dice().one(phones).self().member();
      if (!other.equals(owner.self().member())) {
        others.put(other, Role.MEMBER);
      }
    }
    CompletableFuture<GroupChannel> made =
        owner.device().orElseThrow().createGroup(name, others, steps.policy());
    for (int i = 0; i < 100 && !made.isDone(); i++) {
      world.time().pass(Duration.ofMillis(200));
    }
    GroupChannel channel = made.join();
    owner.ears().listen(channel);
    return channel.id();
  }

  /** Everybody comes back, clocks are right, nothing is lost any more. */
  private void calm() {
    world.weather(Weather.CALM);
    world.serverClock().correct();
    world.backend().groups().values().forEach(Persistent::settle);
    world.backend().members().values().forEach(Persistent::settle);
    for (Phone phone : phones) {
      phone.clock().correct();
      phone.stop();
      if (!phone.isGone()) {
        phone.start();
      }
    }
    // Nobody would wake a group that has nothing to do.
    groups.forEach(group -> world.backend().group(group).log());
    world.backend().members().values().forEach(MemberProcess::member);
    world.time().pass(CALM);
    steps.lastWords();
    world.time().pass(LAST_WORDS_MAX);
  }

  private void check() {
    for (GroupId group : groups) {
      new Checks(world, phones, truth(group)).all(steps.said());
    }
  }

  private Truth truth(GroupId group) {
    String id = world.backend().group(group).persistenceId();
    List<byte[]> rows = world.backend().journal().all(id).stream()
        .map(JournalRow::record)
        .map(record -> record.toArray())
        .toList();
    return new Truth(group, rows);
  }

  private String fingerprint() {
    StringBuilder heads = new StringBuilder();
    for (GroupId group : groups) {
      heads
          .append(java.util.Arrays.hashCode(
              world.backend().group(group).log().head().root().toArray()))
          .append(' ');
    }
    return world.time().count() + " " + Integer.toHexString(heads.toString().hashCode());
  }
}
