package io.karst.crypto.pickle.vodozemac;

import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.Ratchet;
import io.karst.crypto.megolm.RatchetPair;
import io.karst.crypto.pickle.KeyFields;
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.primitive.Wipe;
import io.karst.crypto.wire.SessionConfig;
import java.util.Optional;

/** vodozemac's group sessions. */
final class VodozemacGroups {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  private VodozemacGroups() {}

  static void write(JsonWriter json, OutboundGroupSession session) throws PickleException {
    Ratchet ratchet = session.ratchet(ACCESS);
    if (ratchet.isSpent()) {
      throw VodozemacPickler.unrepresentable("the ratchet is spent");
    }
    json.object().name("ratchet");
    writeRatchet(json, ratchet);
    writeSigningKey(json.name("signing_key"), session.signingKey(ACCESS));
    writeConfig(json, session.config());
    json.endObject();
  }

  static OutboundGroupSession readOutbound(JsonValue json) throws PickleException {
    return OutboundGroupSession.restore(
        ACCESS,
        readConfig(json),
        readRatchet(json.field("ratchet")),
        readSigningKey(json.field("signing_key")));
  }

  static void write(JsonWriter json, InboundGroupSession session) {
    json.object().name("initial_ratchet");
    writeRatchet(json, session.ratchets(ACCESS).initial());
    json.name("signing_key").bytes(session.publicKey().bytes());
    json.name("signing_key_verified").flag(session.signingKeyVerified());
    writeConfig(json, session.config());
    json.endObject();
  }

  static InboundGroupSession readInbound(JsonValue json) throws PickleException {
    Ratchet initial = readRatchet(json.field("initial_ratchet"));
    Ratchet latest = readRatchet(json.field("initial_ratchet"));
    return InboundGroupSession.restore(
        ACCESS,
        readConfig(json),
        KeyFields.ed25519(json.field("signing_key").bytes(Ed25519PublicKey.LENGTH)),
        json.field("signing_key_verified").flag(),
        new RatchetPair(initial, latest));
  }

  static void writeConfig(JsonWriter json, SessionConfig config) {
    String version = switch (config) {
      case V1 -> "V1";
      case V2 -> "V2";
    };
    json.name("config").object().name("version").text(version).endObject();
  }

  /** Pickles from before there was a second version do not name the first. */
  static SessionConfig readConfig(JsonValue json) throws PickleException {
    Optional<JsonValue> config = json.find("config");
    if (config.isEmpty()) {
      return SessionConfig.V1;
    }
    return switch (config.get().field("version").text()) {
      case "V1" -> SessionConfig.V1;
      case "V2" -> SessionConfig.V2;
      default -> throw StateReader.malformed("unknown config");
    };
  }

  static void writeSigningKey(JsonWriter json, Ed25519SigningKey key) {
    json.object();
    key.seed(ACCESS)
        .ifPresentOrElse(
            seed -> json.name("Normal").secret(seed),
            () -> json.name("Expanded").secret(key.expanded(ACCESS)));
    json.endObject();
  }

  static Ed25519SigningKey readSigningKey(JsonValue json) throws PickleException {
    Optional<JsonValue> seed = json.find("Normal");
    return seed.isPresent()
        ? KeyFields.seed(seed.get().bytes(Ed25519SigningKey.SEED_LENGTH))
        : KeyFields.expanded(json.field("Expanded").bytes(Ed25519SigningKey.EXPANDED_LENGTH));
  }

  private static void writeRatchet(JsonWriter json, Ratchet ratchet) {
    json.object().name("inner").secret(ratchet.bytes(ACCESS));
    json.name("counter").number(ratchet.index()).endObject();
  }

  private static Ratchet readRatchet(JsonValue json) throws PickleException {
    byte[] parts = json.field("inner").bytes(Ratchet.LENGTH);
    try {
      return Ratchet.at(json.field("counter").number(Ratchet.INDEX_MAX), parts);
    } finally {
      Wipe.all(parts);
    }
  }
}
