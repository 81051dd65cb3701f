package io.karst.edge.delivery;

import io.karst.actors.member.InboxReply;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.Members;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.AcknowledgeInboxRequest;
import io.karst.wire.v1.AcknowledgeInboxResponse;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.FetchInboxResponse;
import java.util.concurrent.CompletionStage;

/** The unary methods of a device's inbox. */
public final class InboxMethods {

  private final Members members;

  public InboxMethods(Members members) {
    this.members = members;
  }

  /** The next items. */
  public CompletionStage<FetchInboxResponse> fetch(Principal principal, FetchInboxRequest request) {
    if (request.getAfterSequence() < 0) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "after_sequence").toException();
    }
    int limit = (int) Fields.atLeast(1, "limit", request.getLimit());
    if (limit > MemberMessage.FetchInbox.LIMIT_MAX) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "limit").toException();
    }
    return members
        .inbox(principal.address(), request.getAfterSequence(), limit)
        .thenApply(reply -> reply.match(new Page()));
  }

  /** Forgets items. */
  public CompletionStage<AcknowledgeInboxResponse> acknowledge(
      Principal principal, AcknowledgeInboxRequest request) {
    return new Acknowledgements(members, principal.address()).acknowledge(request);
  }

  private record Page() implements InboxReply.Cases<FetchInboxResponse> {

    @Override
    public FetchInboxResponse page(InboxReply.Page page) {
      return FetchInboxResponse.newBuilder()
          .addAllItems(page.items().stream().map(DeviceMapping::item).toList())
          .build();
    }

    @Override
    public FetchInboxResponse refused(InboxReply.Refused refused) {
      throw new RefusedException(refused.reason());
    }
  }
}
