package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.libolm.LibolmPickler;
import io.karst.crypto.pickle.vodozemac.VodozemacPickler;

/** A pickle of the vectors, whichever library it is of; reading one also checks writing it. */
public final class ForeignPickle {

  private final byte[] text;
  private final boolean libolm;
  private final LibolmPickler libolmPickler;
  private final VodozemacPickler vodozemacPickler;

  public ForeignPickle(JsonObject row, RandomBytes random) throws CryptoException {
    byte[] key = Vectors.base64(row, "pickle_key_b64");
    text = Vectors.ascii(row, "pickle");
    libolm = Vectors.text(row, "format").equals("libolm");
    libolmPickler = new LibolmPickler(key, random);
    vodozemacPickler = new VodozemacPickler(PickleKey.fromBytes(key), random);
  }

  public Account account() throws CryptoException {
    Account account = libolm ? libolmPickler.account(text) : vodozemacPickler.account(text);
    requireHolds(account);
    return account;
  }

  public OlmSession session() throws CryptoException {
    OlmSession session =
        libolm ? libolmPickler.olmSession(text) : vodozemacPickler.olmSession(text);
    requireHolds(session);
    return session;
  }

  public OutboundGroupSession outbound() throws CryptoException {
    OutboundGroupSession session = libolm
        ? libolmPickler.outboundGroupSession(text)
        : vodozemacPickler.outboundGroupSession(text);
    assertThat(libolm ? libolmPickler.pickle(session) : vodozemacPickler.pickle(session))
        .isEqualTo(text);
    return session;
  }

  public InboundGroupSession inbound() throws CryptoException {
    InboundGroupSession session = libolm
        ? libolmPickler.inboundGroupSession(text)
        : vodozemacPickler.inboundGroupSession(text);
    assertThat(libolm ? libolmPickler.pickle(session) : vodozemacPickler.pickle(session))
        .isEqualTo(text);
    return session;
  }

  public void requireHolds(Account account) throws CryptoException {
    assertThat(libolm ? libolmPickler.pickle(account) : vodozemacPickler.pickle(account))
        .isEqualTo(text);
  }

  public void requireHolds(OlmSession session) throws CryptoException {
    assertThat(libolm ? libolmPickler.pickle(session) : vodozemacPickler.pickle(session))
        .isEqualTo(text);
  }
}
