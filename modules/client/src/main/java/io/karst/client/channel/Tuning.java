package io.karst.client.channel;

import io.karst.client.wire.PolicyWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.group.Policy;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.ReportCompromiseRequest;
import io.karst.wire.v1.SetPolicyRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Sets when a group has to rotate, and says that it has to now. Used on the device's thread.
 *
 * <p>Both calls may be repeated: what holds already is not written again.
 */
final class Tuning {

  private final DeviceContext context;
  private final GroupId group;

  Tuning(DeviceContext context, GroupId group) {
    this.context = context;
    this.group = group;
  }

  CompletableFuture<Void> set(Policy policy) {
    SetPolicyRequest request = SetPolicyRequest.newBuilder()
        .setGroupId(group.value())
        .setPolicy(PolicyWire.policy(policy))
        .build();
    return context
        .calls()
        .call(GroupServiceGrpc.getSetPolicyMethod(), request)
        .thenAccept(response -> {});
  }

  CompletableFuture<Void> reportCompromise() {
    ReportCompromiseRequest request =
        ReportCompromiseRequest.newBuilder().setGroupId(group.value()).build();
    return context
        .calls()
        .call(GroupServiceGrpc.getReportCompromiseMethod(), request)
        .thenAccept(response -> {});
  }
}
