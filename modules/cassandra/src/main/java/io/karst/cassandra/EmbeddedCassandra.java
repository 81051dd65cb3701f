package io.karst.cassandra;

import io.karst.cassandra.CassandraStartException.Reason;
import io.karst.cassandra.node.GuardedNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running Cassandra node: an unmodified Cassandra 5 in a child JVM that listens on loopback.
 *
 * <p>The child ends with this JVM, whatever ends this one. What the node acknowledged is on disk
 * before the answer, so neither {@link #kill()} nor a power cut loses it.
 *
 * <p>Thread rule: every method may be called by any thread, any number of times.
 */
public final class EmbeddedCassandra implements AutoCloseable {

  /** The data centre that drivers must name. */
  public static final String DATACENTER = "datacenter1";

  /** A stop takes about 5 s on a quiet machine, and more while it writes the start-up archive. */
  private static final Duration STOP_MAX = Duration.ofSeconds(45);

  /** How often a waiting person hears that the start goes on. */
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private final Process child;
  private final InetSocketAddress contactPoint;
  private final StartupArchive archive;

  private EmbeddedCassandra(Process child, int nativePort, StartupArchive archive) {
    this.child = child;
    this.contactPoint = new InetSocketAddress(InetAddress.getLoopbackAddress(), nativePort);
    this.archive = archive;
  }

  /**
   * Starts a node and waits until it answers queries, which takes 6 to 40 seconds.
   *
   * @throws CassandraStartException with one line on what is wrong; nothing is left running
   */
  public static EmbeddedCassandra start(NodeOptions options)
      throws CassandraStartException, InterruptedException {
    var folder = DataFolder.prepare(options.dataFolder());
    int nativePort = Ports.settle(options.nativePort());
    int storagePort = Ports.settle(options.storagePort());
    EmbeddedCassandra node;
    ChildOutput output;
    try {
      var command = new NodeCommand(options);
      var child = command.run(nativePort, storagePort);
      output = ChildOutput.of(child);
      node = new EmbeddedCassandra(child, nativePort, command.archive());
    } catch (IOException e) {
      throw new CassandraStartException(
          Reason.DIED, "cannot start Cassandra (" + e.getMessage() + ")");
    }
    options.progress().accept("Starting Cassandra (its log: " + folder.log() + ")");
    return node.awaited(output, options, folder);
  }

  /** Where drivers connect. */
  public InetSocketAddress contactPoint() {
    return contactPoint;
  }

  /** The child's process id. */
  public long pid() {
    return child.pid();
  }

  /** Completes when the node has ended, asked to or not. */
  public CompletionStage<Void> ended() {
    return child.onExit().thenAccept(process -> {});
  }

  /** Stops the node in order and waits for it; kills it if that takes too long. */
  @Override
  public void close() {
    child.destroy();
    if (endsWithin(STOP_MAX)) {
      archive.keep();
    } else {
      kill();
    }
  }

  /** Ends the node at once, as a crash would, and waits until it is gone. */
  public void kill() {
    child.destroyForcibly();
    endsWithin(STOP_MAX);
    archive.discard();
  }

  private boolean endsWithin(Duration time) {
    try {
      return child.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private EmbeddedCassandra awaited(ChildOutput output, NodeOptions options, DataFolder folder)
      throws CassandraStartException, InterruptedException {
    boolean ready = false;
    try {
      ready = awaitReady(output.ready(), options);
    } catch (TimeoutException e) {
      throw new CassandraStartException(
          Reason.TIMED_OUT,
          "Cassandra was not ready within %d s; its log: %s"
              .formatted(options.readyWithin().toSeconds(), folder.log()));
    } finally {
      if (!ready) {
        kill();
      }
    }
    if (!ready) {
      throw whyEnded(output, folder);
    }
    return this;
  }

  private static boolean awaitReady(CompletableFuture<Boolean> ready, NodeOptions options)
      throws TimeoutException, InterruptedException {
    var left = options.readyWithin();
    while (left.compareTo(PROGRESS_EVERY) > 0) {
      try {
        return get(ready, PROGRESS_EVERY);
      } catch (TimeoutException e) {
        left = left.minus(PROGRESS_EVERY);
        var waited = options.readyWithin().minus(left).toSeconds();
        options.progress().accept("Still starting Cassandra (" + waited + " s)");
      }
    }
    return get(ready, left);
  }

  private static boolean get(CompletableFuture<Boolean> ready, Duration time)
      throws TimeoutException, InterruptedException {
    try {
      return ready.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // the future is only ever completed
    }
  }

  private CassandraStartException whyEnded(ChildOutput output, DataFolder folder) {
    int code = child.exitValue();
    if (code == GuardedNode.IN_USE) {
      return new CassandraStartException(
          Reason.DATA_FOLDER_IN_USE, "data folder " + folder.path() + " is in use");
    }
    if (code == GuardedNode.UNWRITABLE) {
      return new CassandraStartException(
          Reason.DATA_FOLDER_UNUSABLE,
          "cannot write data folder " + folder.path() + " (" + output.lastLine() + ")");
    }
    var words = folder.lastError().orElse(output.lastLine());
    return new CassandraStartException(
        Reason.DIED,
        "Cassandra ended with code %d: %s; its log: %s".formatted(code, words, folder.log()));
  }
}
