package io.karst.client.session;

import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.crypto.epoch.EpochKey;
import io.karst.crypto.epoch.SealedPayload;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.olm.Account;
import io.karst.crypto.wire.OlmMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What comes out of the sealed key of an epoch whose manifest was verified. */
public sealed interface EpochOpening {

  <R> R match(Cases<R> cases);

  /** The initial ratchet of each device of the roster; the epoch key itself is gone. */
  record Opened(Map<DeviceAddress, SenderRatchet> ratchets) implements EpochOpening {
    public Opened {
      ratchets = Map.copyOf(ratchets);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.opened(this);
    }
  }

  /** No session with the committer opens it. */
  record Locked() implements EpochOpening {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.locked(this);
    }
  }

  /** It opens, but is not the key that the manifest speaks of. */
  record Forged(Flaw flaw) implements EpochOpening {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.forged(this);
    }
  }

  /** One method for each outcome. */
  interface Cases<R> {
    R opened(Opened opened);

    R locked(Locked locked);

    R forged(Forged forged);
  }

  /**
   * Opens the sealed key with the sessions of the manifest's committer.
   *
   * @param committer sessions with the committer's Curve25519 key, as the roster has it
   */
  static EpochOpening of(
      Account account, OlmPeer committer, SignedManifest signed, SealedKey sealed) {
    byte[] text;
    try {
      OlmMessage message =
          OlmMessage.parse(sealed.olmType(), sealed.olmMessage().toArray());
      text = committer.open(account, message);
    } catch (CryptoException e) {
      return new Locked();
    }
    try (SealedPayload payload = SealedPayload.parse(text)) {
      return of(signed, payload);
    } catch (EncodingException e) {
      return new Forged(Flaw.COMMITMENT);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static EpochOpening of(SignedManifest signed, SealedPayload payload) {
    Manifest manifest = signed.manifest();
    if (!Bytes.copyOf(payload.manifestHash()).equals(signed.hash())) {
      return new Forged(Flaw.MANIFEST_HASH);
    }
    try (EpochKey key = payload.epochKey()) {
      byte[] commitment = manifest.keyCommitment().toArray();
      return key.matches(commitment, manifest.group().value(), manifest.epoch())
          ? new Opened(ratchets(key, manifest))
          : new Forged(Flaw.COMMITMENT);
    }
  }

  private static Map<DeviceAddress, SenderRatchet> ratchets(EpochKey key, Manifest manifest) {
    Map<DeviceAddress, SenderRatchet> ratchets = new TreeMap<>();
    for (RosterEntry entry : manifest.roster()) {
      DeviceAddress sender = entry.address();
      ratchets.put(
          sender,
          key.senderRatchet(
              manifest.group().value(),
              manifest.epoch(),
              sender.member().value(),
              sender.device().value()));
    }
    return ratchets;
  }
}
