package io.karst.actors.group;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.refusal.Reason;

/** A group's answer to who asks for it. */
public sealed interface ViewReply extends NodeMessage {

  <R> R match(Cases<R> cases);

  /** The caller is a member. */
  record Seen(GroupView view) implements ViewReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.seen(this);
    }
  }

  /** To somebody who is not a member, the group does not exist. */
  record Refused(Reason reason) implements ViewReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per answer. */
  interface Cases<R> {
    R seen(Seen reply);

    R refused(Refused reply);
  }
}
