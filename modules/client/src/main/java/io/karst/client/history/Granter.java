package io.karst.client.history;

import io.karst.client.api.ServerRefusal;
import io.karst.client.epoch.KeyClaims;
import io.karst.client.epoch.LostEpochs;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.KeyBundle;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.EpochRow;
import io.karst.client.store.InboundRow;
import io.karst.client.wire.WireBytes;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.wire.OlmMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.ShareHistoryRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Gives keys that this device holds to others. Used on the device's thread. */
final class Granter {

  private final DeviceContext context;
  private final KeyClaims claims;

  Granter(DeviceContext context) {
    this.context = context;
    this.claims = new KeyClaims(context);
  }

  /** Gives the keys of epochs in which the receiver is not; there may be none. */
  CompletableFuture<Void> giveBefore(GroupId group, DeviceAddress to, long from) {
    long until = context.memory().transaction(memory -> lastWithout(memory, group, to));
    return until < from
        ? CompletableFuture.completedFuture(null)
        : give(group, to, new EpochRange(from, until), false);
  }

  /**
   * Gives what this device holds of epochs that it was asked for: the newest first, since others
   * may be given where they join them. Of epochs in which nobody spoke it says that it holds them.
   */
  CompletableFuture<Void> answer(GroupId group, DeviceAddress to, EpochRange asked) {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (EpochRange run :
        context.memory().transaction(memory -> LostEpochs.held(memory, group, asked))) {
      done = done.thenComposeAsync(before -> give(group, to, run, true), context.loop());
    }
    return done;
  }

  /** Gives what this device holds of some epochs to a device of the newest roster. */
  private CompletableFuture<Void> give(
      GroupId group, DeviceAddress to, EpochRange span, boolean evenNothing) {
    RosterEntry receiver = context
        .memory()
        .transaction(memory -> Rosters.newest(memory, group, to))
        .orElseThrow(() -> new ServerRefusal(Reason.DEVICE_NOT_FOUND));
    List<List<InboundRow>> parts =
        context.memory().transaction(memory -> parts(memory, group, span));
    if (parts.isEmpty() && evenNothing) {
      parts.add(List.of());
    }
    CompletableFuture<Void> done = claims.openSessions(List.of(receiver));
    for (List<InboundRow> part : parts) {
      done = done.thenComposeAsync(before -> send(group, receiver, span, part), context.loop());
    }
    return done;
  }

  /** The newest epoch whose roster does not hold the device; 0 when all that are known do. */
  private static long lastWithout(Unsealed memory, GroupId group, DeviceAddress device) {
    long epoch = memory.tables().epochs().newest(group).map(EpochRow::number).orElse(0L);
    while (epoch > 0) {
      Optional<EpochRow> row = memory.tables().epochs().find(group, epoch);
      if (row.isEmpty()) {
        return 0;
      }
      if (row.get().manifest().manifest().entry(device).isEmpty()) {
        return epoch;
      }
      epoch--;
    }
    return 0;
  }

  private static List<List<InboundRow>> parts(Unsealed memory, GroupId group, EpochRange span) {
    // What forgets what it has read has nothing to give.
    List<InboundRow> rows =
        memory.tables().sessions().inbound(group, span.from(), span.to()).stream()
            .filter(row -> memory.heard(row).shareable().isPresent())
            .toList();
    List<List<InboundRow>> parts = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += KeyBundle.KEYS_MAX) {
      parts.add(rows.subList(from, Math.min(rows.size(), from + KeyBundle.KEYS_MAX)));
    }
    return parts;
  }

  private CompletableFuture<Void> send(
      GroupId group, RosterEntry receiver, EpochRange span, List<InboundRow> part) {
    OlmMessage sealed = context.memory().transaction(memory -> seal(memory, receiver, group, part));
    ShareHistoryRequest request = ShareHistoryRequest.newBuilder()
        .setGroupId(group.value())
        .setMemberId(receiver.member().value())
        .setDeviceId(receiver.identity().device().value())
        .setFromEpoch(span.from())
        .setToEpoch(span.to())
        .setOlmType(sealed.type())
        .setOlmMessage(WireBytes.bytes(Bytes.copyOf(sealed.bytes())))
        .build();
    return context
        .calls()
        .call(GroupServiceGrpc.getShareHistoryMethod(), request)
        .thenApply(response -> null);
  }

  private static OlmMessage seal(
      Unsealed memory, RosterEntry receiver, GroupId group, List<InboundRow> part) {
    List<KeyBundle.Given> keys = new ArrayList<>();
    for (InboundRow row : part) {
      memory
          .heard(row)
          .shareable()
          .map(InboundGroupSession::exportAtFirstKnownIndex)
          .ifPresent(key -> keys.add(new KeyBundle.Given(row.epoch(), row.sender(), key)));
    }
    byte[] text = new KeyBundle(group.value(), keys).toText();
    Bytes peerKey = receiver.identity().curve25519Key();
    OlmPeer peer = memory.peer(peerKey);
    try {
      OlmMessage sealed = peer.seal(text);
      memory.savePeer(peerKey, peer);
      return sealed;
    } catch (CryptoException e) {
      throw new IllegalStateException("a session that is stored cannot seal", e);
    } finally {
      Arrays.fill(text, (byte) 0);
      keys.forEach(given -> given.key().destroy());
    }
  }
}
