package io.karst.crypto.pickle.libolm;

import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.Reading;
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.pickle.StateWriter;
import io.karst.crypto.primitive.SecretBytes;
import io.karst.crypto.primitive.Wipe;
import io.karst.crypto.wire.SessionConfig;

/**
 * Reads and writes pickles of libolm 3, byte for byte.
 *
 * <p>It reads the newest version of each kind, and the one before of inbound group sessions; older
 * accounts hold cut-off keys and are refused. What libolm cannot hold (sessions of config 2, more
 * than 100 one-time keys, a spent ratchet) is refused on writing. Pickles are ASCII. Not
 * thread-safe while it is destroyed.
 */
public final class LibolmPickler implements Secret {

  private final SecretBytes key;
  private final RandomBytes random;

  /** Copies the key, which may have any length; {@code random} goes into what is read. */
  public LibolmPickler(byte[] key, RandomBytes random) {
    this.key = new SecretBytes(key.clone());
    this.random = random;
  }

  public byte[] pickle(Account account) throws PickleException {
    return seal(state -> LibolmAccounts.write(state, account));
  }

  public byte[] pickle(OlmSession session) throws PickleException {
    return seal(state -> LibolmSessions.write(state, session));
  }

  public byte[] pickle(OutboundGroupSession session) throws PickleException {
    return seal(state -> LibolmGroups.write(state, session));
  }

  public byte[] pickle(InboundGroupSession session) throws PickleException {
    return seal(state -> LibolmGroups.write(state, session));
  }

  public Account account(byte[] pickle) throws PickleException {
    return open(pickle, state -> LibolmAccounts.read(state, random));
  }

  public OlmSession olmSession(byte[] pickle) throws PickleException {
    return open(pickle, state -> LibolmSessions.read(state, random));
  }

  public OutboundGroupSession outboundGroupSession(byte[] pickle) throws PickleException {
    return open(pickle, LibolmGroups::readOutbound);
  }

  public InboundGroupSession inboundGroupSession(byte[] pickle) throws PickleException {
    return open(pickle, LibolmGroups::readInbound);
  }

  private byte[] seal(Writing writing) throws PickleException {
    try (StateWriter state = new StateWriter()) {
      writing.to(state);
      byte[] plaintext = state.toBytes();
      try {
        return LibolmEnvelope.seal(key.live(), plaintext);
      } finally {
        Wipe.all(plaintext);
      }
    }
  }

  private <T> T open(byte[] pickle, Reading<T> reading) throws PickleException {
    try (StateReader state = new StateReader(LibolmEnvelope.open(key.live(), pickle))) {
      return state.readWhole(reading);
    }
  }

  static void requireVersion(long expected, long actual) throws PickleException {
    if (actual != expected) {
      throw new PickleException(
          ErrorCode.PICKLE_VERSION, "expected " + expected + ", got " + actual);
    }
  }

  static void requireRepresentable(SessionConfig config) throws PickleException {
    if (config != SessionConfig.V1) {
      throw unrepresentable("libolm knows config V1 only");
    }
  }

  static PickleException unrepresentable(String detail) {
    return new PickleException(ErrorCode.PICKLE_UNREPRESENTABLE, detail);
  }

  @Override
  public void destroy() {
    key.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return key.isDestroyed();
  }

  @Override
  public String toString() {
    return key.describe("LibolmPickler");
  }

  /** Writes one kind of state. */
  @FunctionalInterface
  private interface Writing {
    void to(StateWriter state) throws PickleException;
  }
}
