package io.karst.crypto;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.ReceivingSession;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;

/** The whole state of something as bytes that are equal if and only if the states are. */
public final class Snapshot {

  private static final Pickler PICKLER = pickler();

  private Snapshot() {}

  public static byte[] of(Account account) {
    return PICKLER.pickle(account);
  }

  public static byte[] of(OlmSession session) {
    return PICKLER.pickle(session);
  }

  public static byte[] of(OutboundGroupSession session) {
    return PICKLER.pickle(session);
  }

  public static byte[] of(ReceivingSession session) {
    return PICKLER.pickle(session);
  }

  /** Fixed key and nonce: good for comparing, for nothing else. */
  private static Pickler pickler() {
    try {
      return new Pickler(PickleKey.fromBytes(new byte[32]), target -> {});
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }
}
