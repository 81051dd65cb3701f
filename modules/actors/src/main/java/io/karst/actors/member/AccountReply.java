package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.DeviceList;
import io.karst.domain.refusal.Reason;

/** A member's answer to who asks who it is. */
public sealed interface AccountReply extends NodeMessage {

  <R> R match(Cases<R> cases);

  /** The newest device list, and what the account may do. */
  record Known(DeviceList devices, AccountRole role) implements AccountReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.known(this);
    }
  }

  /** Nobody registered, or nobody knows at the moment ({@link Reason#UNAVAILABLE}). */
  record Refused(Reason reason) implements AccountReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per answer. */
  interface Cases<R> {
    R known(Known reply);

    R refused(Refused reply);
  }
}
