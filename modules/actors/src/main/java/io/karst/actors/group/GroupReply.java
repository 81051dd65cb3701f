package io.karst.actors.group;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.refusal.Reason;
import io.karst.proof.merkle.Head;

/** A group's answer to a command. */
public sealed interface GroupReply extends NodeMessage {

  <R> R match(Cases<R> cases);

  /**
   * It is in the log, durably (or was already).
   *
   * @param epochStartedOffset offset of the entry that started {@code epoch}
   */
  record Done(long epoch, long epochStartedOffset, Head head) implements GroupReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /**
   * Nothing was written.
   *
   * @param currentEpoch 0 when the caller may not know
   */
  record Refused(Reason reason, long currentEpoch) implements GroupReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per answer. */
  interface Cases<R> {
    R done(Done reply);

    R refused(Refused reply);
  }
}
