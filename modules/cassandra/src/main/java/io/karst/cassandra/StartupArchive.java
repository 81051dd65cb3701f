package io.karst.cassandra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JVM's archive of loaded classes, which about halves the time of a start.
 *
 * <p>The first orderly stop writes it; later starts map it. Its name changes with the jars and the
 * Java, and with it the archive. A JVM that finds an archive unfit ignores it, so a stale one costs
 * speed and nothing else.
 */
final class StartupArchive {

  private static final String FINISHED = ".jsa";
  private static final String UNFINISHED = ".unfinished";

  /** Several nodes of one JVM may stop at a time, each writing its own. */
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final Path archive;
  private final Path unfinished;
  private final boolean existed;

  StartupArchive(Path cache, Path java, List<Path> jars) throws IOException {
    this.archive = cache.resolve("node-%08x%s".formatted(fingerprint(java, jars), FINISHED));
    this.unfinished = cache.resolve("node-%d-%d%s"
        .formatted(ProcessHandle.current().pid(), NEXT.getAndIncrement(), UNFINISHED));
    this.existed = Files.exists(archive);
    sweep(cache);
  }

  /** What the child JVM is started with. */
  List<String> flags() {
    return existed
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off")
        : List.of("-XX:ArchiveClassesAtExit=" + unfinished, "-Xlog:cds=off");
  }

  /** To be called when the child has ended in order: its archive becomes the only one. */
  void keep() {
    if (existed || !Files.exists(unfinished)) {
      return;
    }
    try {
      Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
      for (Path other : listed(archive.resolveSibling("."), FINISHED)) {
        if (!other.getFileName().equals(archive.getFileName())) {
          Files.deleteIfExists(other);
        }
      }
    } catch (IOException e) {
      discard(); // the next stop tries again
    }
  }

  /** To be called when the child was killed, perhaps while it wrote. */
  void discard() {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // A leftover of some megabytes in a folder that anybody may delete.
    }
  }

  private static int fingerprint(Path java, List<Path> jars) throws IOException {
    var facts = new ArrayList<>();
    facts.add(java);
    for (Path jar : jars) {
      facts.add(jar);
      facts.add(Files.size(jar));
      facts.add(Files.getLastModifiedTime(jar));
    }
    return facts.hashCode();
  }

  /** Removes what nodes left whose parents died before they could rename it. */
  private static void sweep(Path cache) throws IOException {
    for (Path leftover : listed(cache, UNFINISHED)) {
      var pid = leftover.getFileName().toString().split("-", -1)[1];
      if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  private static List<Path> listed(Path cache, String ending) throws IOException {
    try (var entries = Files.list(cache)) {
      return entries.filter(entry -> entry.toString().endsWith(ending)).toList();
    }
  }
}
