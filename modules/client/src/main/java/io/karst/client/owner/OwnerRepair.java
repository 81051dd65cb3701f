package io.karst.client.owner;

import io.karst.client.epoch.Directory;
import io.karst.client.epoch.KeyClaims;
import io.karst.client.recovery.Repairs;
import io.karst.client.store.OlmTable;
import io.karst.client.transport.Failures;
import io.karst.client.work.DeviceContext;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a new session with an own device whose messages do not open, and greets it there: whoever
 * opens a message goes on with the session that it came in. Used on the device's thread.
 *
 * <p>One side has lost its session, or was set back to an older copy of it; which one does not
 * matter. What did not open stays closed: its sender does not keep it.
 */
final class OwnerRepair {

  private static final Logger LOG = LoggerFactory.getLogger(OwnerRepair.class);

  /** What does not open meanwhile was sealed before the greeting was read. */
  static final Duration GREETING_WAIT = Duration.ofMinutes(10);

  private final DeviceContext context;
  private final Directory directory;
  private final OwnerSender sender;
  private final KeyClaims claims;

  /** At most as many as the member ever had devices that this one knows. */
  private final Map<DeviceId, Instant> greeted = new HashMap<>();

  OwnerRepair(DeviceContext context, Directory directory, OwnerSender sender) {
    this.context = context;
    this.directory = directory;
    this.sender = sender;
    this.claims = new KeyClaims(context, OlmTable.Lane.OWNER);
  }

  /** A message of this device did not open. May be called within a transaction. */
  void closed(DeviceAddress peer) {
    Instant now = context.clock().instant();
    boolean waits = Optional.ofNullable(greeted.get(peer.device()))
        .filter(since -> !now.isBefore(since) && now.isBefore(since.plus(GREETING_WAIT)))
        .isPresent();
    if (!waits) {
      greeted.put(peer.device(), now);
      context.loop().post(() -> begin(peer));
    }
  }

  private void begin(DeviceAddress peer) {
    var unused = directory
        .newest(List.of(peer.member()))
        .thenComposeAsync(
            lists -> entry(lists.get(0), peer)
                .map(this::greet)
                .orElseGet(() -> CompletableFuture.completedFuture(null)),
            context.loop())
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure != null) {
                LOG.debug("no new session with an own device", Failures.of(failure));
                greeted.remove(peer.device());
              }
            },
            context.loop());
  }

  /** Absent when the device was revoked meanwhile. */
  private static Optional<RosterEntry> entry(DeviceList list, DeviceAddress peer) {
    return list.device(peer.device())
        .map(device -> new RosterEntry(list.member(), list.version(), device));
  }

  private CompletableFuture<Void> greet(RosterEntry peer) {
    boolean may = context
        .memory()
        .transaction(memory -> Repairs.spendSession(
            memory.tables().climbs(),
            peer.identity().curve25519Key(),
            context.clock().instant()));
    return may
        ? claims.openAnew(List.of(peer)).thenRunAsync(sender::greet, context.loop())
        : CompletableFuture.completedFuture(null);
  }
}
