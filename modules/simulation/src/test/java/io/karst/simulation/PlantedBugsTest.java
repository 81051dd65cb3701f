package io.karst.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.access.DeviceTrace;
import io.karst.domain.device.Member;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.MemberDecision;
import io.karst.domain.device.MemberRules;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupRules;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The simulation sees what it is there to see: each of these bugs would be a catastrophe. */
class PlantedBugsTest {

  private static final Scale SCALE = new Scale(2, 4, 5, 150);
  private static final int SEEDS_MAX = 4;

  /** Rules that forget it write what no log can hold after what it holds. */
  @Test
  void skippingTheRotationAfterARemoval() {
    assertCaught(Violation.Kind.IMPOSSIBLE, new Rules() {
      @Override
      public Decision decide(Group group, GroupCommand command, Instant now) {
        boolean blind = command instanceof GroupCommand.Append && group.isSettled();
        return GroupRules.decide(blind ? withoutDue(group) : group, command, now);
      }
    });
  }

  private static Group withoutDue(Group group) {
    return new Group(
        group.id(),
        group.nonce(),
        group.policy(),
        group.members(),
        group.epochs(),
        group.senders(),
        List.of(),
        group.revoked(),
        group.sharing(),
        group.archived(),
        group.end());
  }

  @Test
  void takingMessagesAfterTheGrace() {
    assertCaught(Violation.Kind.LATE_ENVELOPE, new Rules() {
      @Override
      public Decision decide(Group group, GroupCommand command, Instant now) {
        Instant until = group.epochs().previous().acceptedUntil();
        boolean late = command instanceof GroupCommand.Append && !now.isBefore(until);
        return GroupRules.decide(group, command, late ? until.minusMillis(1) : now);
      }
    });
  }

  @Test
  void handingAOneTimeKeyOutTwice() {
    Map<DeviceAddress, SignedKey> last = new HashMap<>();
    assertCaught(Violation.Kind.KEY_REUSED, new Rules() {
      @Override
      public MemberDecision decide(Member member, MemberCommand command, Instant now) {
        MemberDecision decision = MemberRules.decide(member, command, now);
        if (command instanceof MemberCommand.ClaimKey claim
            && decision instanceof MemberDecision.Claimed claimed) {
          SignedKey before = last.put(claim.device(), claimed.key());
          return before == null ? decision : new MemberDecision.Claimed(List.of(), before);
        }
        return decision;
      }
    });
  }

  @Test
  void forgettingAFanOutAfterACrash() {
    assertCaught(Violation.Kind.KEYS_NOT_DELIVERED, new Rules() {
      @Override
      public boolean resumesFanOut() {
        return false;
      }
    });
  }

  /** Devices that are there, and have what was sealed to them, are said to be revoked. */
  @Test
  void tellingAWrongReason() {
    assertCaught(Violation.Kind.WRONG_REASON, new Rules() {
      @Override
      public Map<DeviceId, DeviceTrace> traces(Member member, GroupId group, EpochRange epochs) {
        Map<DeviceId, DeviceTrace> wrong = new HashMap<>();
        DeviceTrace.of(member, group, epochs)
            .forEach((id, trace) ->
                wrong.put(id, new DeviceTrace(true, trace.inbox(), trace.fallbackKeys())));
        return wrong;
      }
    });
  }

  /** By one of a few seeds; the real rules pass all of them. */
  private static void assertCaught(Violation.Kind expected, Rules bent) {
    for (long seed = 1; seed <= SEEDS_MAX; seed++) {
      Simulation.Outcome outcome = new Simulation(seed, SCALE, bent).run();
      List<Violation.Kind> kinds =
          outcome.violations().stream().map(Violation::kind).toList();
      if (!kinds.isEmpty()) {
        assertThat(kinds).as("seed %d: %s", seed, outcome.violations()).contains(expected);
        return;
      }
    }
    assertThat(SEEDS_MAX).as("seeds that did not see it").isZero();
  }
}
