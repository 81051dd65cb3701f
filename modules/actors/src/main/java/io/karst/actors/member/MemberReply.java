package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.device.MemberDecision.KeyRefusal;
import io.karst.domain.device.SignedKey;
import io.karst.domain.refusal.Reason;
import java.util.List;

/** A member's answer to a command; what it says is durable. */
public sealed interface MemberReply extends NodeMessage {

  <R> R match(Cases<R> cases);

  /**
   * It holds; there is nothing more to say. Answers {@code AcknowledgeInbox} and
   * {@code TakeSealedKeys}.
   */
  record Done() implements MemberReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /**
   * The keys were taken but for the refused ones. Answers {@code Register} and {@code UploadKeys}.
   *
   * @param oneTimeKeys how many one-time keys are now held for the device
   */
  record Stored(int oneTimeKeys, List<KeyRefusal> refusals) implements MemberReply {
    public Stored {
      refusals = List.copyOf(refusals);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stored(this);
    }
  }

  /**
   * A key that is handed out: a one-time key, to nobody else ever, or the fallback key. Answers
   * {@code ClaimKey}.
   */
  record Claimed(SignedKey key) implements MemberReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.claimed(this);
    }
  }

  /** Nothing was written. */
  record Refused(Reason reason) implements MemberReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per answer. */
  interface Cases<R> {
    R done(Done reply);

    R stored(Stored reply);

    R claimed(Claimed reply);

    R refused(Refused reply);
  }
}
