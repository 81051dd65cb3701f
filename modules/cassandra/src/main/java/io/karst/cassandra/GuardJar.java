package io.karst.cassandra;

import io.karst.cassandra.node.GuardedNode;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.Month;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Packs what runs in the child JVM into a jar of its own.
 *
 * <p>A start-up archive works only with jars on the class path, and only while they stay the same
 * files. So the jar has fixed times inside and is left alone when it would not change.
 */
final class GuardJar {

  private static final List<String> ENTRIES =
      List.of("GuardedNode.class", "NodeConfig.class", "cassandra.yaml", "logback.xml");
  private static final String FOLDER = "io/karst/cassandra/node/";
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2000, Month.JANUARY, 1, 0, 0);

  private GuardJar() {}

  static Path in(Path cache) throws IOException {
    Files.createDirectories(cache);
    var jar = cache.resolve("karst-node.jar");
    var bytes = pack();
    if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), bytes)) {
      var fresh = Files.createTempFile(cache, "karst-node", ".tmp");
      Files.write(fresh, bytes);
      Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    return jar;
  }

  private static byte[] pack() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarOutputStream(bytes)) {
      for (String name : ENTRIES) {
        var entry = new JarEntry(FOLDER + name);
        entry.setTimeLocal(ENTRY_TIME);
        jar.putNextEntry(entry);
        jar.write(read(name));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] read(String name) throws IOException {
    try (var in = GuardedNode.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(FOLDER + name + " is missing from the class path");
      }
      return in.readAllBytes();
    }
  }
}
