package io.karst.crypto.pickle;

import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.Ratchet;
import io.karst.crypto.megolm.ReceivingSession;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.primitive.Wipe;

/**
 * Stores secret states and brings them back, in this library's own format.
 *
 * <p>AES-256-GCM under a random nonce, with version and kind authenticated. A store that is rolled
 * back to an older pickle makes a sender encrypt twice under one key: keeping it from going back is
 * the store's part. Thread-safe as far as the source of randomness is.
 */
public final class Pickler {

  private final PickleKey key;
  private final RandomBytes random;

  /** The {@code random} bytes serve for nonces, and go into the sessions that are brought back. */
  public Pickler(PickleKey key, RandomBytes random) {
    this.key = key;
    this.random = random;
  }

  public byte[] pickle(Account account) {
    return seal(PickleKind.ACCOUNT, state -> AccountBody.write(state, account));
  }

  public byte[] pickle(OlmSession session) {
    return seal(PickleKind.OLM_SESSION, state -> SessionBody.write(state, session));
  }

  public byte[] pickle(OutboundGroupSession session) {
    return seal(PickleKind.OUTBOUND_GROUP_SESSION, state -> GroupBody.write(state, session));
  }

  public byte[] pickle(InboundGroupSession session) {
    return seal(PickleKind.INBOUND_GROUP_SESSION, state -> GroupBody.write(state, session));
  }

  public byte[] pickle(ForwardOnlyGroupSession session) {
    return seal(PickleKind.FORWARD_ONLY_GROUP_SESSION, state -> GroupBody.write(state, session));
  }

  /** Either kind of receiving session, each in its own form. */
  public byte[] pickle(ReceivingSession session) {
    return session instanceof ForwardOnlyGroupSession forwardOnly
        ? pickle(forwardOnly)
        : pickle((InboundGroupSession) session);
  }

  public byte[] pickle(SenderRatchet ratchet) {
    return seal(
        PickleKind.SENDER_RATCHET,
        state -> state.secret(ratchet.bytes(SecretAccess.forPickling())));
  }

  public Account account(byte[] pickle) throws PickleException {
    return open(PickleKind.ACCOUNT, pickle, state -> AccountBody.read(state, random));
  }

  public OlmSession olmSession(byte[] pickle) throws PickleException {
    return open(PickleKind.OLM_SESSION, pickle, state -> SessionBody.read(state, random));
  }

  public OutboundGroupSession outboundGroupSession(byte[] pickle) throws PickleException {
    return open(PickleKind.OUTBOUND_GROUP_SESSION, pickle, GroupBody::readOutbound);
  }

  public InboundGroupSession inboundGroupSession(byte[] pickle) throws PickleException {
    return open(
        PickleKind.INBOUND_GROUP_SESSION,
        pickle,
        state -> GroupBody.readInbound(state, AeadEnvelope.version(pickle)));
  }

  public ForwardOnlyGroupSession forwardOnlyGroupSession(byte[] pickle) throws PickleException {
    return open(
        PickleKind.FORWARD_ONLY_GROUP_SESSION,
        pickle,
        state -> GroupBody.readForwardOnly(state, AeadEnvelope.version(pickle)));
  }

  /** Either kind of receiving session, as its form says. */
  public ReceivingSession receivingSession(byte[] pickle) throws PickleException {
    return AeadEnvelope.claims(PickleKind.FORWARD_ONLY_GROUP_SESSION, pickle)
        ? forwardOnlyGroupSession(pickle)
        : inboundGroupSession(pickle);
  }

  public SenderRatchet senderRatchet(byte[] pickle) throws PickleException {
    return open(PickleKind.SENDER_RATCHET, pickle, Pickler::readSenderRatchet);
  }

  /** Encrypts the application's own words, which wait on the device until they can be sent. */
  public byte[] sealContent(byte[] content) {
    return AeadEnvelope.seal(PickleKind.CONTENT, key, random, content);
  }

  /** Decrypts what {@link #sealContent} wrote; the caller wipes it. */
  public byte[] openContent(byte[] sealed) throws PickleException {
    return AeadEnvelope.open(PickleKind.CONTENT, key, sealed);
  }

  private static SenderRatchet readSenderRatchet(StateReader state) throws PickleException {
    byte[] parts = state.bytes(Ratchet.LENGTH);
    try {
      return SenderRatchet.fromBytes(parts);
    } finally {
      Wipe.all(parts);
    }
  }

  private byte[] seal(PickleKind kind, Writing writing) {
    try (StateWriter state = new StateWriter()) {
      writing.to(state);
      byte[] plaintext = state.toBytes();
      try {
        return AeadEnvelope.seal(kind, key, random, plaintext);
      } finally {
        Wipe.all(plaintext);
      }
    }
  }

  private <T> T open(PickleKind kind, byte[] pickle, Reading<T> reading) throws PickleException {
    try (StateReader state = new StateReader(AeadEnvelope.open(kind, key, pickle))) {
      return state.readWhole(reading);
    }
  }

  /** Writes one kind of state. */
  @FunctionalInterface
  private interface Writing {
    void to(StateWriter state);
  }
}
