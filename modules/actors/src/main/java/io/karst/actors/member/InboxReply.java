package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.device.InboxItem;
import io.karst.domain.refusal.Reason;
import java.util.List;

/** A member's answer to {@link MemberMessage.FetchInbox}. */
public sealed interface InboxReply extends NodeMessage {

  <R> R match(Cases<R> cases);

  /**
   * The next items, oldest first.
   *
   * @param lastSequence of the newest item that the inbox ever had: there is more while it is above
   *     the last item's
   */
  record Page(List<InboxItem> items, long lastSequence) implements InboxReply {
    public Page {
      items = List.copyOf(items);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.page(this);
    }
  }

  /** No such member or device. */
  record Refused(Reason reason) implements InboxReply {
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
