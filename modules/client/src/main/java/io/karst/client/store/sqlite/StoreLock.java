package io.karst.client.store.sqlite;

import io.karst.client.api.LocalMistake;
import io.karst.client.store.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process, and a second object of this one, away from a store: two owners would
 * encrypt twice under one key.
 *
 * <p>The lock file stays behind; the lock itself ends with the process.
 */
final class StoreLock implements AutoCloseable {

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  static StoreLock take(Path store) {
    Path file = store.resolveSibling(store.getFileName() + ".lock");
    try {
      OwnerOnly.create(file);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new LocalMistake(
            LocalMistake.Kind.STORE_IN_USE, "another process has this device open: " + store);
      }
      return new StoreLock(channel);
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
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
