package io.karst.client.session;

import io.karst.crypto.epoch.EpochKey;
import io.karst.crypto.epoch.SealedPayload;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.olm.Account;
import io.karst.crypto.wire.OlmMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.EpochStatements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A new epoch whose key is being sealed, device by device in the order of the roster.
 *
 * <p>Holds the epoch key until it is closed, and refuses use after that. Mutable, for one thread at
 * a time.
 */
public final class EpochDraft implements AutoCloseable {

  private final SignedManifest manifest;
  private final byte[] text;
  private final List<SealedKey> sealed = new ArrayList<>();
  private boolean closed;

  private EpochDraft(SignedManifest manifest, byte[] text) {
    this.manifest = manifest;
    this.text = text;
  }

  /** Draws the key, and signs the manifest. */
  public static EpochDraft begin(
      EpochSealing.Terms terms, DeviceAddress committer, Account account, RandomBytes random) {
    try (EpochKey key = EpochKey.generate(random)) {
      Manifest manifest = new Manifest(
          terms.group(),
          terms.epoch(),
          Manifest.KEY_SUITE_OLM,
          terms.previousHash(),
          terms.reason(),
          committer,
          Bytes.copyOf(key.commitment(terms.group().value(), terms.epoch())),
          terms.roster());
      byte[] statement = EpochStatements.manifest(manifest).bytes().toArray();
      Bytes signature = Bytes.copyOf(account.sign(statement).bytes());
      SignedManifest signed = EpochStatements.signed(manifest, signature);
      try (SealedPayload payload = SealedPayload.of(key, signed.hash().toArray())) {
        return new EpochDraft(signed, payload.toText());
      }
    }
  }

  /** The devices that the key is still to be sealed to, the next one first. */
  public List<RosterEntry> left() {
    List<RosterEntry> roster = manifest.manifest().roster();
    return roster.subList(sealed.size(), roster.size());
  }

  /**
   * Seals to the next device. The session moves on: it must be stored before anything leaves.
   *
   * @param peer sessions with that device; not empty
   */
  public void seal(OlmPeer peer) throws KeyRejectedException, RatchetExhaustedException {
    if (closed) {
      throw new IllegalStateException("the epoch key is gone");
    }
    RosterEntry next = left().get(0);
    OlmMessage message = peer.seal(text);
    sealed.add(new SealedKey(next.address(), message.type(), Bytes.copyOf(message.bytes())));
  }

  /** The epoch, once the key is sealed to everybody. */
  public EpochSealing finish() {
    if (!left().isEmpty()) {
      throw new IllegalStateException("devices are left out");
    }
    return new EpochSealing(manifest, sealed);
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(text, (byte) 0);
  }
}
