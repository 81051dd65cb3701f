package io.karst.checks.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The checkout that the tests run in. */
final class Project {

  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".karst");

  private Project() {}

  /** The folder that holds the whole project: the nearest one above with a Maven wrapper. */
  static Path root() {
    var start = Path.of("").toAbsolutePath();
    for (var folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not inside a checkout: " + start);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What lies in a folder and is not built, fetched or kept by a tool. */
  static List<Path> entries(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(entry -> !NOT_OURS.contains(entry.getFileName().toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
