package io.karst.crypto.pickle.libolm;

import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Curve25519PublicKey;
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
import io.karst.crypto.pickle.StateWriter;
import io.karst.crypto.primitive.Wipe;
import io.karst.crypto.wire.SessionConfig;
import io.karst.crypto.wire.SessionKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * libolm's sessions, version 1; chains and skipped keys stand newest first.
 *
 * <p>libolm keeps 40 skipped keys in a session, not in a chain, so the newest 40 are written.
 */
final class LibolmSessions {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final int VERSION = 1;
  private static final int SKIPPED_KEYS_MAX = 40;
  private static final int SENDER_CHAINS_MAX = 1;

  private LibolmSessions() {}

  static void write(StateWriter state, OlmSession session) throws PickleException {
    LibolmPickler.requireRepresentable(session.config());
    DoubleRatchet ratchet = session.ratchet(ACCESS);
    SessionKeys keys = session.sessionKeys();
    state.u32(VERSION).flag(ratchet.hasReceived());
    state.bytes(keys.identityKey().bytes()).bytes(keys.baseKey().bytes());
    state.bytes(keys.oneTimeKey().bytes()).secret(ratchet.rootKey().bytes(ACCESS));
    writeSender(state, ratchet.sender());
    state.u32(ratchet.chains().size());
    for (ReceiverChain chain : newestFirst(ratchet.chains())) {
      state.bytes(chain.ratchetKey().bytes());
      writeChain(state, chain.chainKey());
    }
    writeSkipped(state, ratchet.skipped());
  }

  private static void writeSender(StateWriter state, Sender sender) throws PickleException {
    if (sender instanceof Sender.Active active) {
      state.u32(1);
      LibolmAccounts.writeKeyPair(state, active.ratchetKey());
      writeChain(state, active.chainKey());
    } else {
      state.u32(0);
    }
  }

  private static void writeChain(StateWriter state, ChainKey chain) throws PickleException {
    if (chain.isSpent()) {
      throw LibolmPickler.unrepresentable("a chain is spent");
    }
    state.secret(chain.bytes(ACCESS)).u32(chain.index());
  }

  private static void writeSkipped(StateWriter state, List<SkippedKey> skipped) {
    int excess = Math.max(0, skipped.size() - SKIPPED_KEYS_MAX);
    List<SkippedKey> kept = newestFirst(skipped.subList(excess, skipped.size()));
    state.u32(kept.size());
    for (SkippedKey key : kept) {
      state.bytes(key.ratchetKey().bytes());
      state.secret(key.messageKey().bytes(ACCESS)).u32(key.index());
    }
  }

  static OlmSession read(StateReader state, RandomBytes random) throws PickleException {
    LibolmPickler.requireVersion(VERSION, state.u32());
    // Whether a message was received follows from the receiver chains.
    state.flag();
    SessionKeys keys = new SessionKeys(publicKey(state), publicKey(state), publicKey(state));
    RootKey rootKey = secret(state, RootKey::of);
    List<Sender> active = new ArrayList<>();
    for (int n = state.count(SENDER_CHAINS_MAX); n > 0; n--) {
      active.add(new Sender.Active(LibolmAccounts.readKeyPair(state), readChain(state)));
    }
    List<ReceiverChain> chains = new ArrayList<>();
    for (int n = state.count(DoubleRatchet.RECEIVER_CHAINS_MAX); n > 0; n--) {
      chains.add(new ReceiverChain(publicKey(state), readChain(state)));
    }
    if (active.isEmpty() && chains.isEmpty()) {
      throw StateReader.malformed("neither side has a ratchet key");
    }
    Sender sender =
        active.isEmpty() ? new Sender.Inactive(chains.get(0).ratchetKey()) : active.get(0);
    List<SkippedKey> skipped = readSkipped(state);
    Collections.reverse(chains);
    DoubleRatchet ratchet =
        new DoubleRatchet(rootKey, sender, chains, skipped, RatchetCount.UNKNOWN);
    return OlmSession.restore(ACCESS, SessionConfig.V1, keys, ratchet, random);
  }

  private static List<SkippedKey> readSkipped(StateReader state) throws PickleException {
    List<SkippedKey> skipped = new ArrayList<>();
    for (int n = state.count(SKIPPED_KEYS_MAX); n > 0; n--) {
      Curve25519PublicKey ratchetKey = publicKey(state);
      MessageKey key = secret(state, MessageKey::of);
      skipped.add(new SkippedKey(ratchetKey, state.u32(), key));
    }
    Collections.reverse(skipped);
    return skipped;
  }

  private static ChainKey readChain(StateReader state) throws PickleException {
    byte[] key = state.bytes(RatchetSecret.LENGTH);
    long index = state.u32();
    try {
      return ChainKey.of(key, index);
    } finally {
      Wipe.all(key);
    }
  }

  private static <S> S secret(StateReader state, Function<byte[], S> type) throws PickleException {
    byte[] bytes = state.bytes(RatchetSecret.LENGTH);
    try {
      return type.apply(bytes);
    } finally {
      Wipe.all(bytes);
    }
  }

  private static Curve25519PublicKey publicKey(StateReader state) throws PickleException {
    return KeyFields.curve25519(state.bytes(Curve25519PublicKey.LENGTH));
  }

  private static <T> List<T> newestFirst(List<T> oldestFirst) {
    List<T> reversed = new ArrayList<>(oldestFirst);
    Collections.reverse(reversed);
    return reversed;
  }
}
