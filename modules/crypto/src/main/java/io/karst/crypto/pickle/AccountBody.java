package io.karst.crypto.pickle;

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
import java.util.ArrayList;
import java.util.List;

/**
 * Accounts, version 1.
 *
 * <p>Signing key (as in a group session), identity key (32 bytes), next one-time key id (8), number
 * of one-time keys (4) and the keys, oldest first; next fallback key id (8), number of fallback
 * keys (4) and the keys, current first. Key: id (8), published (1), secret half (32).
 */
final class AccountBody {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  private AccountBody() {}

  static void write(StateWriter writer, Account account) {
    AccountState state = account.state(ACCESS);
    GroupBody.writeSigningKey(writer, state.signingKey());
    writer.secret(state.identityKey().bytes(ACCESS));
    writer.u64(state.nextOneTimeKeyId());
    writeKeys(writer, state.oneTimeKeys());
    writer.u64(state.fallbackKeys().nextId());
    writeKeys(writer, state.fallbackKeys().keys());
  }

  static Account read(StateReader state, RandomBytes random) throws PickleException {
    Ed25519SigningKey signingKey = GroupBody.readSigningKey(state);
    Curve25519SecretKey identityKey = secretKey(state);
    long nextId = state.u64();
    List<PreKey> oneTimeKeys = readKeys(state, Account.ONE_TIME_KEYS_STORED_MAX);
    FallbackKeys fallbackKeys =
        new FallbackKeys(state.u64(), readKeys(state, FallbackKeys.KEYS_MAX));
    return Account.restore(
        ACCESS,
        new AccountState(signingKey, identityKey, oneTimeKeys, nextId, fallbackKeys),
        random);
  }

  private static void writeKeys(StateWriter writer, List<PreKey> keys) {
    writer.u32(keys.size());
    for (PreKey key : keys) {
      writer.u64(key.id().value()).flag(key.published());
      writer.secret(key.secretKey().bytes(ACCESS));
    }
  }

  private static List<PreKey> readKeys(StateReader state, int max) throws PickleException {
    List<PreKey> keys = new ArrayList<>();
    for (int n = state.count(max); n > 0; n--) {
      KeyId id = new KeyId(state.u64());
      boolean published = state.flag();
      keys.add(new PreKey(id, secretKey(state), published));
    }
    return keys;
  }

  private static Curve25519SecretKey secretKey(StateReader state) throws PickleException {
    return KeyFields.curve25519Secret(state.bytes(Curve25519SecretKey.LENGTH));
  }
}
