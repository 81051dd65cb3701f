package io.karst.client.epoch;

import io.karst.client.api.SecurityProblem;
import io.karst.client.memory.Unsealed;
import io.karst.client.store.GroupTable;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Head;
import java.util.List;
import java.util.Optional;

/**
 * Compares the heads of a group's log that this device was shown with each other, and with those
 * that members saw.
 */
public final class Heads {

  private Heads() {}

  /**
   * Remembers a head that the server gave out, or answers the contradiction to an earlier one of
   * its size.
   */
  public static Optional<SecurityProblem> observe(
      Unsealed memory, GroupId group, Head head, DeviceAddress self) {
    Optional<SecurityProblem> fork = compare(memory, group, head, self);
    if (fork.isEmpty()) {
      memory.tables().groups().addHeads(group, List.of(head));
    }
    return fork;
  }

  /** Compares a head that somebody saw with this device's own of the same size, if it has one. */
  public static Optional<SecurityProblem> compare(
      Unsealed memory, GroupId group, Head head, DeviceAddress toldBy) {
    GroupTable groups = memory.tables().groups();
    return groups
        .head(group, head.size())
        .filter(own -> !own.equals(head))
        .map(own -> new SecurityProblem.LogForked(group, head.size(), toldBy));
  }
}
