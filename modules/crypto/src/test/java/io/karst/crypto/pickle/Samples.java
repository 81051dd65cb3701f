package io.karst.crypto.pickle;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.Ratchet;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;

/** States with something in every field; the golden files hold exactly these. */
final class Samples {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final byte[] EMPTY = {};

  private Samples() {}

  /** Three published one-time keys and one that is not, a current and a previous fallback key. */
  static Account account() {
    Account account = Account.create(new FixedRandom(1));
    account.generateOneTimeKeys(3);
    account.generateFallbackKey();
    account.markKeysAsPublished();
    account.generateFallbackKey();
    account.generateOneTimeKeys(1);
    return account;
  }

  /** Several receiver chains with skipped keys, and the peer spoke last. */
  static OlmSession inactiveSession(SessionConfig config) throws CryptoException {
    return conversation(config)[1];
  }

  /** Several receiver chains, and this side spoke last. */
  static OlmSession activeSession(SessionConfig config) throws CryptoException {
    return conversation(config)[0];
  }

  /** Just opened: no receiver chain yet. */
  static OlmSession freshSession() throws CryptoException {
    FixedRandom random = new FixedRandom(2);
    return open(SessionConfig.V1, Account.create(random), Account.create(random));
  }

  private static OlmSession[] conversation(SessionConfig config) throws CryptoException {
    FixedRandom random = new FixedRandom(3);
    Account alice = Account.create(random);
    Account bob = Account.create(random);
    OlmSession outbound = open(config, alice, bob);
    OlmMessage lost = outbound.encrypt(EMPTY);
    PreKeyMessage first = (PreKeyMessage) outbound.encrypt(EMPTY);
    OlmSession inbound = bob.createInboundSession(config, alice.identityKeys().curve25519(), first)
        .session();
    for (int turn = 0; turn < 3; turn++) {
      lost = inbound.encrypt(EMPTY);
      outbound.decrypt(inbound.encrypt(EMPTY));
      lost = outbound.encrypt(EMPTY);
      inbound.decrypt(outbound.encrypt(EMPTY));
    }
    inbound.decrypt(lost);
    return new OlmSession[] {outbound, inbound};
  }

  private static OlmSession open(SessionConfig config, Account alice, Account bob)
      throws CryptoException {
    return alice.createOutboundSession(
        config,
        bob.identityKeys().curve25519(),
        bob.generateOneTimeKeys(1).created().get(0));
  }

  static OutboundGroupSession outbound() throws CryptoException {
    OutboundGroupSession session =
        OutboundGroupSession.create(SessionConfig.V2, new FixedRandom(4));
    session.encrypt(EMPTY);
    return session;
  }

  /** With a signing key that has no seed, as it comes out of libolm. */
  static OutboundGroupSession outboundWithExpandedKey() throws CryptoException {
    FixedRandom random = new FixedRandom(5);
    Ed25519SigningKey key =
        Ed25519SigningKey.fromExpanded(Ed25519SigningKey.generate(random).expanded(ACCESS));
    Ratchet ratchet = Ratchet.at(0xffff_fffeL, random.next(Ratchet.LENGTH));
    return OutboundGroupSession.restore(ACCESS, SessionConfig.V1, ratchet, key);
  }

  static OutboundGroupSession spentOutbound() throws CryptoException {
    OutboundGroupSession session = outboundWithExpandedKey();
    session.encrypt(EMPTY);
    session.encrypt(EMPTY);
    return session;
  }

  /** First known and latest index differ. */
  static InboundGroupSession inbound() throws CryptoException {
    return inbound(SessionConfig.V1);
  }

  static InboundGroupSession inbound(SessionConfig config) throws CryptoException {
    OutboundGroupSession sender = OutboundGroupSession.create(config, new FixedRandom(6));
    InboundGroupSession session = InboundGroupSession.fromSessionKey(config, sender.sessionKey());
    sender.encrypt(EMPTY);
    session.decrypt(sender.encrypt(EMPTY));
    return session;
  }

  /** Two messages are missing. */
  static ForwardOnlyGroupSession forwardOnly() throws CryptoException {
    OutboundGroupSession sender = OutboundGroupSession.create(SessionConfig.V2, new FixedRandom(8));
    ForwardOnlyGroupSession session =
        ForwardOnlyGroupSession.fromSessionKey(SessionConfig.V2, sender.sessionKey());
    sender.encrypt(EMPTY);
    session.decrypt(sender.encrypt(EMPTY));
    sender.encrypt(EMPTY);
    session.decrypt(sender.encrypt(EMPTY));
    return session;
  }

  static SenderRatchet senderRatchet() {
    return SenderRatchet.generate(new FixedRandom(7));
  }
}
