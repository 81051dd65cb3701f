package io.karst.client.channel;

import io.karst.client.api.EpochAccess;
import io.karst.client.api.Explanation;
import io.karst.client.wire.AccessWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.wire.v1.AccessServiceGrpc;
import io.karst.wire.v1.ExplainRequest;
import io.karst.wire.v1.VerifyEpochAccessRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the server who can read what. Changes nothing. */
public final class AccessQuestions {

  private final DeviceContext context;
  private final GroupId group;

  public AccessQuestions(DeviceContext context, GroupId group) {
    this.context = context;
    this.group = group;
  }

  /** Why a device cannot read the message at an offset. */
  public CompletableFuture<Explanation> explain(long offset, DeviceAddress device) {
    ExplainRequest request = ExplainRequest.newBuilder()
        .setGroupId(group.value())
        .setOffset(offset)
        .setDevice(AccessWire.device(device))
        .build();
    return context
        .calls()
        .call(AccessServiceGrpc.getExplainMethod(), request)
        .thenApply(AccessWire::explanation);
  }

  CompletableFuture<List<EpochAccess>> epochs(MemberId member, long from, long to) {
    VerifyEpochAccessRequest request = VerifyEpochAccessRequest.newBuilder()
        .setGroupId(group.value())
        .setMemberId(member.value())
        .setFromEpoch(from)
        .setToEpoch(to)
        .build();
    return context
        .calls()
        .call(AccessServiceGrpc.getVerifyEpochAccessMethod(), request)
        .thenApply(answer ->
            answer.getEpochsList().stream().map(AccessWire::epochAccess).toList());
  }
}
