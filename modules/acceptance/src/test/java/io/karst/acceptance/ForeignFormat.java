package io.karst.acceptance;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.libolm.LibolmPickler;
import io.karst.crypto.pickle.vodozemac.VodozemacPickler;

/** Our reading and writing of a foreign library's pickles. */
final class ForeignFormat {

  private final boolean libolm;
  private final LibolmPickler ofLibolm;
  private final VodozemacPickler ofVodozemac;

  ForeignFormat(ForeignPeer.Library library, byte[] key, RandomBytes random)
      throws CryptoException {
    libolm = library == ForeignPeer.Library.LIBOLM;
    ofLibolm = new LibolmPickler(key, random);
    ofVodozemac = new VodozemacPickler(PickleKey.fromBytes(key), random);
  }

  /** The format that vodozemac reads too. */
  LibolmPickler libolm() {
    return ofLibolm;
  }

  Account account(byte[] pickle) throws CryptoException {
    return libolm ? ofLibolm.account(pickle) : ofVodozemac.account(pickle);
  }

  byte[] pickle(Account account) throws CryptoException {
    return libolm ? ofLibolm.pickle(account) : ofVodozemac.pickle(account);
  }

  OlmSession session(byte[] pickle) throws CryptoException {
    return libolm ? ofLibolm.olmSession(pickle) : ofVodozemac.olmSession(pickle);
  }

  byte[] pickle(OlmSession session) throws CryptoException {
    return libolm ? ofLibolm.pickle(session) : ofVodozemac.pickle(session);
  }

  OutboundGroupSession outbound(byte[] pickle) throws CryptoException {
    return libolm
        ? ofLibolm.outboundGroupSession(pickle)
        : ofVodozemac.outboundGroupSession(pickle);
  }

  byte[] pickle(OutboundGroupSession session) throws CryptoException {
    return libolm ? ofLibolm.pickle(session) : ofVodozemac.pickle(session);
  }

  InboundGroupSession inbound(byte[] pickle) throws CryptoException {
    return libolm ? ofLibolm.inboundGroupSession(pickle) : ofVodozemac.inboundGroupSession(pickle);
  }

  byte[] pickle(InboundGroupSession session) throws CryptoException {
    return libolm ? ofLibolm.pickle(session) : ofVodozemac.pickle(session);
  }
}
