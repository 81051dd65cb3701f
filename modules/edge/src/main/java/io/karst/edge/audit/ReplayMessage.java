package io.karst.edge.audit;

import io.karst.actors.journal.JournalRow;
import java.util.List;

/** What the actor of one replay takes. */
sealed interface ReplayMessage {

  <R> R match(Cases<R> cases);

  /** The next rows; none after the last. */
  record Read(List<JournalRow> rows) implements ReplayMessage {
    public Read {
      rows = List.copyOf(rows);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.read(this);
    }
  }

  /** The journal could not be read. */
  record Failed(Throwable failure) implements ReplayMessage {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.failed(this);
    }
  }

  /** Something happened that has no content. */
  enum Signal implements ReplayMessage {
    /** The transport takes more. */
    READY,
    /** The client has gone. */
    GONE,
    /** The node is about to end. */
    DRAIN,
    /** The device is revoked. */
    REVOKED;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.signal(this);
    }
  }

  /** One method per message. */
  interface Cases<R> {
    R read(Read message);

    R failed(Failed message);

    R signal(Signal message);
  }
}
