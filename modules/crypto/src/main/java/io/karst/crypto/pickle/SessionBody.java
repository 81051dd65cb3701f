package io.karst.crypto.pickle;

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
import io.karst.crypto.primitive.Wipe;
import io.karst.crypto.wire.SessionConfig;
import io.karst.crypto.wire.SessionKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Olm sessions, version 1.
 *
 * <p>Config (1 byte), identity, base and one-time key (32 each), root key (32), direction changes
 * plus one, or 0 if unknown (8), active (1), then either ratchet key, secret half (32) and chain,
 * or the peer's ratchet key (32); number of receiver chains (4), each ratchet key (32) and chain;
 * number of skipped keys (4), each ratchet key (32), index (8), message key (32). Chain: index (8),
 * key (32). Oldest first.
 */
final class SessionBody {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  private SessionBody() {}

  static void write(StateWriter state, OlmSession session) {
    DoubleRatchet ratchet = session.ratchet(ACCESS);
    GroupBody.writeConfig(state, session.config());
    writeKeys(state, session.sessionKeys());
    state.secret(ratchet.rootKey().bytes(ACCESS)).u64(ratchet.count().value() + 1);
    writeSender(state, ratchet.sender());
    state.u32(ratchet.chains().size());
    for (ReceiverChain chain : ratchet.chains()) {
      state.bytes(chain.ratchetKey().bytes());
      writeChain(state, chain.chainKey());
    }
    state.u32(ratchet.skipped().size());
    for (SkippedKey key : ratchet.skipped()) {
      state.bytes(key.ratchetKey().bytes()).u64(key.index());
      state.secret(key.messageKey().bytes(ACCESS));
    }
  }

  static OlmSession read(StateReader state, RandomBytes random) throws PickleException {
    SessionConfig config = GroupBody.readConfig(state);
    SessionKeys keys = new SessionKeys(publicKey(state), publicKey(state), publicKey(state));
    RootKey rootKey = secret(state, RootKey::of);
    RatchetCount count = new RatchetCount(state.u64() - 1);
    Sender sender = readSender(state);
    List<ReceiverChain> chains = new ArrayList<>();
    for (int n = state.count(DoubleRatchet.RECEIVER_CHAINS_MAX); n > 0; n--) {
      chains.add(new ReceiverChain(publicKey(state), readChain(state)));
    }
    List<SkippedKey> skipped = new ArrayList<>();
    for (int n = state.count(DoubleRatchet.SKIPPED_KEYS_MAX); n > 0; n--) {
      skipped.add(new SkippedKey(publicKey(state), state.u64(), secret(state, MessageKey::of)));
    }
    DoubleRatchet ratchet = new DoubleRatchet(rootKey, sender, chains, skipped, count);
    return OlmSession.restore(ACCESS, config, keys, ratchet, random);
  }

  private static void writeKeys(StateWriter state, SessionKeys keys) {
    state
        .bytes(keys.identityKey().bytes())
        .bytes(keys.baseKey().bytes())
        .bytes(keys.oneTimeKey().bytes());
  }

  private static void writeSender(StateWriter state, Sender sender) {
    if (sender instanceof Sender.Active active) {
      state.flag(true).secret(active.ratchetKey().bytes(ACCESS));
      writeChain(state, active.chainKey());
    } else if (sender instanceof Sender.Inactive inactive) {
      state.flag(false).bytes(inactive.peerRatchetKey().bytes());
    }
  }

  private static Sender readSender(StateReader state) throws PickleException {
    if (!state.flag()) {
      return new Sender.Inactive(publicKey(state));
    }
    Curve25519SecretKey key = KeyFields.curve25519Secret(state.bytes(Curve25519SecretKey.LENGTH));
    return new Sender.Active(key, readChain(state));
  }

  private static void writeChain(StateWriter state, ChainKey chain) {
    state.u64(chain.index()).secret(chain.bytes(ACCESS));
  }

  private static ChainKey readChain(StateReader state) throws PickleException {
    long index = state.u64();
    return secret(state, bytes -> ChainKey.of(bytes, index));
  }

  private static Curve25519PublicKey publicKey(StateReader state) throws PickleException {
    return KeyFields.curve25519(state.bytes(Curve25519PublicKey.LENGTH));
  }

  private static <S> S secret(StateReader state, Function<byte[], S> type) throws PickleException {
    byte[] bytes = state.bytes(RatchetSecret.LENGTH);
    try {
      return type.apply(bytes);
    } finally {
      Wipe.all(bytes);
    }
  }
}
