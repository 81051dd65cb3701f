package io.karst.client.session;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.InboundCreation;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All pairwise sessions of this device with one other, or with itself.
 *
 * <p>Both sides may open sessions at the same moment, so there can be several. The one that last
 * opened a message is used for sending: the peer surely has it. A device that seals to itself has
 * both ends of a session; each opens what the other sealed. Mutable, for one thread; changes must
 * be stored before what was sealed leaves.
 */
public final class OlmPeer {

  private final Curve25519PublicKey peerKey;
  private final List<Held> held;

  /**
   * A session and what became of it.
   *
   * @param id of its row; 0 when it has none yet
   */
  public record Held(long id, OlmSession session, Change change) {

    private Held changed(Change next) {
      return new Held(id, session, change.compareTo(next) < 0 ? next : change);
    }
  }

  /** What became of a session since it was loaded, in ascending order of weight. */
  public enum Change {
    NONE,
    USED,
    PREFERRED
  }

  /** Sessions in the order of preference. */
  public OlmPeer(Bytes peerKey, List<Held> held) throws KeyRejectedException {
    this.peerKey = Curve25519PublicKey.fromBytes(peerKey.toArray());
    this.held = new ArrayList<>(held);
  }

  /** Sessions that are new or changed, the preferred one last. */
  public List<Held> changes() {
    return held.stream()
        .filter(one -> one.change() != Change.NONE)
        .sorted(Comparator.comparing(Held::change))
        .toList();
  }

  /** Whether sealing needs a session to be started first. */
  public boolean isEmpty() {
    return held.isEmpty();
  }

  /** Starts a session with a one-time or fallback key whose signature was verified. */
  public void start(Account account, Bytes oneTimeKey) throws KeyRejectedException {
    OlmSession session = account.createOutboundSession(
        SessionConfig.V1, peerKey, Curve25519PublicKey.fromBytes(oneTimeKey.toArray()));
    held.add(0, new Held(0, session, Change.PREFERRED));
  }

  /** Seals in the preferred session; there must be one. */
  public OlmMessage seal(byte[] plaintext) throws KeyRejectedException, RatchetExhaustedException {
    OlmMessage message = held.get(0).session().encrypt(plaintext);
    held.set(0, held.get(0).changed(Change.USED));
    return message;
  }

  /**
   * Opens a message in the session that it belongs to, or makes that session.
   *
   * @throws CryptoException when no session opens it; then nothing has changed
   */
  public byte[] open(Account account, OlmMessage message) throws CryptoException {
    for (int i = 0; i < held.size(); i++) {
      Optional<byte[]> plaintext = tryOpen(held.get(i).session(), message);
      if (plaintext.isPresent()) {
        Held used = held.remove(i);
        held.add(0, used.changed(Change.PREFERRED));
        return plaintext.get();
      }
    }
    if (message instanceof PreKeyMessage first) {
      InboundCreation created = account.createInboundSession(SessionConfig.V1, peerKey, first);
      held.add(0, new Held(0, created.session(), Change.PREFERRED));
      return created.plaintext();
    }
    throw new DecryptionException(
        ErrorCode.MESSAGE_OF_OTHER_SESSION, "no session opens this message");
  }

  private static Optional<byte[]> tryOpen(OlmSession session, OlmMessage message) {
    try {
      return Optional.of(session.decrypt(message));
    } catch (DecryptionException | KeyRejectedException e) {
      return Optional.empty();
    }
  }
}
