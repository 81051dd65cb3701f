package io.karst.edge.device;

import io.karst.actors.member.MemberReply;
import io.karst.domain.id.DeviceAddress;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.status.Statuses;
import io.karst.wire.v1.ClaimedKey;

/** Reads the answer to a claim. */
record ClaimOutcome(DeviceAddress device) implements MemberReply.Cases<ClaimedKey> {

  @Override
  public ClaimedKey claimed(MemberReply.Claimed reply) {
    return message().setKey(DeviceMapping.key(reply.key())).build();
  }

  @Override
  public ClaimedKey refused(MemberReply.Refused reply) {
    return message().setRefusal(Statuses.inBand(reply.reason())).build();
  }

  @Override
  public ClaimedKey done(MemberReply.Done reply) {
    throw new IllegalStateException("no answer to a claim: " + reply);
  }

  @Override
  public ClaimedKey stored(MemberReply.Stored reply) {
    throw new IllegalStateException("no answer to a claim: " + reply);
  }

  private ClaimedKey.Builder message() {
    return ClaimedKey.newBuilder().setDevice(DeviceMapping.address(device));
  }
}
