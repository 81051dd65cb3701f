package io.karst.client;

import io.karst.client.api.LocalMistake;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.memory.KeyFile;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.Function;

/** Opens and makes the files of a device. */
final class DeviceFiles {

  private final StoreLocation location;
  private final RandomBytes random;

  DeviceFiles(StoreLocation location, RandomBytes random) {
    this.location = location;
    this.random = random;
  }

  /** Opens the files of a device that is there. */
  DeviceMemory open() {
    if (!Files.exists(location.keyStore()) || !Files.exists(location.database())) {
      throw new LocalMistake(
          LocalMistake.Kind.STORE_NOT_FOUND, "no device lives in " + location.database());
    }
    return memory(password -> KeyFile.open(location.keyStore(), password));
  }

  /**
   * Makes files for a new device, or takes up those of one whose registration did not come to its
   * end.
   */
  DeviceMemory prepare() {
    return Files.exists(location.keyStore())
        ? memory(password -> KeyFile.open(location.keyStore(), password))
        : memory(password -> KeyFile.create(location.keyStore(), password, random));
  }

  private DeviceMemory memory(Function<char[], PickleKey> source) {
    char[] password = location.password();
    try {
      PickleKey key = source.apply(password);
      return new DeviceMemory(SqliteStore.open(location.database()), new Pickler(key, random));
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
