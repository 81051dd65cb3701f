package io.karst.crypto.pickle.vodozemac;

import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.AccountState;
import io.karst.crypto.olm.FallbackKeys;
import io.karst.crypto.olm.KeyId;
import io.karst.crypto.olm.PreKey;
import io.karst.crypto.pickle.KeyFields;
import io.karst.crypto.pickle.StateReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** vodozemac's accounts; a one-time key is unpublished if its public half is listed too. */
final class VodozemacAccounts {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  private VodozemacAccounts() {}

  static void write(JsonWriter json, Account account) {
    AccountState state = account.state(ACCESS);
    json.object().name("signing_key");
    VodozemacGroups.writeSigningKey(json, state.signingKey());
    json.name("diffie_hellman_key").secret(state.identityKey().bytes(ACCESS));
    json.name("one_time_keys").object().name("next_key_id").number(state.nextOneTimeKeyId());
    writeOneTimeKeys(json, state.oneTimeKeys());
    json.endObject().name("fallback_keys");
    writeFallbackKeys(json, state.fallbackKeys());
    json.endObject();
  }

  private static void writeOneTimeKeys(JsonWriter json, List<PreKey> keys) {
    json.name("public_keys").object();
    for (PreKey key : keys) {
      if (!key.published()) {
        json.name(Long.toString(key.id().value())).bytes(key.publicKey().bytes());
      }
    }
    json.endObject().name("private_keys").object();
    for (PreKey key : keys) {
      json.name(Long.toString(key.id().value())).secret(key.secretKey().bytes(ACCESS));
    }
    json.endObject();
  }

  private static void writeFallbackKeys(JsonWriter json, FallbackKeys fallback) {
    json.object().name("key_id").number(fallback.nextId()).name("fallback_key");
    writeFallbackKey(json, fallback.keys(), 0);
    json.name("previous_fallback_key");
    writeFallbackKey(json, fallback.keys(), 1);
    json.endObject();
  }

  private static void writeFallbackKey(JsonWriter json, List<PreKey> keys, int place) {
    if (keys.size() <= place) {
      json.nothing();
      return;
    }
    PreKey key = keys.get(place);
    json.object().name("key_id").number(key.id().value());
    json.name("key").secret(key.secretKey().bytes(ACCESS));
    json.name("published").flag(key.published()).endObject();
  }

  static Account read(JsonValue json, RandomBytes random) throws PickleException {
    JsonValue oneTimeKeys = json.field("one_time_keys");
    AccountState state = new AccountState(
        VodozemacGroups.readSigningKey(json.field("signing_key")),
        secretKey(json.field("diffie_hellman_key")),
        readOneTimeKeys(oneTimeKeys),
        oneTimeKeys.field("next_key_id").number(Long.MAX_VALUE),
        readFallbackKeys(json.field("fallback_keys")));
    return Account.restore(ACCESS, state, random);
  }

  private static List<PreKey> readOneTimeKeys(JsonValue json) throws PickleException {
    Map<String, JsonValue> unpublished = json.field("public_keys").fields();
    List<PreKey> keys = new ArrayList<>();
    for (Map.Entry<String, JsonValue> entry :
        json.field("private_keys").fields().entrySet()) {
      boolean published = !unpublished.containsKey(entry.getKey());
      keys.add(new PreKey(id(entry.getKey()), secretKey(entry.getValue()), published));
    }
    keys.sort(Comparator.comparing(PreKey::id));
    return keys;
  }

  private static KeyId id(String decimal) throws PickleException {
    try {
      return new KeyId(Long.parseLong(decimal));
    } catch (NumberFormatException e) {
      throw StateReader.malformed("a key id is a number");
    }
  }

  private static FallbackKeys readFallbackKeys(JsonValue json) throws PickleException {
    List<PreKey> keys = new ArrayList<>();
    Optional<JsonValue> current = json.find("fallback_key");
    Optional<JsonValue> previous = json.find("previous_fallback_key");
    if (current.isPresent()) {
      keys.add(readFallbackKey(current.get()));
    }
    if (previous.isPresent()) {
      keys.add(readFallbackKey(previous.get()));
    }
    return new FallbackKeys(json.field("key_id").number(Long.MAX_VALUE), keys);
  }

  private static PreKey readFallbackKey(JsonValue json) throws PickleException {
    return new PreKey(
        new KeyId(json.field("key_id").number(Long.MAX_VALUE)),
        secretKey(json.field("key")),
        json.field("published").flag());
  }

  private static Curve25519SecretKey secretKey(JsonValue json) throws PickleException {
    return KeyFields.curve25519Secret(json.bytes(Curve25519SecretKey.LENGTH));
  }
}
