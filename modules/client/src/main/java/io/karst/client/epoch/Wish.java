package io.karst.client.epoch;

import io.karst.client.api.ServerRefusal;
import io.karst.client.wire.GroupView;
import io.karst.domain.group.Change;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * What one caller wants of a group's next epoch: a change of membership, or just an epoch.
 *
 * <p>The caller hears of its own wish alone, whatever becomes of those that share the epoch. Used
 * on the device's thread.
 */
final class Wish {

  private final Optional<Change> change;
  private final Predicate<GroupView> met;
  private final Predicate<GroupView> allowed;
  private final CompletableFuture<Long> outcome = new CompletableFuture<>();

  private boolean begun;

  private Wish(Optional<Change> change, Predicate<GroupView> met, Predicate<GroupView> allowed) {
    this.change = change;
    this.met = met;
    this.allowed = allowed;
  }

  static Wish of(Change change) {
    return new Wish(
        Optional.of(change), view -> change.match(new Holds(view.members())), view -> true);
  }

  /** For a new epoch, unless the group is as wanted already. */
  static Wish ofEpoch(Predicate<GroupView> met) {
    return new Wish(Optional.empty(), met, view -> true);
  }

  /**
   * As {@link #ofEpoch}, if it is {@code allowed}, which is asked once, when a commit is about to
   * be made for it.
   */
  static Wish ofRepair(Predicate<GroupView> met, Predicate<GroupView> allowed) {
    return new Wish(Optional.empty(), met, allowed);
  }

  Optional<Change> change() {
    return change;
  }

  /** Whether somebody reads on, or waits to speak, until it is granted. */
  boolean isUrgent() {
    return change.filter(one -> !(one instanceof Change.Remove)).isEmpty();
  }

  /** Completes with the number of the epoch in which the wish holds. */
  CompletableFuture<Long> outcome() {
    return outcome;
  }

  boolean isOpen() {
    return !outcome.isDone();
  }

  /**
   * Ends the wish if the group shows that nothing is to be done for it, or nothing can be.
   *
   * @param first whether nothing was tried for it yet: what holds by then is not its doing
   */
  void look(GroupView view, boolean first) {
    Optional<Reason> problem = change.flatMap(one -> one.match(new Judge(view.members(), first)));
    if (problem.isPresent()) {
      fail(new ServerRefusal(problem.get()));
    } else if (met.test(view)) {
      grant(view.epoch().epoch());
    } else if (!begun && !allowed.test(view)) {
      fail(new ServerRefusal(Reason.OVERLOADED));
    } else {
      begun = true;
    }
  }

  void grant(long epoch) {
    outcome.complete(epoch);
  }

  void fail(Throwable cause) {
    outcome.completeExceptionally(cause);
  }

  /** Whether a change is what the members are already. */
  private record Holds(Map<MemberId, Role> members) implements Change.Cases<Boolean> {

    @Override
    public Boolean add(Change.Add one) {
      return members.containsKey(one.member());
    }

    @Override
    public Boolean remove(Change.Remove one) {
      return !members.containsKey(one.member());
    }

    @Override
    public Boolean setRole(Change.SetRole one) {
      return members.get(one.member()) == one.role();
    }
  }

  /** Why a change cannot be made, as the server would say it of a commit with this one alone. */
  private record Judge(Map<MemberId, Role> members, boolean first)
      implements Change.Cases<Optional<Reason>> {

    @Override
    public Optional<Reason> add(Change.Add one) {
      return when(first && members.containsKey(one.member()), Reason.ALREADY_MEMBER);
    }

    @Override
    public Optional<Reason> remove(Change.Remove one) {
      return when(first && !members.containsKey(one.member()), Reason.NO_SUCH_MEMBER);
    }

    @Override
    public Optional<Reason> setRole(Change.SetRole one) {
      return when(!members.containsKey(one.member()), Reason.NO_SUCH_MEMBER)
          .or(() -> when(first && members.get(one.member()) == one.role(), Reason.CHANGE_INVALID));
    }

    private static Optional<Reason> when(boolean holds, Reason reason) {
      return holds ? Optional.of(reason) : Optional.empty();
    }
  }
}
