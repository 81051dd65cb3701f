package io.karst.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clocks jump. Nobody is shut out, nothing is lost, and the log stays sound. */
class ClocksIT {

  private static final List<Duration> JUMPS = List.of(
      Duration.ofDays(2),
      Duration.ofDays(-2),
      Duration.ofHours(-3),
      Duration.ofMinutes(-20),
      Duration.ofHours(3),
      Duration.ofMinutes(20));

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void theServersClockMayJumpBothWays() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(bob);
    Talk bobs = bob.keepsTalkingIn(friends);
    for (Duration jump : JUMPS) {
      town.serversClockJumps(jump);
      ann.says(friends, "jumped by " + jump);
      ann.rotates(friends);
      bob.hears(friends, "jumped by " + jump);
      bobs.goesOn();
    }
    bobs.stops();
    assertThat(town.ledger(friends).reasons()).hasSizeGreaterThan(JUMPS.size());
  }

  @Test
  void aDevicesClockMayJumpBothWays() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Group friends = ann.founds(bob);
    for (Duration jump : JUMPS) {
      bob.clockJumps(jump);
      bob.says(friends, "jumped by " + jump);
      bob.rotates(friends);
      ann.says(friends, "heard of " + jump);
      bob.hears(friends, "heard of " + jump);
    }
    assertThat(town.ledger(friends).reasons()).hasSize(1 + JUMPS.size());
  }
}
