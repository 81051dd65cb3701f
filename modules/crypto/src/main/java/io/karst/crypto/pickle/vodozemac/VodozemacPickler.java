package io.karst.crypto.pickle.vodozemac;

import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.pickle.StateWriter;
import io.karst.crypto.pickle.libolm.LibolmEnvelope;
import io.karst.crypto.primitive.Wipe;

/**
 * Reads and writes pickles of vodozemac, byte for byte.
 *
 * <p>Unknown fields are ignored, as vodozemac does. What it cannot hold (a spent ratchet) is
 * refused on writing. Pickles are ASCII. Not thread-safe while its key is destroyed.
 */
public final class VodozemacPickler {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  private final PickleKey key;
  private final RandomBytes random;

  /** The {@code random} bytes go into what is read. */
  public VodozemacPickler(PickleKey key, RandomBytes random) {
    this.key = key;
    this.random = random;
  }

  public byte[] pickle(Account account) throws PickleException {
    return seal(json -> VodozemacAccounts.write(json, account));
  }

  public byte[] pickle(OlmSession session) throws PickleException {
    return seal(json -> VodozemacSessions.write(json, session));
  }

  public byte[] pickle(OutboundGroupSession session) throws PickleException {
    return seal(json -> VodozemacGroups.write(json, session));
  }

  public byte[] pickle(InboundGroupSession session) throws PickleException {
    return seal(json -> VodozemacGroups.write(json, session));
  }

  public Account account(byte[] pickle) throws PickleException {
    return open(pickle, json -> VodozemacAccounts.read(json, random));
  }

  public OlmSession olmSession(byte[] pickle) throws PickleException {
    return open(pickle, json -> VodozemacSessions.read(json, random));
  }

  public OutboundGroupSession outboundGroupSession(byte[] pickle) throws PickleException {
    return open(pickle, VodozemacGroups::readOutbound);
  }

  public InboundGroupSession inboundGroupSession(byte[] pickle) throws PickleException {
    return open(pickle, VodozemacGroups::readInbound);
  }

  private byte[] seal(Writing writing) throws PickleException {
    byte[] keyBytes = key.bytes(ACCESS);
    try (StateWriter state = new StateWriter()) {
      writing.to(new JsonWriter(state));
      byte[] plaintext = state.toBytes();
      try {
        return LibolmEnvelope.seal(keyBytes, plaintext);
      } finally {
        Wipe.all(plaintext);
      }
    } finally {
      Wipe.all(keyBytes);
    }
  }

  private <T> T open(byte[] pickle, Reading<T> reading) throws PickleException {
    byte[] keyBytes = key.bytes(ACCESS);
    byte[] plaintext = {};
    try {
      plaintext = LibolmEnvelope.open(keyBytes, pickle);
      return read(plaintext, reading);
    } finally {
      Wipe.all(keyBytes, plaintext);
    }
  }

  private static <T> T read(byte[] plaintext, Reading<T> reading) throws PickleException {
    JsonValue json = JsonReader.read(plaintext);
    try {
      return reading.from(json);
    } catch (IllegalArgumentException e) {
      throw StateReader.malformed("no such state can come about");
    } finally {
      json.wipe();
    }
  }

  static PickleException unrepresentable(String detail) {
    return new PickleException(ErrorCode.PICKLE_UNREPRESENTABLE, detail);
  }

  /** Writes one kind of state. */
  @FunctionalInterface
  private interface Writing {
    void to(JsonWriter json) throws PickleException;
  }

  /** Reads one kind of state. */
  @FunctionalInterface
  private interface Reading<T> {
    T from(JsonValue json) throws PickleException;
  }
}
