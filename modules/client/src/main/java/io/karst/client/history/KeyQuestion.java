package io.karst.client.history;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.OlmPeer;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.wire.OlmMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.GroupId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The words by which one device asks another for keys (docs/protocol.md, "Key requests").
 *
 * <p>They say nothing that the server does not know; that they open proves who asks, and gives both
 * a session that works.
 */
record KeyQuestion(GroupId group, EpochRange epochs) {

  /** Seals it in the session that is used with a device. */
  OlmMessage seal(Unsealed memory, RosterEntry target) {
    Bytes peerKey = target.identity().curve25519Key();
    OlmPeer peer = memory.peer(peerKey);
    try {
      OlmMessage sealed = peer.seal(text());
      memory.savePeer(peerKey, peer);
      return sealed;
    } catch (CryptoException e) {
      throw new IllegalStateException("a session that is stored cannot seal", e);
    }
  }

  /** Whether a device has sealed just this question. */
  boolean isSealedBy(Unsealed memory, RosterEntry asker, int olmType, byte[] olmMessage)
      throws CryptoException {
    Bytes peerKey = asker.identity().curve25519Key();
    OlmPeer peer = memory.peer(peerKey);
    byte[] opened = peer.open(memory.account(), OlmMessage.parse(olmType, olmMessage));
    memory.savePeer(peerKey, peer);
    memory.saveAccount();
    return Arrays.equals(opened, text());
  }

  private byte[] text() {
    String text = "karst/v1 key-request " + group.value() + " " + epochs.from() + " " + epochs.to();
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
