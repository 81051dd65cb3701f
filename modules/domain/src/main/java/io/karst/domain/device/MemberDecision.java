package io.karst.domain.device;

import io.karst.domain.refusal.Reason;
import java.util.List;

/** The outcome of a command to a member's account, before anything is written. */
public sealed interface MemberDecision {

  /** What to write, in one atomic write. None when refused, or when the command already holds. */
  List<MemberEvent> events();

  /** Write these events; there is nothing more to answer. */
  record Accepted(List<MemberEvent> events) implements MemberDecision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * Write these events, then hand out the key: never before, since it may be handed out once only.
   */
  record Claimed(List<MemberEvent> events, SignedKey key) implements MemberDecision {
    public Claimed {
      events = List.copyOf(events);
    }
  }

  /** Write these events; the keys named in {@code refusals}, ascending by id, were not taken. */
  record Uploaded(List<MemberEvent> events, List<KeyRefusal> refusals) implements MemberDecision {
    public Uploaded {
      events = List.copyOf(events);
      refusals = List.copyOf(refusals);
    }
  }

  /** Write nothing. */
  record Refused(Reason reason) implements MemberDecision {
    @Override
    public List<MemberEvent> events() {
      return List.of();
    }
  }

  /** Why one key of several was not taken. */
  record KeyRefusal(long keyId, Reason reason) {}

  static MemberDecision accept(MemberEvent... events) {
    return new Accepted(List.of(events));
  }

  static MemberDecision refuse(Reason reason) {
    return new Refused(reason);
  }
}
