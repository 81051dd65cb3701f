package io.karst.crypto.pickle.vodozemac;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.AccountState;
import io.karst.crypto.olm.FallbackKeys;
import io.karst.crypto.olm.KeyId;
import io.karst.crypto.olm.PreKey;
import io.karst.crypto.pickle.KeyFields;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.pickle.StateWriter;
import io.karst.crypto.primitive.Base64Text;
import io.karst.crypto.primitive.ChaChaPoly;
import io.karst.crypto.primitive.Wipe;
import java.util.ArrayList;
import java.util.List;

/**
 * A fresh account, encrypted for a server that keeps it until its owner logs in again (MSC3814):
 * meanwhile others send to it.
 *
 * <p>ChaCha20-Poly1305 over version 1 (4 bytes), identity key (32), seed of the signing key (32),
 * number of one-time keys (4), each (32), whether there is a fallback key (1), fallback key (32).
 * Ids do not travel: keys are numbered anew, and all count as published. Sessions are not part of
 * it. Immutable; what it holds is encrypted.
 *
 * @param ciphertext unpadded base64, tag included
 * @param nonce unpadded base64 of 12 bytes
 */
public record DehydratedDevice(String ciphertext, String nonce) {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final int VERSION = 1;
  private static final byte[] NOTHING = {};

  /**
   * Encrypts what others need to reach {@code account}, under a nonce drawn from {@code random}.
   *
   * @throws PickleException if the signing key came without its seed
   */
  public static DehydratedDevice of(Account account, PickleKey key, RandomBytes random)
      throws PickleException {
    byte[] keyBytes = key.bytes(ACCESS);
    byte[] plaintext = {};
    try (StateWriter writer = new StateWriter()) {
      write(writer, account.state(ACCESS));
      plaintext = writer.toBytes();
      byte[] nonce = random.next(ChaChaPoly.NONCE_LENGTH);
      byte[] sealed = ChaChaPoly.seal(keyBytes, nonce, NOTHING, plaintext);
      return new DehydratedDevice(Base64Text.encode(sealed), Base64Text.encode(nonce));
    } finally {
      Wipe.all(keyBytes, plaintext);
    }
  }

  private static void write(StateWriter writer, AccountState state) throws PickleException {
    byte[] seed = state
        .signingKey()
        .seed(ACCESS)
        .orElseThrow(() -> VodozemacPickler.unrepresentable("the signing key has no seed"));
    writer.u32(VERSION).secret(state.identityKey().bytes(ACCESS)).secret(seed);
    writer.u32(state.oneTimeKeys().size());
    for (PreKey key : state.oneTimeKeys()) {
      writer.secret(key.secretKey().bytes(ACCESS));
    }
    List<PreKey> fallback = state.fallbackKeys().keys();
    writer.flag(!fallback.isEmpty());
    if (!fallback.isEmpty()) {
      writer.secret(fallback.get(0).secretKey().bytes(ACCESS));
    }
  }

  /**
   * The account, which then opens what was sent to it.
   *
   * @param random goes into the account
   * @throws PickleException if this is not base64, not authentic, or not of version 1
   */
  public Account rehydrate(PickleKey key, RandomBytes random) throws PickleException {
    byte[] nonceBytes = decode(nonce);
    if (nonceBytes.length != ChaChaPoly.NONCE_LENGTH) {
      throw StateReader.malformed("a nonce has 12 bytes, not " + nonceBytes.length);
    }
    byte[] keyBytes = key.bytes(ACCESS);
    try (StateReader state =
        new StateReader(ChaChaPoly.open(keyBytes, nonceBytes, NOTHING, decode(ciphertext)))) {
      return state.readWhole(reader -> read(reader, random));
    } catch (DecryptionException e) {
      throw new PickleException(ErrorCode.PICKLE_DECRYPTION, "wrong key, or not what was stored");
    } finally {
      Wipe.all(keyBytes);
    }
  }

  private static Account read(StateReader state, RandomBytes random) throws PickleException {
    long version = state.u32();
    if (version != VERSION) {
      throw new PickleException(ErrorCode.PICKLE_VERSION, "expected 1, got " + version);
    }
    Curve25519SecretKey identityKey = secretKey(state);
    Ed25519SigningKey signingKey = KeyFields.seed(state.bytes(Ed25519SigningKey.SEED_LENGTH));
    int count = state.count(Account.ONE_TIME_KEYS_STORED_MAX);
    List<PreKey> oneTimeKeys = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      oneTimeKeys.add(new PreKey(new KeyId(id), secretKey(state), true));
    }
    List<PreKey> fallback =
        state.flag() ? List.of(new PreKey(new KeyId(0), secretKey(state), true)) : List.of();
    FallbackKeys fallbackKeys = new FallbackKeys(fallback.size(), fallback);
    return Account.restore(
        ACCESS,
        new AccountState(signingKey, identityKey, oneTimeKeys, count, fallbackKeys),
        random);
  }

  private static Curve25519SecretKey secretKey(StateReader state) throws PickleException {
    return KeyFields.curve25519Secret(state.bytes(Curve25519SecretKey.LENGTH));
  }

  private static byte[] decode(String text) throws PickleException {
    try {
      return Base64Text.decode(text);
    } catch (EncodingException e) {
      throw new PickleException(ErrorCode.INVALID_BASE64, "a dehydrated device is base64");
    }
  }
}
