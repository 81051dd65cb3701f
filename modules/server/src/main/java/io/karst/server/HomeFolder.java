package io.karst.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The data folder of a server that runs everything on one machine. What is secret in it only its
 * owner may read. One process holds it at a time, until it ends.
 */
final class HomeFolder implements AutoCloseable {

  private final Path path;

  private final FileChannel lock;

  private HomeFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates the folder if need be, checks that it can be written, and takes hold of it. */
  static HomeFolder open(Path path) throws StartException {
    Path folder = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "probe", ""));
    } catch (FileAlreadyExistsException e) {
      throw new StartException(ExitCode.DATA_FOLDER, folder + " is not a folder");
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    return new HomeFolder(folder, lock(folder));
  }

  private static FileChannel lock(Path folder) throws StartException {
    try {
      var lock = FileChannel.open(
          folder.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        lock.close();
        throw new StartException(
            ExitCode.DATA_FOLDER, "data folder " + folder + " is in use by another server");
      }
      return lock;
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  Path path() {
    return path;
  }

  Path cassandra() {
    return path.resolve("cassandra");
  }

  Path secret() {
    return path.resolve("server-secret");
  }

  Path enrolmentToken() {
    return path.resolve("enrolment-token");
  }

  Path auditorToken() {
    return path.resolve("auditor-token");
  }

  /** With which one member that lost all devices registers anew. */
  Path resetToken() {
    return path.resolve("reset-token");
  }

  /** Where clients on this machine look for the server's address. */
  Path endpoint() {
    return path.resolve("endpoint");
  }

  /** Where tools on this machine look for the address of the Cassandra within. */
  Path cassandraEndpoint() {
    return path.resolve("cassandra-endpoint");
  }

  /** Writes a text that only the owner may read, whole or not at all. */
  void writePrivate(Path file, String text) throws StartException {
    writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes that only the owner may read, whole or not at all. */
  void writePrivate(Path file, byte[] content) throws StartException {
    try {
      Path draft = Files.createTempFile(
          path,
          file.getFileName().toString(),
          ".new",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static StartException unusable(Path folder, IOException problem) {
    return new StartException(
        ExitCode.DATA_FOLDER,
        "cannot write data folder " + folder + " (" + problem.getMessage() + ")");
  }

  /** Lets another process have the folder. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The process is about to end, and its locks with it.
    }
  }
}
