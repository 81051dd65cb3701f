package io.karst.server;

import io.karst.edge.auth.ServerSecret;
import io.karst.edge.call.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that holds a deployment's secret: 32 bytes, and nothing else. */
final class SecretFile {

  private SecretFile() {}

  static ServerSecret read(Path file) throws StartException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length != ServerSecret.LENGTH) {
        throw new StartException(ExitCode.USAGE, "secret file " + file + " does not have 32 bytes");
      }
      return new ServerSecret(bytes);
    } catch (IOException e) {
      throw new StartException(ExitCode.USAGE, "cannot read secret file " + file);
    }
  }

  /** Reads the folder's secret, or draws one. */
  static ServerSecret of(HomeFolder home, RandomBytes random) throws StartException {
    if (!Files.exists(home.secret())) {
      byte[] bytes = new byte[ServerSecret.LENGTH];
      random.fill(bytes);
      home.writePrivate(home.secret(), bytes);
    }
    return read(home.secret());
  }
}
