package io.karst.domain.group;

import io.karst.domain.refusal.Reason;
import java.util.List;

/** The outcome of a command, before anything is written. */
public sealed interface Decision {

  /** What to write, in one atomic write. None when refused, or when the command already holds. */
  List<GroupEvent> events();

  /** Write these events, in one atomic write. None means that the command already holds. */
  record Accepted(List<GroupEvent> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** Write nothing. */
  record Refused(Reason reason) implements Decision {
    @Override
    public List<GroupEvent> events() {
      return List.of();
    }
  }

  /** Write these events. Each envelope of each submission has its own outcome, in order. */
  record Judged(List<GroupEvent> events, List<List<Outcome>> outcomes) implements Decision {
    public Judged {
      events = List.copyOf(events);
      outcomes = outcomes.stream().map(List::copyOf).toList();
    }
  }

  /** What became of one envelope. */
  sealed interface Outcome {

    /** It is in the log (once the events are written), or was already. */
    record Taken(Receipt receipt) implements Outcome {}

    /** It is not. */
    record Rejected(Reason reason) implements Outcome {}
  }

  static Decision accept(GroupEvent... events) {
    return new Accepted(List.of(events));
  }

  static Decision refuse(Reason reason) {
    return new Refused(reason);
  }
}
