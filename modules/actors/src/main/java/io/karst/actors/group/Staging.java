package io.karst.actors.group;

import io.karst.domain.group.GroupEvent.SealedKeysStaged;
import io.karst.domain.refusal.Reason;
import io.karst.journal.log.StagedStart;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The one commit of a group whose keys are being written part by part.
 *
 * <p>Nothing of it counts before its epoch starts, so nothing of it is kept: an entity that stops
 * or restarts abandons it, and whoever asked asks again. Mutable; owned by one entity. Invariant:
 * at most one, which bounds the entity's memory and what an abandoned commit can leave in the
 * journal.
 */
final class Staging {

  private final Queue<SealedKeysStaged> parts = new ArrayDeque<>();
  private Optional<UnderWay> underWay = Optional.empty();

  /** A commit that is being staged, and who asked for it. */
  record UnderWay(GroupMessage.Ask ask, StagedStart start) {}

  boolean isBusy() {
    return underWay.isPresent();
  }

  void begin(GroupMessage.Ask ask, StagedStart start) {
    underWay = Optional.of(new UnderWay(ask, start));
    parts.addAll(start.parts());
  }

  /** The part to be written next; none when all are. */
  Optional<SealedKeysStaged> next() {
    return Optional.ofNullable(parts.poll());
  }

  /** No part can be written any more: forgets the commit, and says so to whoever asked for it. */
  void abandon() {
    underWay.ifPresent(
        staged -> staged.ask().replyTo().tell(new GroupReply.Refused(Reason.UNAVAILABLE, 0)));
    underWay = Optional.empty();
    parts.clear();
  }

  /** All parts are written: forgets the commit. */
  UnderWay finish() {
    UnderWay done = underWay.orElseThrow();
    underWay = Optional.empty();
    return done;
  }
}
