package io.karst.client.channel;

import io.grpc.MethodDescriptor;
import io.karst.client.api.ServerRefusal;
import io.karst.client.store.GroupRow;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.ArchiveRequest;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.LeaveRequest;
import java.util.concurrent.CompletableFuture;

/** Leaves and archives a group. Used on the device's thread. */
final class Ending {

  private final DeviceContext context;
  private final GroupId group;

  Ending(DeviceContext context, GroupId group) {
    this.context = context;
    this.group = group;
  }

  CompletableFuture<Void> leave() {
    LeaveRequest request = LeaveRequest.newBuilder().setGroupId(group.value()).build();
    return end(GroupServiceGrpc.getLeaveMethod(), request, Reason.GROUP_NOT_FOUND)
        .thenAcceptAsync(done -> save(GroupRow.Standing.OUT), context.loop());
  }

  CompletableFuture<Void> archive() {
    ArchiveRequest request =
        ArchiveRequest.newBuilder().setGroupId(group.value()).build();
    return end(GroupServiceGrpc.getArchiveMethod(), request, Reason.GROUP_ARCHIVED)
        .thenAcceptAsync(done -> save(GroupRow.Standing.ARCHIVED), context.loop());
  }

  /**
   * A repetition that meets what the first sending has done, whose answer was lost, is a success.
   */
  private <Q, A> CompletableFuture<Boolean> end(
      MethodDescriptor<Q, A> method, Q request, Reason doneAlready) {
    return context
        .calls()
        .retried(
            Retries.ofCalls(),
            failed -> context.calls().once(method, request).<Boolean>handle((answer, failure) -> {
              boolean done = failure == null || (failed > 0 && is(failure, doneAlready));
              if (!done) {
                throw Failures.asRuntime(failure);
              }
              return true;
            }));
  }

  private static boolean is(Throwable failure, Reason reason) {
    return Failures.of(failure) instanceof ServerRefusal refusal && refusal.reason() == reason;
  }

  private void save(GroupRow.Standing standing) {
    context.memory().transaction(memory -> {
      memory
          .tables()
          .groups()
          .find(group)
          .ifPresent(row -> memory.tables().groups().save(row.withStanding(standing)));
      return true;
    });
  }
}
