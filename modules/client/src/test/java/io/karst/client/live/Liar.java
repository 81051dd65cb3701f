package io.karst.client.live;

import io.karst.client.memory.DeviceMemory;
import io.karst.client.memory.KeyFile;
import io.karst.client.session.HeardSession;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.crypto.epoch.EpochKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.pickle.Pickler;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.nio.file.Path;

/** Makes a device give wrong keys: of the right sessions, with ratchets that are none. */
final class Liar {

  private Liar() {}

  /** Replaces what a device that is closed heard of another. */
  static void swapRatchet(Person liar, GroupId group, long epoch, DeviceAddress sender) {
    RandomBytes random = Person.random();
    Path keys = Person.at(liar.store()).keyStore();
    var pickler = new Pickler(KeyFile.open(keys, Person.password()), random);
    try (var memory = new DeviceMemory(SqliteStore.open(liar.store()), pickler)) {
      memory.transaction(unsealed -> {
        HeardSession heard = unsealed.heard(group, epoch, sender).orElseThrow();
        var binding =
            new SessionBinding(sender, epoch, heard.sessionId(), Bytes.copyOf(new byte[64]));
        try (EpochKey other = EpochKey.generate(random);
            SenderRatchet wrong = other.senderRatchet(
                group.value(), epoch, sender.member().value(), sender.device().value())) {
          unsealed.saveHeard(group, epoch, HeardSession.open(binding, wrong));
        }
        return true;
      });
    }
  }
}
