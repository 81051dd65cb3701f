package io.karst.crypto.pickle.libolm;

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
import io.karst.crypto.pickle.StateWriter;
import io.karst.crypto.primitive.Wipe;
import io.karst.crypto.wire.SessionConfig;

/** libolm's group sessions: outbound version 1, inbound versions 1 and 2. */
final class LibolmGroups {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final int OUTBOUND_VERSION = 1;
  private static final int INBOUND_VERSION = 2;

  private LibolmGroups() {}

  static void write(StateWriter state, OutboundGroupSession session) throws PickleException {
    LibolmPickler.requireRepresentable(session.config());
    Ratchet ratchet = session.ratchet(ACCESS);
    if (ratchet.isSpent()) {
      throw LibolmPickler.unrepresentable("the ratchet is spent");
    }
    state.u32(OUTBOUND_VERSION);
    writeRatchet(state, ratchet);
    writeKeyPair(state, session.signingKey(ACCESS));
  }

  static OutboundGroupSession readOutbound(StateReader state) throws PickleException {
    LibolmPickler.requireVersion(OUTBOUND_VERSION, state.u32());
    Ratchet ratchet = readRatchet(state);
    return OutboundGroupSession.restore(ACCESS, SessionConfig.V1, ratchet, readKeyPair(state));
  }

  static void write(StateWriter state, InboundGroupSession session) throws PickleException {
    LibolmPickler.requireRepresentable(session.config());
    RatchetPair ratchets = session.ratchets(ACCESS);
    state.u32(INBOUND_VERSION);
    writeRatchet(state, ratchets.initial());
    writeRatchet(state, ratchets.latest());
    state.bytes(session.publicKey().bytes()).flag(session.signingKeyVerified());
  }

  static InboundGroupSession readInbound(StateReader state) throws PickleException {
    long version = state.u32();
    boolean flagless = version == INBOUND_VERSION - 1;
    if (!flagless) {
      LibolmPickler.requireVersion(INBOUND_VERSION, version);
    }
    RatchetPair ratchets = new RatchetPair(readRatchet(state), readRatchet(state));
    Ed25519PublicKey publicKey = KeyFields.ed25519(state.bytes(Ed25519PublicKey.LENGTH));
    // When version 1 was current, a session could only be made from a signed session key.
    boolean verified = flagless || state.flag();
    return InboundGroupSession.restore(ACCESS, SessionConfig.V1, publicKey, verified, ratchets);
  }

  /** Public key, then expanded private key. */
  static void writeKeyPair(StateWriter state, Ed25519SigningKey key) {
    state.bytes(key.publicKey().bytes()).secret(key.expanded(ACCESS));
  }

  /** Signing with a public key that is not one's own would give the private key away. */
  static Ed25519SigningKey readKeyPair(StateReader state) throws PickleException {
    Ed25519PublicKey stored = KeyFields.ed25519(state.bytes(Ed25519PublicKey.LENGTH));
    Ed25519SigningKey key = KeyFields.expanded(state.bytes(Ed25519SigningKey.EXPANDED_LENGTH));
    if (!key.publicKey().equals(stored)) {
      throw StateReader.malformed("public and private signing key do not belong together");
    }
    return key;
  }

  private static void writeRatchet(StateWriter state, Ratchet ratchet) {
    state.secret(ratchet.bytes(ACCESS)).u32(ratchet.index());
  }

  private static Ratchet readRatchet(StateReader state) throws PickleException {
    byte[] parts = state.bytes(Ratchet.LENGTH);
    try {
      return Ratchet.at(state.u32(), parts);
    } finally {
      Wipe.all(parts);
    }
  }
}
