package io.karst.edge.group;

import com.google.protobuf.Message;
import io.karst.actors.group.GroupReply;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.status.Refusal;
import io.karst.wire.v1.EpochRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells a device whose commit came too late which epoch is current, in the refusal itself. */
final class StaleCommits {

  /**
   * Bytes of a record that still travels in a refusal. Details are trailers, which clients bound at
   * 8 KiB by default after base64; a larger manifest would lose them the whole answer.
   */
  private static final int RECORD_BYTES_MAX = 4096;

  private static final String CURRENT_EPOCH = "current_epoch";

  private final EpochRecords epochs;

  StaleCommits(EpochRecords epochs) {
    this.epochs = epochs;
  }

  /** The outcome of a commit; fails with what the committer needs to know. */
  CompletionStage<GroupReply.Done> inform(GroupId group, Principal principal, GroupReply reply) {
    return reply.match(new GroupReply.Cases<>() {
      @Override
      public CompletionStage<GroupReply.Done> done(GroupReply.Done done) {
        return CompletableFuture.completedStage(done);
      }

      @Override
      public CompletionStage<GroupReply.Done> refused(GroupReply.Refused refused) {
        return refusal(group, principal, refused)
            .thenCompose(refusal -> CompletableFuture.failedStage(refusal.toException()));
      }
    });
  }

  private CompletionStage<Refusal> refusal(
      GroupId group, Principal principal, GroupReply.Refused refused) {
    if (refused.reason() != Reason.STALE_EPOCH && refused.reason() != Reason.COMMIT_REPLAYED) {
      return CompletableFuture.completedStage(Refusal.of(refused.reason()));
    }
    if (refused.reason() == Reason.COMMIT_REPLAYED) {
      return CompletableFuture.completedStage(refusal(refused, List.of()));
    }
    return epochs
        .current(group, principal.address())
        .handle((record, failure) -> refusal(refused, details(record)));
  }

  private static Refusal refusal(GroupReply.Refused refused, List<Message> details) {
    return new Refusal(
        refused.reason(), Map.of(CURRENT_EPOCH, Long.toString(refused.currentEpoch())), details);
  }

  private static List<Message> details(@Nullable EpochRecord record) {
    return record == null || record.getSerializedSize() > RECORD_BYTES_MAX
        ? List.of()
        : List.of(record);
  }
}
