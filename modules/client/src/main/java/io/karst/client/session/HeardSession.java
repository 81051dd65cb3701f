package io.karst.client.session;

import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.store.gap.IndexRange;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.LateMessageException;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.ReplayedMessageException;
import io.karst.crypto.error.SignatureRejectedException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.ReceivingSession;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One device's session of one epoch, as this device hears it.
 *
 * <p>Invariant: the session is bound to the device by its signature; an index is read once, which
 * the session itself sees to. A refused envelope changes nothing but what counts as missing. Keys
 * of what was read stay, to be given to others, until the session is told to
 * {@linkplain #forgetRead forget}. Mutable, for one thread.
 */
public final class HeardSession {

  private final DeviceAddress sender;
  private final Bytes sessionId;
  private final List<IndexRange> lost = new ArrayList<>();
  private ReceivingSession session;
  private HeardIndexes heard;

  /** A session as it was stored. */
  public HeardSession(
      DeviceAddress sender, Bytes sessionId, ReceivingSession session, HeardIndexes heard) {
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
          HeardIndexes.MIDDLE);
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

  /** Puts an envelope on a page that is opened ahead, unless it will not be read anyway. */
  public void prepare(Envelope envelope, PageOpening page) {
    boolean own = envelope.sender().equals(sender) && envelope.sessionId().equals(sessionId);
    if (own && heard.refusal(envelope.messageIndex()).isEmpty()) {
      page.add(session, envelope);
    }
  }

  /** Reads an envelope of this epoch, once. */
  public Reading read(Envelope envelope) {
    return read(envelope, PageOpening.once());
  }

  /** Reads an envelope of this epoch, once, which may have been opened ahead. */
  public Reading read(Envelope envelope, PageOpening page) {
    if (!envelope.sender().equals(sender) || !envelope.sessionId().equals(sessionId)) {
      return Reading.refused(UnreadableReason.SENDER_FORGED);
    }
    Optional<UnreadableReason> refusal = heard.refusal(envelope.messageIndex());
    if (refusal.isPresent()) {
      return Reading.refused(refusal.get());
    }
    Reading reading = open(envelope, page);
    if (reading.plaintext().isPresent()) {
      List<IndexRange> leaving = heard.leaving(envelope.messageIndex());
      lost.addAll(leaving);
      heard = heard.without(leaving).with(envelope.messageIndex());
    }
    return reading;
  }

  /**
   * Reads an envelope that was missing and came to light, also when it is behind the window; the
   * session opens each once. Of one that was stored before sessions kept that in mind, the caller
   * sees to it.
   */
  public Reading readLate(Envelope envelope) {
    if (!envelope.sender().equals(sender) || !envelope.sessionId().equals(sessionId)) {
      return Reading.refused(UnreadableReason.SENDER_FORGED);
    }
    boolean inWindow = heard.refusal(envelope.messageIndex()).isEmpty();
    Reading reading = open(envelope, PageOpening.once());
    if (inWindow && reading.plaintext().isPresent()) {
      heard = heard.with(envelope.messageIndex());
    }
    return reading;
  }

  private Reading open(Envelope envelope, PageOpening page) {
    try {
      MegolmMessage message = MegolmMessage.parse(envelope.ciphertext().toArray());
      return message.messageIndex() == envelope.messageIndex()
          ? Reading.of(page.plaintext(session, envelope, message))
          : Reading.refused(UnreadableReason.SENDER_FORGED);
    } catch (EncodingException e) {
      return Reading.refused(UnreadableReason.MALFORMED);
    } catch (SignatureRejectedException e) {
      return Reading.refused(UnreadableReason.FORGED);
    } catch (ReplayedMessageException e) {
      return Reading.refused(UnreadableReason.INDEX_REPLAYED);
    } catch (UnknownMessageIndexException | MissingMessageKeyException | LateMessageException e) {
      return passed(envelope, UnreadableReason.INDEX_TOO_OLD);
    } catch (CryptoException e) {
      return passed(envelope, UnreadableReason.FORGED);
    }
  }

  /** Its sender has signed it: this is what the log holds, and it is not missing. */
  private Reading passed(Envelope envelope, UnreadableReason why) {
    heard = heard.passing(envelope.messageIndex());
    return Reading.refused(why);
  }

  /** The log has come to where the session begins: from here on, nothing may be missing. */
  public void begin() {
    if (heard.equals(HeardIndexes.MIDDLE)) {
      heard = HeardIndexes.NONE;
    }
  }

  /** Whether messages are missing before the newest one. */
  public boolean isIncomplete() {
    return !heard.missing().isEmpty();
  }

  /** Takes what is missing for lost: no more of it can come, or it should have come by now. */
  public void settle() {
    lost.addAll(heard.missing());
    heard = heard.settled();
  }

  /** What was lost since the last call: each index is answered once. */
  public List<IndexRange> takeLost() {
    List<IndexRange> taken = List.copyOf(lost);
    lost.clear();
    return taken;
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

  /** The keys, for storing. */
  public ReceivingSession session() {
    return session;
  }

  /** The session as one that can be given to others, if it can. */
  public Optional<InboundGroupSession> shareable() {
    return session instanceof InboundGroupSession keeping ? Optional.of(keeping) : Optional.empty();
  }

  /**
   * From now on, keeps no key of what was read. There is no way back. The window counts beside the
   * session's own record, which sessions that were stored long ago do not have.
   */
  public void forgetRead() {
    if (session instanceof InboundGroupSession keeping) {
      session = ForwardOnlyGroupSession.takeOver(keeping, heard.highest() + 1, heard.unread());
    }
  }
}
