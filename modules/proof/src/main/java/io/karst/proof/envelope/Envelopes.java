package io.karst.proof.envelope;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.proof.signature.Signatures;
import java.util.Arrays;
import java.util.Optional;

/** Checks envelopes without being able to open them. Thread-safe. */
public final class Envelopes {

  private final Signatures signatures;

  public Envelopes(Signatures signatures) {
    this.signatures = signatures;
  }

  /** Checks form and message index: cheap, and no proof of who made the message. */
  public static EnvelopeVerdict form(Envelope envelope) {
    Optional<MegolmMessage> message = MegolmMessage.parse(envelope.ciphertext());
    if (message.isEmpty()) {
      return EnvelopeVerdict.MALFORMED;
    }
    return message.get().messageIndex() == envelope.messageIndex()
        ? EnvelopeVerdict.VALID
        : EnvelopeVerdict.INDEX_MISMATCH;
  }

  /**
   * Checks form, message index, and the signature by the session key, which is the session's id.
   */
  public EnvelopeVerdict verify(Envelope envelope) {
    EnvelopeVerdict form = form(envelope);
    if (!form.valid()) {
      return form;
    }
    return signed(envelope.ciphertext(), envelope.sessionId())
        ? EnvelopeVerdict.VALID
        : EnvelopeVerdict.SIGNATURE_INVALID;
  }

  private boolean signed(Bytes message, Bytes sessionKey) {
    byte[] raw = message.toArray();
    int signedLength = raw.length - MegolmMessage.SIGNATURE_LENGTH;
    Bytes signature = Bytes.copyOf(Arrays.copyOfRange(raw, signedLength, raw.length));
    return signatures.verify(sessionKey, raw, signedLength, signature).valid();
  }
}
