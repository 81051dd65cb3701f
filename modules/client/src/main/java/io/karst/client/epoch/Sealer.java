package io.karst.client.epoch;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.EpochSealing;
import io.karst.client.session.OlmPeer;
import io.karst.client.wire.EpochNews;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RosterEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Makes the key, manifest and sealed keys of a new epoch. Used on the device's thread. */
final class Sealer {

  private final DeviceContext context;
  private final KeyClaims claims;

  Sealer(DeviceContext context) {
    this.context = context;
    this.claims = new KeyClaims(context);
  }

  /** The sessions that sealed are stored when this completes. */
  CompletableFuture<EpochSealing> seal(EpochSealing.Terms terms) {
    return claims
        .openSessions(terms.roster())
        .thenApplyAsync(
            ready -> context.memory().transaction(memory -> seal(memory, terms)), context.loop());
  }

  /** What this device itself must adopt once the server has taken the epoch. */
  EpochNews ownNews(EpochSealing sealing) {
    return new EpochNews(sealing.manifest(), sealing.sealedTo(context.self()), List.of());
  }

  private EpochSealing seal(Unsealed memory, EpochSealing.Terms terms) {
    Map<Bytes, OlmPeer> peers = new HashMap<>();
    for (RosterEntry entry : terms.roster()) {
      Bytes peerKey = entry.identity().curve25519Key();
      peers.put(peerKey, memory.peer(peerKey));
    }
    try {
      EpochSealing sealing =
          EpochSealing.make(terms, context.self(), memory.account(), peers, context.random());
      peers.forEach(memory::savePeer);
      return sealing;
    } catch (KeyRejectedException | RatchetExhaustedException e) {
      throw new IllegalStateException("a session that is stored cannot seal", e);
    }
  }
}
