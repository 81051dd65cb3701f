package io.karst.cassandra.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the node's {@code cassandra.yaml} for one folder and one pair of ports. */
final class NodeConfig {

  private NodeConfig() {}

  static void write(Path folder, int nativePort, int storagePort) throws IOException {
    var text = template()
        .replace("@FOLDER@", escaped(folder.toAbsolutePath()))
        .replace("@NATIVE_PORT@", Integer.toString(nativePort))
        .replace("@STORAGE_PORT@", Integer.toString(storagePort));
    Files.writeString(folder.resolve("cassandra.yaml"), text);
  }

  private static String template() throws IOException {
    try (InputStream in = NodeConfig.class.getResourceAsStream("cassandra.yaml")) {
      if (in == null) {
        throw new IOException("cassandra.yaml is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** For the inside of a double-quoted YAML string. */
  private static String escaped(Path folder) {
    return folder.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
