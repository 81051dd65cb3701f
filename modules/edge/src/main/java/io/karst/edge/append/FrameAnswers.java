package io.karst.edge.append;

import io.karst.actors.group.AppendReply;
import io.karst.domain.group.Decision;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.GroupMapping;
import io.karst.edge.status.Statuses;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.Receipt;

/** What a group says of a frame, as a message. */
final class FrameAnswers {

  private FrameAnswers() {}

  /** Everything but what {@link FrameNews} adds. */
  static AppendResponse.Builder response(AppendReply.Judged judged) {
    var response = AppendResponse.newBuilder().setHead(GroupMapping.head(judged.head()));
    for (Decision.Outcome outcome : judged.outcomes()) {
      response.addOutcomes(outcome(outcome));
    }
    return response;
  }

  /** Whether the caller needs to be told the current epoch. */
  static boolean isStale(AppendReply.Judged judged) {
    return judged.outcomes().contains(new Decision.Outcome.Rejected(Reason.STALE_EPOCH));
  }

  /** Whether the caller needs to be told its member's devices. */
  static boolean isOfOldDevices(AppendReply.Judged judged) {
    return judged.outcomes().contains(new Decision.Outcome.Rejected(Reason.DEVICE_LIST_STALE));
  }

  private static AppendOutcome outcome(Decision.Outcome outcome) {
    var message = AppendOutcome.newBuilder();
    if (outcome instanceof Decision.Outcome.Taken taken) {
      return message
          .setReceipt(Receipt.newBuilder()
              .setOffset(taken.receipt().offset())
              .setAcceptedAtMillis(taken.receipt().acceptedAt().toEpochMilli()))
          .build();
    }
    var rejected = (Decision.Outcome.Rejected) outcome;
    return message.setRefusal(Statuses.inBand(rejected.reason())).build();
  }
}
