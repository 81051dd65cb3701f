package io.karst.crypto.pickle;

import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.ForwardOnlyKeys;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.Ratchet;
import io.karst.crypto.megolm.RatchetPair;
import io.karst.crypto.megolm.SkippedKey;
import io.karst.crypto.megolm.opened.IndexRange;
import io.karst.crypto.megolm.opened.OpenedIndexes;
import io.karst.crypto.primitive.Wipe;
import io.karst.crypto.wire.SessionConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Group sessions.
 *
 * <p>Outbound: config (1 byte: 1 or 2), ratchet, signing key (form: 1 seed of 32 bytes, 2 expanded
 * of 64). Inbound: config, initial ratchet, latest ratchet, public key (32), verified (1). Ratchet:
 * index (8; 2^32 when spent), parts (128; zero when spent). Forward-only: config, ratchet, public
 * key, verified, number of skipped keys (4), each index (8) and keys (80), ascending.
 *
 * <p>Inbound and forward-only sessions of version 2 end with the record of what was opened: its
 * start, told from, next index (8 each), number of gaps (4), each from and to (8 each), ascending.
 */
final class GroupBody {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final int SEED_FORM = 1;
  private static final int EXPANDED_FORM = 2;

  /** The version since which receiving sessions keep what was opened. */
  private static final int RECORDING = 2;

  private GroupBody() {}

  static void write(StateWriter state, OutboundGroupSession session) {
    writeConfig(state, session.config());
    writeRatchet(state, session.ratchet(ACCESS));
    writeSigningKey(state, session.signingKey(ACCESS));
  }

  static OutboundGroupSession readOutbound(StateReader state) throws PickleException {
    SessionConfig config = readConfig(state);
    Ratchet ratchet = readRatchet(state);
    return OutboundGroupSession.restore(ACCESS, config, ratchet, readSigningKey(state));
  }

  static void write(StateWriter state, InboundGroupSession session) {
    RatchetPair ratchets = session.ratchets(ACCESS);
    writeConfig(state, session.config());
    writeRatchet(state, ratchets.initial());
    writeRatchet(state, ratchets.latest());
    state.bytes(session.publicKey().bytes()).flag(session.signingKeyVerified());
    writeOpened(state, session.opened());
  }

  static InboundGroupSession readInbound(StateReader state, int version) throws PickleException {
    SessionConfig config = readConfig(state);
    RatchetPair ratchets = new RatchetPair(readRatchet(state), readRatchet(state));
    Ed25519PublicKey publicKey = KeyFields.checkedEd25519(state.bytes(Ed25519PublicKey.LENGTH));
    InboundGroupSession session =
        InboundGroupSession.restore(ACCESS, config, publicKey, state.flag(), ratchets);
    return version < RECORDING ? session : session.recalling(ACCESS, readOpened(state));
  }

  static void write(StateWriter state, ForwardOnlyGroupSession session) {
    ForwardOnlyKeys keys = session.keys(ACCESS);
    writeConfig(state, session.config());
    writeRatchet(state, keys.ratchet());
    state.bytes(session.publicKey().bytes()).flag(session.signingKeyVerified());
    state.u32(keys.skipped().size());
    for (SkippedKey key : keys.skipped()) {
      state.u64(key.index()).secret(key.bytes(ACCESS));
    }
    writeOpened(state, session.opened());
  }

  static ForwardOnlyGroupSession readForwardOnly(StateReader state, int version)
      throws PickleException {
    SessionConfig config = readConfig(state);
    Ratchet ratchet = readRatchet(state);
    Ed25519PublicKey publicKey = KeyFields.checkedEd25519(state.bytes(Ed25519PublicKey.LENGTH));
    boolean verified = state.flag();
    List<SkippedKey> skipped = new ArrayList<>();
    for (int n = state.count(ForwardOnlyGroupSession.SKIPPED_KEYS_MAX); n > 0; n--) {
      skipped.add(readSkippedKey(state));
    }
    ForwardOnlyKeys keys = new ForwardOnlyKeys(ratchet, skipped);
    ForwardOnlyGroupSession session =
        ForwardOnlyGroupSession.restore(ACCESS, config, publicKey, verified, keys);
    return version < RECORDING ? session : session.recalling(ACCESS, readOpened(state));
  }

  private static void writeOpened(StateWriter state, OpenedIndexes opened) {
    state.u64(opened.start()).u64(opened.toldFrom()).u64(opened.next());
    state.u32(opened.gaps().size());
    opened.gaps().forEach(gap -> state.u64(gap.from()).u64(gap.to()));
  }

  private static OpenedIndexes readOpened(StateReader state) throws PickleException {
    long start = state.u64();
    long toldFrom = state.u64();
    long next = state.u64();
    List<IndexRange> gaps = new ArrayList<>();
    for (int n = state.count(OpenedIndexes.GAPS_MAX); n > 0; n--) {
      gaps.add(new IndexRange(state.u64(), state.u64()));
    }
    return OpenedIndexes.of(start, toldFrom, next, gaps);
  }

  private static SkippedKey readSkippedKey(StateReader state) throws PickleException {
    long index = state.u64();
    byte[] keys = state.bytes(SkippedKey.LENGTH);
    try {
      return SkippedKey.of(index, keys);
    } finally {
      Wipe.all(keys);
    }
  }

  static void writeConfig(StateWriter state, SessionConfig config) {
    state.u8(
        switch (config) {
          case V1 -> 1;
          case V2 -> 2;
        });
  }

  static SessionConfig readConfig(StateReader state) throws PickleException {
    return switch (state.u8()) {
      case 1 -> SessionConfig.V1;
      case 2 -> SessionConfig.V2;
      default -> throw StateReader.malformed("unknown config");
    };
  }

  static void writeSigningKey(StateWriter state, Ed25519SigningKey key) {
    key.seed(ACCESS)
        .ifPresentOrElse(
            seed -> state.u8(SEED_FORM).secret(seed),
            () -> state.u8(EXPANDED_FORM).secret(key.expanded(ACCESS)));
  }

  static Ed25519SigningKey readSigningKey(StateReader state) throws PickleException {
    return switch (state.u8()) {
      case SEED_FORM -> KeyFields.seed(state.bytes(Ed25519SigningKey.SEED_LENGTH));
      case EXPANDED_FORM -> KeyFields.expanded(state.bytes(Ed25519SigningKey.EXPANDED_LENGTH));
      default -> throw StateReader.malformed("unknown form of a signing key");
    };
  }

  private static void writeRatchet(StateWriter state, Ratchet ratchet) {
    state.u64(ratchet.index());
    state.secret(ratchet.isSpent() ? new byte[Ratchet.LENGTH] : ratchet.bytes(ACCESS));
  }

  private static Ratchet readRatchet(StateReader state) throws PickleException {
    long index = state.u64();
    byte[] parts = state.bytes(Ratchet.LENGTH);
    try {
      return index == Ratchet.INDEX_MAX + 1 ? spent(parts) : Ratchet.at(index, parts);
    } finally {
      Wipe.all(parts);
    }
  }

  private static Ratchet spent(byte[] parts) throws PickleException {
    if (!Arrays.equals(parts, new byte[Ratchet.LENGTH])) {
      throw StateReader.malformed("a spent ratchet is zero");
    }
    return Ratchet.spent();
  }
}
