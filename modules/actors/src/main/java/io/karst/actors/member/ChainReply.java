package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.refusal.Reason;
import java.util.List;

/** A member's answer to {@link MemberMessage.FetchChain}. */
public sealed interface ChainReply extends NodeMessage {

  <R> R match(Cases<R> cases);

  /**
   * The next versions, oldest first.
   *
   * @param newestVersion there is more while it is above the last list's
   * @param linkProof the reader's, 32 bytes; empty when it has none
   */
  record Page(List<DeviceList> versions, long newestVersion, Bytes linkProof)
      implements ChainReply {
    public Page {
      versions = List.copyOf(versions);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.page(this);
    }
  }

  /** Nobody registered, or nobody knows at the moment ({@link Reason#UNAVAILABLE}). */
  record Refused(Reason reason) implements ChainReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per answer. */
  interface Cases<R> {
    R page(Page reply);

    R refused(Refused reply);
  }
}
