package io.karst.cassandra;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How to run one node; start from {@link #in(Path)} and change what differs.
 *
 * @param dataFolder where everything of the node is kept: data, commit log, logs, configuration
 * @param nodeLib the folder with Cassandra's jars
 * @param cache where start-up archives are kept; may be shared by nodes and deleted at any time
 * @param nativePort the port for queries, 0 to choose a free one
 * @param storagePort the port for other nodes, 0 to choose a free one
 * @param heapMebibytes the child's largest heap
 * @param readyWithin how long {@code start} waits before it gives up
 * @param progress is told in one-line sentences what a long start is doing
 */
public record NodeOptions(
    Path dataFolder,
    Path nodeLib,
    Path cache,
    int nativePort,
    int storagePort,
    int heapMebibytes,
    Duration readyWithin,
    Consumer<String> progress) {

  /** System property that names the folder with Cassandra's jars. */
  public static final String NODE_LIB = "karst.cassandra.nodeLib";

  /** System property that names the cache folder; without it the cache is beside the data. */
  public static final String CACHE = "karst.cassandra.cache";

  /**
   * Ample for a node of one machine, whose memtables are bounded at 128 MiB: with half of it a node
   * ran out of memory after some minutes of packed writes at full speed. An upper bound: a node
   * takes what it needs.
   */
  private static final int HEAP_MEBIBYTES = 1024;

  /** Quiet machines take 13 s, busy ones were seen to take 36 s. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  /** Rejects ports and sizes that cannot be. */
  public NodeOptions {
    requirePort(nativePort);
    requirePort(storagePort);
    if (heapMebibytes < 128) {
      throw new IllegalArgumentException("Cassandra needs 128 MiB of heap, not " + heapMebibytes);
    }
    dataFolder = dataFolder.toAbsolutePath().normalize();
  }

  /** The usual settings: chosen ports, folders from the system properties, no progress. */
  public static NodeOptions in(Path dataFolder) {
    var beside = dataFolder.toAbsolutePath().resolveSibling("cassandra-cache");
    return new NodeOptions(
        dataFolder,
        Path.of(System.getProperty(NODE_LIB, "modules/cassandra/node/target/lib")),
        Path.of(System.getProperty(CACHE, beside.toString())),
        0,
        0,
        HEAP_MEBIBYTES,
        READY_WITHIN,
        line -> {});
  }

  /** The same with this port for queries. */
  public NodeOptions withNativePort(int port) {
    return new NodeOptions(
        dataFolder, nodeLib, cache, port, storagePort, heapMebibytes, readyWithin, progress);
  }

  /** The same with this port for other nodes. */
  public NodeOptions withStoragePort(int port) {
    return new NodeOptions(
        dataFolder, nodeLib, cache, nativePort, port, heapMebibytes, readyWithin, progress);
  }

  /** The same with this folder of Cassandra's jars. */
  public NodeOptions withNodeLib(Path folder) {
    return new NodeOptions(
        dataFolder, folder, cache, nativePort, storagePort, heapMebibytes, readyWithin, progress);
  }

  /** The same with this largest heap. */
  public NodeOptions withHeapMebibytes(int mebibytes) {
    return new NodeOptions(
        dataFolder, nodeLib, cache, nativePort, storagePort, mebibytes, readyWithin, progress);
  }

  /** The same with this patience. */
  public NodeOptions withReadyWithin(Duration time) {
    return new NodeOptions(
        dataFolder, nodeLib, cache, nativePort, storagePort, heapMebibytes, time, progress);
  }

  /** The same with this listener. */
  public NodeOptions withProgress(Consumer<String> listener) {
    return new NodeOptions(
        dataFolder, nodeLib, cache, nativePort, storagePort, heapMebibytes, readyWithin, listener);
  }

  private static void requirePort(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }
}
