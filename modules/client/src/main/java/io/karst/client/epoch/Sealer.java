package io.karst.client.epoch;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.EpochDraft;
import io.karst.client.session.EpochSealing;
import io.karst.client.session.OlmPeer;
import io.karst.client.wire.EpochNews;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RosterEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes the key, manifest and sealed keys of a new epoch. Used on the device's thread. */
final class Sealer {

  /** Devices that are sealed to at a time: some 50 ms, for which everything else waits. */
  static final int BATCH_MAX = 50;

  private final DeviceContext context;
  private final KeyClaims claims;

  Sealer(DeviceContext context) {
    this.context = context;
    this.claims = new KeyClaims(context);
  }

  /**
   * The sessions that sealed are stored when this completes. What else the device has to do is done
   * in between.
   */
  CompletableFuture<EpochSealing> seal(EpochSealing.Terms terms) {
    return claims
        .openSessions(terms.roster())
        .thenComposeAsync(ready -> sealAll(begin(terms)), context.loop());
  }

  private EpochDraft begin(EpochSealing.Terms terms) {
    return context
        .memory()
        .transaction(
            memory -> EpochDraft.begin(terms, context.self(), memory.account(), context.random()));
  }

  private CompletableFuture<EpochSealing> sealAll(EpochDraft draft) {
    return rest(draft).whenComplete((sealing, failure) -> draft.close());
  }

  private CompletableFuture<EpochSealing> rest(EpochDraft draft) {
    context.memory().transaction(memory -> batch(memory, draft));
    return draft.left().isEmpty()
        ? CompletableFuture.completedFuture(draft.finish())
        : context.loop().start(() -> rest(draft));
  }

  /** What this device itself must adopt once the server has taken the epoch. */
  EpochNews ownNews(EpochSealing sealing) {
    return new EpochNews(sealing.manifest(), sealing.sealedTo(context.self()), List.of());
  }

  private static boolean batch(Unsealed memory, EpochDraft draft) {
    try {
      for (RosterEntry entry :
          List.copyOf(draft.left().subList(0, Math.min(BATCH_MAX, draft.left().size())))) {
        Bytes peerKey = entry.identity().curve25519Key();
        OlmPeer peer = memory.peer(peerKey);
        draft.seal(peer);
        memory.savePeer(peerKey, peer);
      }
      return true;
    } catch (KeyRejectedException | RatchetExhaustedException e) {
      throw new IllegalStateException("a session that is stored cannot seal", e);
    }
  }
}
