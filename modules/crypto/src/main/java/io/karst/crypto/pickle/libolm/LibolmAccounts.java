package io.karst.crypto.pickle.libolm;

import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Curve25519PublicKey;
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
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.pickle.StateWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * libolm's accounts, version 4.
 *
 * <p>libolm stores the id that was given out last, we the next one: the difference keeps a new key
 * from taking the place of the newest stored one.
 */
final class LibolmAccounts {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final int VERSION = 4;
  private static final int ONE_TIME_KEYS_MAX = 100;
  private static final long ID_MAX = 0xffff_ffffL;

  private LibolmAccounts() {}

  static void write(StateWriter writer, Account account) throws PickleException {
    AccountState state = account.state(ACCESS);
    List<PreKey> newestFirst = new ArrayList<>(state.oneTimeKeys());
    Collections.reverse(newestFirst);
    if (newestFirst.size() > ONE_TIME_KEYS_MAX) {
      throw LibolmPickler.unrepresentable("more than 100 one-time keys");
    }
    writer.u32(VERSION);
    LibolmGroups.writeKeyPair(writer, state.signingKey());
    writeKeyPair(writer, state.identityKey());
    writer.u32(newestFirst.size());
    writeKeys(writer, newestFirst);
    writer.u8(state.fallbackKeys().keys().size());
    writeKeys(writer, state.fallbackKeys().keys());
    writer.u32(lastId(state));
  }

  private static long lastId(AccountState state) throws PickleException {
    long next = Math.max(state.nextOneTimeKeyId(), state.fallbackKeys().nextId());
    return requireId(Math.max(0, next - 1));
  }

  static Account read(StateReader state, RandomBytes random) throws PickleException {
    LibolmPickler.requireVersion(VERSION, state.u32());
    Ed25519SigningKey signingKey = LibolmGroups.readKeyPair(state);
    Curve25519SecretKey identityKey = readKeyPair(state);
    List<PreKey> oneTimeKeys = readKeys(state, state.count(ONE_TIME_KEYS_MAX));
    Collections.reverse(oneTimeKeys);
    List<PreKey> fallbackKeys = readKeys(state, fallbackCount(state));
    long nextId = state.u32() + 1;
    return Account.restore(
        ACCESS,
        new AccountState(
            signingKey, identityKey, oneTimeKeys, nextId, new FallbackKeys(nextId, fallbackKeys)),
        random);
  }

  private static int fallbackCount(StateReader state) throws PickleException {
    int count = state.u8();
    if (count > FallbackKeys.KEYS_MAX) {
      throw StateReader.malformed(count + " fallback keys");
    }
    return count;
  }

  private static void writeKeys(StateWriter writer, List<PreKey> keys) throws PickleException {
    for (PreKey key : keys) {
      writer.u32(requireId(key.id().value())).flag(key.published());
      writeKeyPair(writer, key.secretKey());
    }
  }

  private static List<PreKey> readKeys(StateReader state, int count) throws PickleException {
    List<PreKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      KeyId id = new KeyId(state.u32());
      boolean published = state.flag();
      keys.add(new PreKey(id, readKeyPair(state), published));
    }
    return keys;
  }

  private static long requireId(long id) throws PickleException {
    if (id > ID_MAX) {
      throw LibolmPickler.unrepresentable("a key id beyond 32 bits");
    }
    return id;
  }

  /** Public half, then secret half. */
  static void writeKeyPair(StateWriter writer, Curve25519SecretKey key) {
    writer.bytes(key.publicKey().bytes()).secret(key.bytes(ACCESS));
  }

  static Curve25519SecretKey readKeyPair(StateReader state) throws PickleException {
    Curve25519PublicKey stored = KeyFields.curve25519(state.bytes(Curve25519PublicKey.LENGTH));
    Curve25519SecretKey key = KeyFields.curve25519Secret(state.bytes(Curve25519SecretKey.LENGTH));
    if (!key.publicKey().equals(stored)) {
      throw StateReader.malformed("public and secret half do not belong together");
    }
    return key;
  }
}
