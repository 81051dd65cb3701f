package io.karst.server;

import io.karst.testkit.ServerProgram;
import io.karst.testkit.ServerProgram.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration file of {@code serve}, with its secret, as an operator would write it. */
final class ServeFile {

  private final Path file;
  private final String text;

  private ServeFile(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /** A file that is right but for the lines that a test adds; they win. Ports are free ones. */
  static ServeFile in(Path folder) {
    try {
      Path secret = folder.resolve("secret");
      Files.write(secret, new byte[32]);
      return new ServeFile(folder.resolve("karst.conf"), "")
          .with("karst.server.secret-file = \"" + secret + "\"")
          .with("karst.server.port = 0")
          .with("pekko.remote.artery.canonical.port = 0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ServeFile with(String line) {
    return new ServeFile(file, text + line + "\n");
  }

  /** Against this Cassandra and this keyspace of it. */
  ServeFile against(InetSocketAddress cassandra, String keyspace) {
    return with("datastax-java-driver.basic.contact-points = [\"" + cassandra.getHostString() + ":"
            + cassandra.getPort() + "\"]")
        .with("karst.actors.keyspace = " + keyspace);
  }

  Path path() {
    return file;
  }

  /** Writes the file and starts the server with it. */
  ServerProgram serve() {
    try {
      Files.writeString(file, text);
      return ServerProgram.start("serve", "--config", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, of a server that ends by itself. */
  Ended serveToItsEnd() {
    try (ServerProgram program = serve()) {
      return program.awaitEnd();
    }
  }
}
