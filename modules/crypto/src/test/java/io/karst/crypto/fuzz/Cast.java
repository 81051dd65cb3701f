package io.karst.crypto.fuzz;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.SessionKey;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.pickle.libolm.LibolmPickler;
import io.karst.crypto.pickle.vodozemac.VodozemacPickler;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;

/**
 * Accounts and sessions that are the same in every run, so that a stored input means the same.
 *
 * <p>Bob is reached by his fallback key, so opening a session leaves his account as it is.
 */
final class Cast {

  static final SessionConfig CONFIG = SessionConfig.V1;
  static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
  static final byte[] KEY = new byte[PickleKey.LENGTH];

  final Account alice;
  final Account bob;
  final PreKeyMessage preKey;
  final OlmMessage normal;
  final SessionKey sessionKey;
  final MegolmMessage megolm;
  final OutboundGroupSession outbound;
  final InboundGroupSession inbound;
  /** With one nonce for all: equal states give equal pickles. */
  final Pickler own = new Pickler(pickleKey(), target -> {});

  final LibolmPickler libolm = new LibolmPickler(KEY, new FixedRandom(1));
  final VodozemacPickler vodozemac = new VodozemacPickler(pickleKey(), new FixedRandom(1));

  private final byte[] session;

  Cast() throws CryptoException {
    FixedRandom random = new FixedRandom(4_711);
    alice = Account.create(random);
    bob = Account.create(random);
    bob.generateOneTimeKeys(2);
    bob.generateFallbackKey();
    Curve25519PublicKey fallback = bob.fallbackKey().values().iterator().next();
    bob.markKeysAsPublished();
    OlmSession toBob =
        alice.createOutboundSession(CONFIG, bob.identityKeys().curve25519(), fallback);
    toBob.encrypt(HELLO);
    preKey = (PreKeyMessage) toBob.encrypt(HELLO);
    OlmSession toAlice = bob.createInboundSession(CONFIG, alice.identityKeys().curve25519(), preKey)
        .session();
    toBob.decrypt(toAlice.encrypt(HELLO));
    session = own.pickle(toAlice);
    normal = toBob.encrypt(HELLO);
    outbound = OutboundGroupSession.create(CONFIG, random);
    sessionKey = outbound.sessionKey();
    inbound = InboundGroupSession.fromSessionKey(CONFIG, sessionKey);
    outbound.encrypt(HELLO);
    megolm = outbound.encrypt(HELLO);
    inbound.decrypt(megolm);
  }

  /** Bob's end, as it was when the normal message was under way. */
  OlmSession session() throws CryptoException {
    return own.olmSession(session);
  }

  private static PickleKey pickleKey() {
    try {
      return PickleKey.fromBytes(KEY);
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }
}
