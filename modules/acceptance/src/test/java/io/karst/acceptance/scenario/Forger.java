package io.karst.acceptance.scenario;

import io.karst.client.memory.DeviceMemory;
import io.karst.client.memory.KeyFile;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.HeardSession;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.megolm.ExportedSessionKey;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/** Writes wrong keys into a device's files, so that it gives those to whoever asks. */
final class Forger {

  /** Somewhere in the ratchet of an exported key, which is 128 bytes behind the first 5. */
  private static final int IN_THE_RATCHET = 42;

  private Forger() {}

  /** The device, which is closed, holds another ratchet of a sender in epoch 1 from now on. */
  static void forges(Home home, GroupId group, DeviceAddress sender) {
    var pickler =
        new Pickler(KeyFile.open(home.location().keyStore(), home.password()), Town.random());
    try (var memory = new DeviceMemory(SqliteStore.open(home.store()), pickler)) {
      var unused = memory.transaction(unsealed -> forge(unsealed, group, sender));
    }
  }

  private static boolean forge(Unsealed memory, GroupId group, DeviceAddress sender) {
    HeardSession right = memory.heard(group, 1, sender).orElseThrow();
    byte[] key = right.shareable().orElseThrow().exportAtFirstKnownIndex().bytes();
    key[IN_THE_RATCHET] ^= 1;
    memory.saveHeard(
        group, 1, new HeardSession(sender, right.sessionId(), session(key), right.heard()));
    return true;
  }

  private static InboundGroupSession session(byte[] key) {
    try {
      return InboundGroupSession.importFrom(SessionConfig.V1, ExportedSessionKey.fromBytes(key));
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }
}
