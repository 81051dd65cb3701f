package io.karst.edge.group;

import io.karst.actors.group.GroupView;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.epoch.EpochPages;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;
import io.karst.wire.v1.FetchSealedKeysRequest;
import io.karst.wire.v1.FetchSealedKeysResponse;
import io.karst.wire.v1.SyncRequest;
import io.karst.wire.v1.SyncResponse;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code Sync} and {@code FetchSealedKeys}: what a device that missed epochs asks for. */
public final class EpochMethods {

  private final EpochRecords epochs;
  private final EpochPages pages;

  public EpochMethods(EpochRecords epochs, EpochPages pages) {
    this.epochs = epochs;
    this.pages = pages;
  }

  CompletionStage<SyncResponse> sync(Principal principal, SyncRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    var range = Range.of(request.getFromEpoch(), request.getToEpoch());
    return epochs
        .view(group, principal.address())
        .thenCompose(view -> pages
            .read(
                group,
                range.from(),
                range.endIn(view),
                start -> Optional.of(start.record(principal.address(), view.openSessions())))
            .thenApply(page -> SyncResponse.newBuilder()
                .addAllEpochs(page.items())
                .setCurrentEpoch(view.epoch())
                .build()));
  }

  CompletionStage<FetchSealedKeysResponse> fetchSealedKeys(
      Principal principal, FetchSealedKeysRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    var range = Range.of(request.getFromEpoch(), request.getToEpoch());
    return epochs
        .view(group, principal.address())
        .thenCompose(view -> pages
            .read(
                group,
                range.from(),
                range.endIn(view),
                start -> start.sealedKey(principal.address()))
            .thenApply(page -> FetchSealedKeysResponse.newBuilder()
                .addAllKeys(page.items())
                .setToEpoch(page.last())
                .build()));
  }

  /** Epochs that were asked for; {@code to} 0 means the current one. */
  private record Range(long from, long to) {

    static Range of(long from, long to) {
      Fields.atLeast(1, "from_epoch", from);
      if (to != 0 && to < from) {
        throw Refusal.ofField(Reason.FIELD_INVALID, "to_epoch").toException();
      }
      return new Range(from, to);
    }

    /** The last epoch of the range, which the group must have reached. */
    long endIn(GroupView view) {
      long end = to == 0 ? view.epoch() : to;
      if (from > view.epoch() || end > view.epoch()) {
        throw Refusal.ofField(Reason.EPOCH_UNKNOWN, from > view.epoch() ? "from_epoch" : "to_epoch")
            .toException();
      }
      return end;
    }
  }
}
