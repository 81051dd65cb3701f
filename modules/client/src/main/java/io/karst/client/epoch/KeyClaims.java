package io.karst.client.epoch;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityViolation;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.OlmTable;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.wire.DeviceWire;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.RosterEntry;
import io.karst.proof.signature.DeviceKeys;
import io.karst.wire.v1.ClaimKeysRequest;
import io.karst.wire.v1.ClaimKeysResponse;
import io.karst.wire.v1.ClaimedKey;
import io.karst.wire.v1.DeviceServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Opens pairwise sessions with devices that this one has none with. Used on the device's thread.
 */
public final class KeyClaims {

  /**
   * Sessions that are opened at a time: what else the device has to do waits for some 100 ms, and a
   * claim that is lost costs no more keys than these.
   */
  static final int BATCH_MAX = 50;

  private final DeviceContext context;
  private final OlmTable.Lane lane;
  private final DeviceKeys keys;

  public KeyClaims(DeviceContext context) {
    this(context, OlmTable.Lane.KEYS);
  }

  public KeyClaims(DeviceContext context, OlmTable.Lane lane) {
    this.context = context;
    this.lane = lane;
    this.keys = new DeviceKeys(context.signatures());
  }

  /**
   * Completes when there is a session with each device. The devices' identities were verified. A
   * member who cannot be asked now is asked again.
   */
  public CompletableFuture<Void> openSessions(List<RosterEntry> devices) {
    int end = Math.min(devices.size(), BATCH_MAX);
    CompletableFuture<Void> opened = openBatch(devices.subList(0, end));
    return end == devices.size()
        ? opened
        : opened.thenComposeAsync(
            done -> openSessions(devices.subList(end, devices.size())), context.loop());
  }

  private CompletableFuture<Void> openBatch(List<RosterEntry> devices) {
    return context
        .calls()
        .<Void>retried(
            Retries.ofCalls(), failed -> context.loop().start(() -> claim(strangers(devices))));
  }

  /** Completes when there is a new session with each device, whatever sessions there were. */
  public CompletableFuture<Void> openAnew(List<RosterEntry> devices) {
    return context
        .calls()
        .<Void>retried(Retries.ofCalls(), failed -> context.loop().start(() -> claim(devices)));
  }

  private List<RosterEntry> strangers(List<RosterEntry> devices) {
    return context
        .memory()
        .transaction(memory ->
            devices.stream().filter(device -> isStranger(memory, device)).toList());
  }

  private CompletableFuture<Void> claim(List<RosterEntry> strangers) {
    if (strangers.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    ClaimKeysRequest request = ClaimKeysRequest.newBuilder()
        .addAllDevices(strangers.stream()
            .map(device -> DeviceWire.address(device.address()))
            .toList())
        .build();
    return context
        .calls()
        .once(DeviceServiceGrpc.getClaimKeysMethod(), request)
        .thenAcceptAsync(response -> start(strangers, response), context.loop());
  }

  private boolean isStranger(Unsealed memory, RosterEntry device) {
    return memory.tables().olm(lane).with(device.identity().curve25519Key()).isEmpty();
  }

  private void start(List<RosterEntry> strangers, ClaimKeysResponse response) {
    if (response.getKeysCount() != strangers.size()) {
      throw new BadAnswer("the server answered another number of keys");
    }
    context.memory().transaction(memory -> {
      for (int i = 0; i < strangers.size(); i++) {
        if (!response.getKeys(i).hasRefusal()) {
          start(memory, strangers.get(i), response.getKeys(i));
        }
      }
      return true;
    });
    // After the others' keys were used, which nobody gets again.
    response.getKeysList().stream().filter(ClaimedKey::hasRefusal).findFirst().ifPresent(key -> {
      throw Failures.of(key.getRefusal());
    });
  }

  private void start(Unsealed memory, RosterEntry stranger, ClaimedKey claimed) {
    if (!DeviceWire.address(claimed.getDevice()).equals(stranger.address())) {
      throw new BadAnswer("the server answered the keys of other devices");
    }
    SignedKey key = DeviceWire.signedKey(claimed.getKey());
    Bytes identityKey = stranger.identity().ed25519Key();
    if (!keys.oneTimeKey(stranger.address(), identityKey, key).valid()) {
      throw forged(stranger);
    }
    Bytes peerKey = stranger.identity().curve25519Key();
    OlmPeer peer = memory.peer(lane, peerKey);
    try {
      peer.start(memory.account(), key.curve25519Key());
    } catch (KeyRejectedException e) {
      throw forged(stranger);
    }
    memory.savePeer(lane, peerKey, peer);
  }

  private static SecurityViolation forged(RosterEntry device) {
    return new SecurityViolation(new SecurityProblem.OneTimeKeyForged(device.address()));
  }
}
