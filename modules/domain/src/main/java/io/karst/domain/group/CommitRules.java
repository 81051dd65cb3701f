package io.karst.domain.group;

import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Whether a device may end the current epoch and start the one that it proposes. */
final class CommitRules {

  private final Group group;
  private final GroupCommand.Commit command;
  private final Instant at;
  private final MembershipChanges changes;
  private final EpochProposal proposal;

  CommitRules(Group group, GroupCommand.Commit command, Instant at) {
    this.group = group;
    this.command = command;
    this.at = at;
    this.changes = new MembershipChanges(group, command.by(), command.changes());
    this.proposal = new EpochProposal(
        command.by(), command.manifest(), command.sealedKeys(), command.registered());
  }

  Decision decide() {
    return GroupRules.closedTo(command.by(), group)
        .or(this::replayProblem)
        .or(this::roleProblem)
        .or(this::epochProblem)
        .or(changes::problem)
        .or(this::resetProblem)
        .or(this::proposalProblem)
        .map(Decision::refuse)
        .orElseGet(this::commit);
  }

  /**
   * A retry whose answer was lost learns that it succeeded. Before the roles, since the commit
   * itself may have changed the committer's.
   */
  private Optional<Reason> replayProblem() {
    boolean replayed = command.expectedEpoch() + 1 == group.epoch().number()
        && command.manifest().hash().equals(group.epoch().manifestHash());
    return replayed ? Optional.of(Reason.COMMIT_REPLAYED) : Optional.empty();
  }

  private Optional<Reason> roleProblem() {
    return group
        .role(command.by().member())
        .filter(role -> !role.includes(changes.requiredRole()))
        .map(role -> Reason.ROLE_REQUIRED);
  }

  /** The current roster vouches for the committer by its keys, not by its name alone. */
  private Optional<Reason> epochProblem() {
    if (command.expectedEpoch() != group.epoch().number()) {
      return Optional.of(Reason.STALE_EPOCH);
    }
    RosterEntry known = group.epoch().roster().get(command.by());
    boolean vouched =
        known != null && proposal.committer().map(known.identity()::equals).orElse(true);
    return vouched ? Optional.empty() : Optional.of(Reason.DEVICE_NOT_IN_ROSTER);
  }

  /** The lists were looked up before the command came: a device may have been revoked since. */
  private boolean namesRevoked() {
    return command.manifest().manifest().roster().stream()
        .anyMatch(entry -> group.revoked().contains(entry.address()));
  }

  /** A reset changes no members, and gives up no epoch that has not started. */
  private Optional<Reason> resetProblem() {
    if (command.orphaned().isEmpty()) {
      return Optional.empty();
    }
    if (!command.changes().isEmpty()) {
      return Optional.of(Reason.CHANGE_INVALID);
    }
    return command.orphaned().get().to() > group.epoch().number()
        ? Optional.of(Reason.EPOCH_UNKNOWN)
        : Optional.empty();
  }

  private Optional<Reason> proposalProblem() {
    if (namesRevoked()) {
      return Optional.of(Reason.ROSTER_MISMATCH);
    }
    Epoch current = group.epoch();
    RotationReason reason =
        command.orphaned().isPresent() ? RotationReason.RESET : changes.reason();
    var terms =
        new EpochProposal.Terms(group.id(), current.number() + 1, current.manifestHash(), reason);
    return proposal.problem(terms, changes.after().keySet());
  }

  private Decision commit() {
    var events = new ArrayList<GroupEvent>();
    events.add(new GroupEvent.EpochEnded(
        command.by(), group.epoch().number(), RotationTriggers.graceUntil(group, at), at));
    command
        .orphaned()
        .ifPresent(epochs -> events.add(new GroupEvent.EpochsOrphaned(command.by(), epochs, at)));
    events.addAll(changes.events(at));
    events.add(proposal.started(at));
    return new Decision.Accepted(events);
  }
}
