package io.karst.client.epoch;

import io.karst.client.store.EpochRow;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.ReportEpochRefusedRequest;
import io.karst.wire.v1.ReportEpochRefusedResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells groups of epochs whose key this device does not take, so that the log shows it and somebody
 * rotates. Used on the device's thread.
 *
 * <p>Repeating it is harmless: the group takes it once.
 */
public final class EpochComplaints {

  private static final Logger LOG = LoggerFactory.getLogger(EpochComplaints.class);

  private final DeviceContext context;

  public EpochComplaints(DeviceContext context) {
    this.context = context;
  }

  /** Says again what an earlier run may not have come to say. */
  public void repeat(GroupId group) {
    context
        .memory()
        .transaction(memory -> memory.tables().epochs().newest(group))
        .filter(epoch -> epoch.access() == EpochRow.Access.KEY_REFUSED)
        .ifPresent(epoch -> make(group, epoch.number()));
  }

  void make(GroupId group, long epoch) {
    ReportEpochRefusedRequest request = ReportEpochRefusedRequest.newBuilder()
        .setGroupId(group.value())
        .setEpoch(epoch)
        .build();
    var unused = context
        .calls()
        .<ReportEpochRefusedResponse>retried(
            Retries.untilDone(),
            failed -> context.calls().once(GroupServiceGrpc.getReportEpochRefusedMethod(), request))
        .whenComplete((told, failure) -> {
          if (failure != null) {
            LOG.debug("that epoch {} is refused was not told", epoch, Failures.of(failure));
          }
        });
  }
}
