package io.karst.client.epoch;

import io.karst.client.transport.ServerCalls;
import io.karst.client.wire.EpochWire;
import io.karst.domain.epoch.SealedKey;
import io.karst.wire.v1.CommitPart;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CommitResponse;
import io.karst.wire.v1.CreateGroupPart;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.CreateGroupResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.SealedKeyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Brings a new epoch to the server: in one message while it has few sealed keys, else in parts.
 *
 * <p>Whatever was lost on the way may be sent again: the server knows the epoch by its manifest.
 */
record EpochUpload(ServerCalls calls) {

  /** Sealed keys in one message. */
  static final int KEYS_MAX = 128;

  /** Commits with these keys, which the request lacks. */
  CompletableFuture<CommitResponse> commit(CommitRequest request, List<SealedKey> keys) {
    if (keys.size() <= KEYS_MAX) {
      return calls.call(
          GroupServiceGrpc.getCommitMethod(),
          request.toBuilder().addAllSealedKeys(wire(keys)).build());
    }
    List<CommitPart> parts = new ArrayList<>();
    parts.add(CommitPart.newBuilder().setCommit(request).build());
    parts(keys)
        .forEach(part -> parts.add(CommitPart.newBuilder().setSealedKeys(part).build()));
    return calls.upload(GroupServiceGrpc.getCommitStreamMethod(), parts);
  }

  /** Creates a group with these keys, which the request lacks. */
  CompletableFuture<CreateGroupResponse> create(CreateGroupRequest request, List<SealedKey> keys) {
    if (keys.size() <= KEYS_MAX) {
      return calls.call(
          GroupServiceGrpc.getCreateGroupMethod(),
          request.toBuilder().addAllSealedKeys(wire(keys)).build());
    }
    List<CreateGroupPart> parts = new ArrayList<>();
    parts.add(CreateGroupPart.newBuilder().setCreate(request).build());
    parts(keys)
        .forEach(
            part -> parts.add(CreateGroupPart.newBuilder().setSealedKeys(part).build()));
    return calls.upload(GroupServiceGrpc.getCreateGroupStreamMethod(), parts);
  }

  private static List<SealedKeyPart> parts(List<SealedKey> keys) {
    List<SealedKeyPart> parts = new ArrayList<>();
    for (int first = 0; first < keys.size(); first += KEYS_MAX) {
      List<SealedKey> some = keys.subList(first, Math.min(keys.size(), first + KEYS_MAX));
      parts.add(SealedKeyPart.newBuilder().addAllSealedKeys(wire(some)).build());
    }
    return parts;
  }

  private static List<io.karst.wire.v1.SealedKey> wire(List<SealedKey> keys) {
    return keys.stream().map(EpochWire::sealedKey).toList();
  }
}
