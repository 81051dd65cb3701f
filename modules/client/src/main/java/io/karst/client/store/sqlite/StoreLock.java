package io.karst.client.store.sqlite;

import io.karst.client.api.LocalMistake;
import io.karst.client.store.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second process, and a second object of this one, away from a store: two owners would
 * encrypt twice under one key.
 *
 * <p>The lock file stays behind; the lock itself ends with the process.
 */
final class StoreLock implements AutoCloseable {

  /**
   * What this process holds. Asked first: to open a lock file again and to close it would give up
   * the process's own lock on it, as POSIX has it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private StoreLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static StoreLock take(Path store) {
    try {
      Path lock = store.resolveSibling(store.getFileName() + ".lock");
      OwnerOnly.create(lock);
      Path file = lock.toRealPath();
      if (!HELD.add(file)) {
        throw inUse("this process has this device open already: " + store);
      }
      try {
        return new StoreLock(file, locked(file, store));
      } catch (IOException | RuntimeException e) {
        HELD.remove(file);
        throw e;
      }
    } catch (IOException e) {
      throw StoreFailure.failed(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw StoreFailure.failed(e);
    } finally {
      HELD.remove(file);
    }
  }

  private static FileChannel locked(Path file, Path store) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw inUse("another process has this device open: " + store);
    }
    return channel;
  }

  private static LocalMistake inUse(String message) {
    return new LocalMistake(LocalMistake.Kind.STORE_IN_USE, message);
  }
}
