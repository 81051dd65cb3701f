package io.karst.client.owner;

import io.karst.client.epoch.KeyClaims;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.OlmTable;
import io.karst.client.store.owner.OwnerRow;
import io.karst.client.wire.OwnerWire;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.wire.OlmMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.ClientId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import io.karst.proof.statement.OwnerHeader;
import io.karst.proof.statement.OwnerStatements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Seals messages to the member's other devices. Used on the device's thread.
 *
 * <p>The sessions that sealed are stored together with what they sealed, before it leaves.
 */
final class OwnerSealing {

  private final DeviceContext context;
  private final KeyClaims claims;

  OwnerSealing(DeviceContext context) {
    this.context = context;
    this.claims = new KeyClaims(context, OlmTable.Lane.OWNER);
  }

  /** Seals a message to exactly the other devices of a list; answers the row with it. */
  CompletableFuture<OwnerRow> seal(OwnerRow row, DeviceList list) {
    List<RosterEntry> others = list.devices().stream()
        .filter(device -> !device.device().equals(context.self().device()))
        .map(device -> new RosterEntry(list.member(), list.version(), device))
        .toList();
    return claims
        .openSessions(others)
        .thenApplyAsync(
            ready -> context.memory().transaction(memory -> seal(memory, row, list, others)),
            context.loop());
  }

  private OwnerRow seal(Unsealed memory, OwnerRow row, DeviceList list, List<RosterEntry> others) {
    ClientId clientId = new ClientId(row.clientId());
    byte[] content = memory.content(row.content());
    byte[] text = OwnerText.sealable(clientId, content);
    List<OwnerCopy> copies = new ArrayList<>();
    others.forEach(other -> copies.add(copy(memory, other.identity(), text)));
    Arrays.fill(content, (byte) 0);
    Arrays.fill(text, (byte) 0);
    var statement = OwnerStatements.message(
        context.self(), clientId, list.version(), OwnerHeader.hashesOf(copies));
    Bytes signature =
        Bytes.copyOf(memory.account().sign(statement.bytes().toArray()).bytes());
    var message = new OwnerMessage(context.self(), clientId, list.version(), copies, signature);
    OwnerRow sealedRow = new OwnerRow(
        row.position(),
        row.clientId(),
        row.content(),
        Optional.of(Bytes.copyOf(OwnerWire.message(message).toByteArray())));
    memory.tables().owner().save(sealedRow);
    return sealedRow;
  }

  private static OwnerCopy copy(Unsealed memory, DeviceIdentity to, byte[] text) {
    Bytes peerKey = to.curve25519Key();
    OlmPeer peer = memory.peer(OlmTable.Lane.OWNER, peerKey);
    try {
      OlmMessage message = peer.seal(text);
      memory.savePeer(OlmTable.Lane.OWNER, peerKey, peer);
      return new OwnerCopy(to.device(), message.type(), Bytes.copyOf(message.bytes()));
    } catch (CryptoException e) {
      throw new IllegalStateException("a session that is stored cannot seal", e);
    }
  }
}
