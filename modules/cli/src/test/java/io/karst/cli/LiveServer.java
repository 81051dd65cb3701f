package io.karst.cli;

import io.karst.testkit.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real server with a real Cassandra, shared by all tests of this JVM, and homes for its users.
 *
 * <p>Members' names must differ between tests: see {@link #fresh}.
 */
final class LiveServer {

  private static final AtomicInteger NEXT = new AtomicInteger();

  private LiveServer() {}

  /** A user with an empty home on the shared server's machine. */
  static CommandRun newUser() {
    try {
      Path home = Files.createTempDirectory(data(), "home");
      return CommandRun.in(data()).with("KARST_HOME", home.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name that no other test uses. */
  static String fresh(String name) {
    return name + "-" + NEXT.getAndIncrement();
  }

  /** The server's data folder. */
  static Path data() {
    return Shared.SERVER.data();
  }

  /** Where the server listens, {@code HOST:PORT}. */
  static String endpoint() {
    return Shared.SERVER.endpoint();
  }

  /** Lets a device register. */
  static String enrolmentToken() {
    return Shared.SERVER.enrolmentToken();
  }

  static String host() {
    return Shared.SERVER.host();
  }

  static int port() {
    return Shared.SERVER.port();
  }

  /** Started by whoever touches it first; the loading of the class is the lock. */
  private static final class Shared {

    static final ServerProcess SERVER = ServerProcess.start();
  }
}
