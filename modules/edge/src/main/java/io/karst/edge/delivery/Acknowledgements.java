package io.karst.edge.delivery;

import io.karst.actors.member.MemberReply;
import io.karst.actors.member.Members;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.id.DeviceAddress;
import io.karst.edge.message.Fields;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.AcknowledgeInboxRequest;
import io.karst.wire.v1.AcknowledgeInboxResponse;
import java.util.concurrent.CompletionStage;

/** What one device says that it has stored. */
record Acknowledgements(Members members, DeviceAddress device)
    implements MemberReply.Cases<AcknowledgeInboxResponse> {

  CompletionStage<AcknowledgeInboxResponse> acknowledge(AcknowledgeInboxRequest request) {
    long upTo = Fields.atLeast(1, "up_to_sequence", request.getUpToSequence());
    return members
        .ask(device.member(), new MemberCommand.AcknowledgeInbox(device, upTo))
        .thenApply(reply -> reply.match(this));
  }

  @Override
  public AcknowledgeInboxResponse done(MemberReply.Done reply) {
    return AcknowledgeInboxResponse.getDefaultInstance();
  }

  @Override
  public AcknowledgeInboxResponse refused(MemberReply.Refused reply) {
    throw new RefusedException(reply.reason());
  }

  @Override
  public AcknowledgeInboxResponse stored(MemberReply.Stored reply) {
    throw new IllegalStateException("no answer to an acknowledgement: " + reply);
  }

  @Override
  public AcknowledgeInboxResponse claimed(MemberReply.Claimed reply) {
    throw new IllegalStateException("no answer to an acknowledgement");
  }
}
