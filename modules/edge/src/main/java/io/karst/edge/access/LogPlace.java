package io.karst.edge.access;

import io.karst.actors.group.GroupView;
import io.karst.domain.access.AccessFacts;
import io.karst.domain.group.Envelope;
import io.karst.domain.owner.OwnerMessage;
import io.karst.edge.epoch.EpochStart;
import java.time.Instant;

/** What stands at an offset of a group's log. */
sealed interface LogPlace {

  <R> R match(Cases<R> cases);

  /** No envelope. */
  record Empty(AccessFacts.Place place) implements LogPlace {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.empty(this);
    }
  }

  /**
   * An envelope.
   *
   * @param view the group that holds it
   * @param epoch the start of the envelope's epoch
   */
  record Said(GroupView view, Envelope envelope, Instant at, EpochStart epoch) implements LogPlace {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.said(this);
    }
  }

  /**
   * A message to its sender's other devices.
   *
   * @param offset its place, at which it holds what was sealed to them
   */
  record Shared(OwnerMessage message, Instant at, long offset) implements LogPlace {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.shared(this);
    }
  }

  /** One method per case. */
  interface Cases<R> {
    R empty(Empty place);

    R said(Said place);

    R shared(Shared place);
  }
}
