package io.karst.client.session;

import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.signature.SessionBindings;
import java.util.Optional;

/**
 * One device's session of one epoch, as this device hears it.
 *
 * <p>Invariant: the session is bound to the device by its signature; an index is read once; keys
 * behind the window are gone. A refused envelope changes nothing. Mutable, for one thread.
 */
public final class HeardSession {

  private final DeviceAddress sender;
  private final Bytes sessionId;
  private final InboundGroupSession session;
  private HeardIndexes heard;

  /** A session as it was stored. */
  public HeardSession(
      DeviceAddress sender, Bytes sessionId, InboundGroupSession session, HeardIndexes heard) {
    this.sender = sender;
    this.sessionId = sessionId;
    this.session = session;
    this.heard = heard;
  }

  /** Why a binding must not be believed. */
  public static Optional<Flaw> flaw(
      SessionBindings bindings, Manifest manifest, SessionBinding binding) {
    return switch (bindings.verify(manifest, binding)) {
      case VALID -> Optional.empty();
      case KEY_INVALID, SIGNATURE_INVALID -> Optional.of(Flaw.SIGNATURE);
      case SIGNER_UNKNOWN -> Optional.of(Flaw.COMMITTER_NOT_IN_ROSTER);
      case CHAIN_BROKEN -> Optional.of(Flaw.OTHER_GROUP);
    };
  }

  /**
   * Makes the session of a binding that has no {@linkplain #flaw flaw}. The ratchet stays the
   * caller's.
   */
  public static HeardSession open(SessionBinding binding, SenderRatchet ratchet) {
    try {
      Ed25519PublicKey key =
          Ed25519PublicKey.fromCheckedBytes(binding.sessionKey().toArray());
      return new HeardSession(
          binding.sender(),
          binding.sessionKey(),
          InboundGroupSession.fromVerifiedBinding(SessionConfig.V1, ratchet, key),
          HeardIndexes.NONE);
    } catch (KeyRejectedException e) {
      throw new IllegalArgumentException("the binding was not verified", e);
    }
  }

  /** The outcome of reading an envelope: a plaintext, or why there is none. */
  public record Reading(Optional<Bytes> plaintext, Optional<UnreadableReason> why) {

    static Reading of(byte[] plaintext) {
      return new Reading(Optional.of(Bytes.copyOf(plaintext)), Optional.empty());
    }

    public static Reading refused(UnreadableReason why) {
      return new Reading(Optional.empty(), Optional.of(why));
    }
  }

  /** Reads an envelope of this epoch, and forgets how. */
  public Reading read(Envelope envelope) {
    return read(envelope, false);
  }

  /**
   * Reads an envelope of this epoch.
   *
   * @param keeps whether the session may still be given to others afterwards
   */
  public Reading read(Envelope envelope, boolean keeps) {
    if (!envelope.sender().equals(sender) || !envelope.sessionId().equals(sessionId)) {
      return Reading.refused(UnreadableReason.SENDER_FORGED);
    }
    Optional<UnreadableReason> refusal = heard.refusal(envelope.messageIndex());
    if (refusal.isPresent()) {
      return Reading.refused(refusal.get());
    }
    try {
      MegolmMessage message = MegolmMessage.parse(envelope.ciphertext().toArray());
      if (message.messageIndex() != envelope.messageIndex()) {
        return Reading.refused(UnreadableReason.SENDER_FORGED);
      }
      byte[] plaintext = session.decrypt(message).plaintext();
      heard = heard.with(envelope.messageIndex());
      if (!keeps) {
        session.advanceTo(heard.lowestUnread());
      }
      return Reading.of(plaintext);
    } catch (UnknownMessageIndexException e) {
      return Reading.refused(UnreadableReason.INDEX_TOO_OLD);
    } catch (EncodingException e) {
      return Reading.refused(UnreadableReason.MALFORMED);
    } catch (CryptoException e) {
      return Reading.refused(UnreadableReason.FORGED);
    }
  }

  public DeviceAddress sender() {
    return sender;
  }

  public Bytes sessionId() {
    return sessionId;
  }

  public HeardIndexes heard() {
    return heard;
  }

  /** The ratchets, for storing. */
  public InboundGroupSession session() {
    return session;
  }
}
