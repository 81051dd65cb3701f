package io.karst.crypto.pickle.vodozemac;

import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.olm.ratchet.ChainKey;
import io.karst.crypto.olm.ratchet.DoubleRatchet;
import io.karst.crypto.olm.ratchet.MessageKey;
import io.karst.crypto.olm.ratchet.RatchetCount;
import io.karst.crypto.olm.ratchet.RatchetSecret;
import io.karst.crypto.olm.ratchet.ReceiverChain;
import io.karst.crypto.olm.ratchet.RootKey;
import io.karst.crypto.olm.ratchet.Sender;
import io.karst.crypto.olm.ratchet.SkippedKey;
import io.karst.crypto.pickle.KeyFields;
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.primitive.Wipe;
import io.karst.crypto.wire.SessionKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * vodozemac's sessions; chains and skipped keys stand oldest first, skipped keys within their
 * chain.
 *
 * <p>What follows from the rest (parent keys, a chain's own count) is written but not read.
 */
final class VodozemacSessions {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final long INDEX_MAX = 0xffff_ffffL;

  private VodozemacSessions() {}

  static void write(JsonWriter json, OlmSession session) throws PickleException {
    DoubleRatchet ratchet = session.ratchet(ACCESS);
    SessionKeys keys = session.sessionKeys();
    json.object().name("session_keys").object();
    json.name("identity_key").bytes(keys.identityKey().bytes());
    json.name("base_key").bytes(keys.baseKey().bytes());
    json.name("one_time_key").bytes(keys.oneTimeKey().bytes()).endObject();
    json.name("sending_ratchet");
    writeSender(json, ratchet);
    json.name("receiving_chains").object().name("inner").list();
    for (int i = 0; i < ratchet.chains().size(); i++) {
      writeChain(json, ratchet, i);
    }
    json.endList().endObject();
    VodozemacGroups.writeConfig(json, session.config());
    json.endObject();
  }

  private static void writeSender(JsonWriter json, DoubleRatchet ratchet) throws PickleException {
    if (ratchet.sender() instanceof Sender.Active active) {
      json.object().name("type").text("active").name("parent_ratchet_key");
      if (ratchet.chains().isEmpty()) {
        json.nothing();
      } else {
        json.bytes(
            ratchet.chains().get(ratchet.chains().size() - 1).ratchetKey().bytes());
      }
      writeCount(json, ratchet.count());
      json.name("active_ratchet").object();
      json.name("root_key").secret(ratchet.rootKey().bytes(ACCESS));
      json.name("ratchet_key").secret(active.ratchetKey().bytes(ACCESS)).endObject();
      json.name("symmetric_key_ratchet");
      writeChainKey(json, active.chainKey());
    } else if (ratchet.sender() instanceof Sender.Inactive inactive) {
      json.object().name("type").text("inactive").name("root_key").object();
      json.name("key").secret(ratchet.rootKey().bytes(ACCESS)).endObject();
      json.name("ratchet_key").bytes(inactive.peerRatchetKey().bytes());
      writeCount(json, ratchet.count());
    }
    json.endObject();
  }

  private static void writeChain(JsonWriter json, DoubleRatchet ratchet, int position)
      throws PickleException {
    ReceiverChain chain = ratchet.chains().get(position);
    json.object().name("ratchet_key").bytes(chain.ratchetKey().bytes()).name("hkdf_ratchet");
    writeChainKey(json, chain.chainKey());
    json.name("skipped_message_keys").object().name("inner").list();
    for (SkippedKey key : ratchet.skipped()) {
      if (key.ratchetKey().equals(chain.ratchetKey())) {
        json.object().name("key").secret(key.messageKey().bytes(ACCESS));
        json.name("index").number(key.index()).endObject();
      }
    }
    json.endList().endObject();
    writeCount(json, chainCount(ratchet, position));
    json.endObject();
  }

  /** A chain comes with each change of direction that was the peer's: every second one. */
  private static RatchetCount chainCount(DoubleRatchet ratchet, int position) {
    int newer = ratchet.chains().size() - 1 - position;
    int ownTurn = ratchet.sender() instanceof Sender.Active ? 1 : 0;
    return ratchet.count().plus(-2L * newer - ownTurn);
  }

  private static void writeChainKey(JsonWriter json, ChainKey chain) throws PickleException {
    if (chain.isSpent()) {
      throw VodozemacPickler.unrepresentable("a chain is spent");
    }
    json.object().name("key").secret(chain.bytes(ACCESS));
    json.name("index").number(chain.index()).endObject();
  }

  private static void writeCount(JsonWriter json, RatchetCount count) {
    json.name("ratchet_count").object();
    if (count.isKnown()) {
      json.name("Known").number(count.value());
    } else {
      json.name("Unknown").nothing();
    }
    json.endObject();
  }

  static OlmSession read(JsonValue json, RandomBytes random) throws PickleException {
    JsonValue keys = json.field("session_keys");
    JsonValue sending = json.field("sending_ratchet");
    List<ReceiverChain> chains = new ArrayList<>();
    List<SkippedKey> skipped = new ArrayList<>();
    for (JsonValue chain : json.field("receiving_chains").field("inner").list()) {
      readChain(chain, chains, skipped);
    }
    DoubleRatchet ratchet = new DoubleRatchet(
        secret(rootKey(sending), RootKey::of),
        readSender(sending),
        chains,
        skipped,
        readCount(sending));
    SessionKeys sessionKeys = new SessionKeys(
        publicKey(keys.field("identity_key")),
        publicKey(keys.field("base_key")),
        publicKey(keys.field("one_time_key")));
    return OlmSession.restore(
        ACCESS, VodozemacGroups.readConfig(json), sessionKeys, ratchet, random);
  }

  private static boolean isActive(JsonValue sending) throws PickleException {
    return switch (sending.field("type").text()) {
      case "active" -> true;
      case "inactive" -> false;
      default -> throw StateReader.malformed("unknown type of ratchet");
    };
  }

  private static JsonValue rootKey(JsonValue sending) throws PickleException {
    return isActive(sending)
        ? sending.field("active_ratchet").field("root_key")
        : sending.field("root_key").field("key");
  }

  private static Sender readSender(JsonValue sending) throws PickleException {
    if (!isActive(sending)) {
      return new Sender.Inactive(publicKey(sending.field("ratchet_key")));
    }
    JsonValue ratchetKey = sending.field("active_ratchet").field("ratchet_key");
    return new Sender.Active(
        KeyFields.curve25519Secret(ratchetKey.bytes(Curve25519SecretKey.LENGTH)),
        readChainKey(sending.field("symmetric_key_ratchet")));
  }

  private static RatchetCount readCount(JsonValue sending) throws PickleException {
    Optional<JsonValue> count = sending.find("ratchet_count");
    if (count.isEmpty()) {
      return RatchetCount.UNKNOWN;
    }
    Optional<JsonValue> known = count.get().find("Known");
    return known.isPresent()
        ? new RatchetCount(known.get().number(Long.MAX_VALUE))
        : RatchetCount.UNKNOWN;
  }

  private static void readChain(
      JsonValue json, List<ReceiverChain> chains, List<SkippedKey> skipped) throws PickleException {
    Curve25519PublicKey ratchetKey = publicKey(json.field("ratchet_key"));
    chains.add(new ReceiverChain(ratchetKey, readChainKey(json.field("hkdf_ratchet"))));
    for (JsonValue key : json.field("skipped_message_keys").field("inner").list()) {
      long index = key.field("index").number(INDEX_MAX);
      skipped.add(new SkippedKey(ratchetKey, index, secret(key.field("key"), MessageKey::of)));
    }
  }

  private static ChainKey readChainKey(JsonValue json) throws PickleException {
    long index = json.field("index").number(INDEX_MAX);
    return secret(json.field("key"), bytes -> ChainKey.of(bytes, index));
  }

  private static Curve25519PublicKey publicKey(JsonValue json) throws PickleException {
    return KeyFields.curve25519(json.bytes(Curve25519PublicKey.LENGTH));
  }

  private static <S> S secret(JsonValue json, Function<byte[], S> type) throws PickleException {
    byte[] bytes = json.bytes(RatchetSecret.LENGTH);
    try {
      return type.apply(bytes);
    } finally {
      Wipe.all(bytes);
    }
  }
}
