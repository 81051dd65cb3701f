package io.karst.acceptance.scenario;

import io.karst.testkit.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sees in the server's log which groups and members are in its memory, and which are not. */
final class Sleepers {

  private static final Pattern LINE =
      Pattern.compile("(?:group|member) (\\S+) (is in memory|has left memory)");

  private final Path folder;
  private final Path log;

  Sleepers(ServerProcess server) {
    this.folder = server.data();
    this.log = server.log();
  }

  /** Waits until all of these have been in memory, and have left it. */
  void awaitAsleep(Collection<String> ids) {
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      WatchKey changes = folder.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!areAsleep(ids)) {
        if (watch.poll(Town.WAIT_SECONDS_MAX, TimeUnit.SECONDS) == null) {
          throw new AssertionError("of " + ids + " some stay in memory: " + last());
        }
        changes.pollEvents();
        changes.reset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How often it came into memory, which begins with reading its journal. */
  long awakenings(String id) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(" " + id + " is in memory")).count();
    }
  }

  private boolean areAsleep(Collection<String> ids) throws IOException {
    Map<String, String> last = last();
    return ids.stream().allMatch(id -> "has left memory".equals(last.get(id)));
  }

  private Map<String, String> last() throws IOException {
    Map<String, String> last = new HashMap<>();
    try (var lines = Files.lines(log)) {
      lines
          .map(LINE::matcher)
          .filter(Matcher::find)
          .forEach(line -> last.put(line.group(1), line.group(2)));
    }
    return last;
  }
}
