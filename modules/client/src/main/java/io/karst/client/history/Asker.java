package io.karst.client.history;

import io.karst.client.epoch.KeyClaims;
import io.karst.client.memory.Unsealed;
import io.karst.client.recovery.Climb;
import io.karst.client.recovery.Repairs;
import io.karst.client.store.EpochRow;
import io.karst.client.wire.WireBytes;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.wire.OlmMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.KeyRequestTarget;
import io.karst.wire.v1.RequestKeysRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/**
 * Asks other devices for keys of epochs. Used on the device's thread.
 *
 * <p>A question opens a new session, in which the answer is sealed and everything that follows: so
 * it also repairs what has become of older sessions. How often it does is bounded; then the session
 * that there is must do.
 */
final class Asker {

  private final DeviceContext context;
  private final KeyClaims claims;

  Asker(DeviceContext context) {
    this.context = context;
    this.claims = new KeyClaims(context);
  }

  /** Completes when the server has taken the questions. */
  CompletableFuture<Void> ask(Climb climb, List<DeviceAddress> devices) {
    GroupId group = climb.group();
    List<RosterEntry> targets = context
        .memory()
        .transaction(memory -> devices.stream()
            .flatMap(device -> Rosters.newest(memory, group, device).stream())
            .toList());
    List<RosterEntry> broken = new ArrayList<>(targets);
    broken.addAll(context.memory().transaction(memory -> self(memory, climb)));
    List<RosterEntry> anew = context
        .memory()
        .transaction(memory -> broken.stream()
            .filter(device -> spend(memory, device.identity().curve25519Key()))
            .toList());
    return claims
        .openAnew(anew)
        .thenComposeAsync(opened -> claims.openSessions(targets), context.loop())
        .thenComposeAsync(ready -> send(group, climb.epochs(), targets), context.loop());
  }

  /** This device itself, when it could not open what it had sealed to itself. */
  private List<RosterEntry> self(Unsealed memory, Climb climb) {
    EpochRange epochs = climb.epochs();
    boolean own = LongStream.rangeClosed(epochs.from(), epochs.to())
        .mapToObj(epoch -> memory.tables().epochs().find(climb.group(), epoch))
        .anyMatch(row -> row.map(EpochRow::manifest)
            .filter(signed -> signed.manifest().committer().equals(context.self()))
            .isPresent());
    return own
        ? Rosters.newest(memory, climb.group(), context.self()).stream().toList()
        : List.of();
  }

  private boolean spend(Unsealed memory, Bytes peerKey) {
    return Repairs.spendSession(
        memory.tables().climbs(), peerKey, context.clock().instant());
  }

  private CompletableFuture<Void> send(
      GroupId group, EpochRange epochs, List<RosterEntry> targets) {
    if (targets.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    var question = new KeyQuestion(group, epochs);
    RequestKeysRequest request = context.memory().transaction(memory -> {
      RequestKeysRequest.Builder building = RequestKeysRequest.newBuilder()
          .setGroupId(group.value())
          .setFromEpoch(epochs.from())
          .setToEpoch(epochs.to());
      targets.forEach(target -> building.addTargets(target(target, question.seal(memory, target))));
      return building.build();
    });
    return context
        .calls()
        .call(GroupServiceGrpc.getRequestKeysMethod(), request)
        .thenApply(response -> null);
  }

  private static KeyRequestTarget target(RosterEntry target, OlmMessage sealed) {
    return KeyRequestTarget.newBuilder()
        .setMemberId(target.member().value())
        .setDeviceId(target.identity().device().value())
        .setOlmType(sealed.type())
        .setOlmMessage(WireBytes.bytes(Bytes.copyOf(sealed.bytes())))
        .build();
  }
}
