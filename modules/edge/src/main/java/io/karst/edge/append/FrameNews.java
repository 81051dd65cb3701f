package io.karst.edge.append;

import io.karst.actors.group.AppendReply;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.owner.OwnerLogs;
import io.karst.wire.v1.AppendResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the answer to a frame tells a device that assumed something old: the current epoch, or its
 * member's newest devices. Thread-safe.
 */
record FrameNews(EpochRecords epochs, OwnerLogs owners) {

  /**
   * The answer, with what the device must know. What cannot be read now is left out: the client
   * asks for it.
   */
  CompletionStage<AppendResponse> answer(
      AppendReply.Judged judged, GroupId group, DeviceAddress by) {
    AppendResponse.Builder response = FrameAnswers.response(judged);
    if (FrameAnswers.isStale(judged)) {
      return epochs
          .current(group, by)
          .handle((epoch, failure) ->
              failure == null ? response.setCurrentEpoch(epoch).build() : response.build());
    }
    if (FrameAnswers.isOfOldDevices(judged)) {
      return owners
          .newest(by)
          .handle((list, failure) -> failure == null
              ? response.setCurrentDevices(DeviceMapping.list(list)).build()
              : response.build());
    }
    return CompletableFuture.completedStage(response.build());
  }

  /** Whether the answer can be given at once. */
  static boolean needsNone(AppendReply.Judged judged) {
    return !FrameAnswers.isStale(judged) && !FrameAnswers.isOfOldDevices(judged);
  }

  /** Completes when the frame's log can judge it: that of own devices must know them first. */
  CompletionStage<Boolean> prepare(Frame frame, DeviceAddress by) {
    return frame.submission().owner().isEmpty()
        ? CompletableFuture.completedStage(true)
        : owners.catchUp(by).thenApply(list -> true);
  }
}
