package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.access.DeviceTrace;
import io.karst.domain.id.DeviceId;
import io.karst.domain.refusal.Reason;
import java.util.Map;

/** A member's answer to {@link MemberMessage.TraceKeys}. */
public sealed interface KeyTraceReply extends NodeMessage {

  <R> R match(Cases<R> cases);

  /** Of each device that the member has or had. */
  record Traced(Map<DeviceId, DeviceTrace> devices) implements KeyTraceReply {
    public Traced {
      devices = Map.copyOf(devices);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.traced(this);
    }
  }

  /** Nobody registered, or nobody knows at the moment ({@link Reason#UNAVAILABLE}). */
  record Refused(Reason reason) implements KeyTraceReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per answer. */
  interface Cases<R> {
    R traced(Traced reply);

    R refused(Refused reply);
  }
}
