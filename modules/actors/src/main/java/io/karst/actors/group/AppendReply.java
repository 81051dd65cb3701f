package io.karst.actors.group;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.group.Decision;
import io.karst.domain.refusal.Reason;
import io.karst.proof.merkle.Head;
import java.util.List;

/** A group's answer to one frame. */
public sealed interface AppendReply extends NodeMessage {

  /**
   * The number that the frame came with: one stream's actor has many frames under way, to several
   * groups.
   */
  long frame();

  <R> R match(Cases<R> cases);

  /** Each envelope has its own outcome, in the order of the frame; what was taken is durable. */
  record Judged(long frame, List<Decision.Outcome> outcomes, Head head, long currentEpoch)
      implements AppendReply {
    public Judged {
      outcomes = List.copyOf(outcomes);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.judged(this);
    }
  }

  /**
   * The whole frame was refused. After {@link Reason#UNAVAILABLE} nobody knows whether it was
   * written: a repetition gets the receipts if it was.
   */
  record Refused(long frame, Reason reason) implements AppendReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per answer. */
  interface Cases<R> {
    R judged(Judged reply);

    R refused(Refused reply);
  }
}
