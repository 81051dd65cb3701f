package io.karst.client.history;

import io.karst.client.api.SecurityProblem;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.HeardSession;
import io.karst.client.session.KeyBundle;
import io.karst.client.session.OlmPeer;
import io.karst.client.wire.DeviceWire;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.FetchKeyShareRequest;
import io.karst.wire.v1.FetchKeyShareResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes keys that others give. Used on the device's thread.
 *
 * <p>They are kept beside this device's own, as the giver's word: never in their place. Whether
 * they are right shows when they open a message that its sender has signed.
 */
final class ShareTaker {

  private static final Logger LOG = LoggerFactory.getLogger(ShareTaker.class);

  private final DeviceContext context;
  private final EpochWatcher watcher;
  private final Recovery recovery;

  ShareTaker(DeviceContext context, EpochWatcher watcher, Recovery recovery) {
    this.context = context;
    this.watcher = watcher;
    this.recovery = recovery;
  }

  /** Fetches and takes the share at an offset of a group's log. */
  CompletableFuture<Boolean> take(GroupId group, long offset) {
    FetchKeyShareRequest request = FetchKeyShareRequest.newBuilder()
        .setGroupId(group.value())
        .setOffset(offset)
        .build();
    return context
        .calls()
        .call(GroupServiceGrpc.getFetchKeyShareMethod(), request)
        .thenApplyAsync(response -> take(group, response), context.loop());
  }

  private boolean take(GroupId group, FetchKeyShareResponse share) {
    DeviceAddress by = DeviceWire.address(share.getByMemberId(), share.getByDeviceId());
    boolean taken = context.memory().transaction(memory -> take(memory, group, by, share));
    if (taken) {
      watcher.keysShared(group, by, share.getFromEpoch(), share.getToEpoch());
    }
    EpochRange epochs = new EpochRange(share.getFromEpoch(), share.getToEpoch());
    recovery.given(group, by, epochs, taken);
    return taken;
  }

  private boolean take(
      Unsealed memory, GroupId group, DeviceAddress by, FetchKeyShareResponse share) {
    Optional<RosterEntry> giver = Rosters.newest(memory, group, by);
    if (giver.isEmpty()) {
      LOG.warn("{} gives keys of group {}, but is not in it", by, group);
      return false;
    }
    Optional<KeyBundle> bundle = open(memory, giver.get(), share);
    if (bundle.isEmpty() || !bundle.get().group().equals(group.value())) {
      LOG.warn("keys that {} gave of group {} cannot be opened", by, group);
      return false;
    }
    for (KeyBundle.Given given : bundle.get().keys()) {
      if (given.epoch() >= share.getFromEpoch() && given.epoch() <= share.getToEpoch()) {
        take(memory, group, by, given);
      }
      given.key().destroy();
    }
    return true;
  }

  private static Optional<KeyBundle> open(
      Unsealed memory, RosterEntry giver, FetchKeyShareResponse share) {
    Bytes peerKey = giver.identity().curve25519Key();
    OlmPeer peer = memory.peer(peerKey);
    try {
      byte[] text = peer.open(
          memory.account(),
          OlmMessage.parse(share.getOlmType(), share.getOlmMessage().toByteArray()));
      memory.savePeer(peerKey, peer);
      memory.saveAccount();
      try {
        return Optional.of(KeyBundle.parse(text));
      } finally {
        Arrays.fill(text, (byte) 0);
      }
    } catch (CryptoException | IllegalArgumentException e) {
      LOG.debug("a share does not open", e);
      return Optional.empty();
    }
  }

  /** A session that this device holds itself is the better one; a contradiction to it is told. */
  private void take(Unsealed memory, GroupId group, DeviceAddress by, KeyBundle.Given given) {
    InboundGroupSession offered = InboundGroupSession.importFrom(SessionConfig.V1, given.key());
    Optional<HeardSession> own = memory.heard(group, given.epoch(), given.sender());
    if (own.isPresent()) {
      if (own.get().shareable().filter(held -> !held.connected(offered)).isPresent()) {
        watcher.warned(new SecurityProblem.SharedKeysRefused(group, given.epoch(), by));
      }
      return;
    }
    Bytes sessionId = Bytes.copyOf(offered.publicKey().bytes());
    memory.addShared(
        new Unsealed.SharedKey(group, given.epoch(), given.sender(), sessionId, by), offered);
  }
}
