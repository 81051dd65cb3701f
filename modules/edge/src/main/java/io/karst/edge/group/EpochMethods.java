package io.karst.edge.group;

import io.karst.domain.id.GroupId;
import io.karst.edge.call.Principal;
import io.karst.edge.epoch.EpochPages;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.epoch.EpochSpan;
import io.karst.edge.message.Fields;
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
    var range = EpochSpan.of(request.getFromEpoch(), request.getToEpoch());
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
    var range = EpochSpan.of(request.getFromEpoch(), request.getToEpoch());
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
}
