package io.karst.cassandra;

import io.karst.cassandra.node.GuardedNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what the child prints, for as long as it lives, so that it never blocks on a full pipe.
 *
 * <p>Thread rule: a daemon thread of its own reads; the futures and {@link #lastLine()} may be used
 * by any thread.
 */
final class ChildOutput {

  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private volatile String lastLine = "";

  static ChildOutput of(Process child) {
    var output = new ChildOutput();
    var reader = new Thread(() -> output.read(child), "cassandra-output");
    reader.setDaemon(true);
    reader.start();
    return output;
  }

  /** Completes with true when Cassandra answers queries, with false when it ended before. */
  CompletableFuture<Boolean> ready() {
    return ready;
  }

  /** The newest line that says something: not an empty one, nor the inside of a stack trace. */
  String lastLine() {
    return lastLine;
  }

  private void read(Process child) {
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      // The pipe of a killed child: the same as its end.
    }
    ready.complete(false);
  }

  private void take(String line) {
    if (line.equals(GuardedNode.READY)) {
      ready.complete(true);
    } else if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
      lastLine = line;
    }
  }
}
