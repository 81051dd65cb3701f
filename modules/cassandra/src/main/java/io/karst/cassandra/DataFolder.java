package io.karst.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.cassandra.CassandraStartException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of one node: checked before a start, read after a failed one.
 *
 * @param loggedBefore the log's size in bytes when it was checked: what follows is of this start
 */
record DataFolder(Path path, long loggedBefore) {

  /** Two full commit logs; with less, Cassandra would fail in the middle of its start. */
  private static final long FREE_MEBIBYTES_MIN = 512;

  private static final int LINE_MAX = 300; // an error is shown on one line of a terminal

  /** Creates what is missing, or says why the node could not work there. */
  static DataFolder prepare(Path path) throws CassandraStartException {
    try {
      Files.createDirectories(path.resolve("logs"));
    } catch (IOException e) {
      throw unusable("cannot create data folder " + path + " (" + e.getMessage() + ")");
    }
    if (!Files.isWritable(path)) {
      throw unusable("data folder " + path + " is not writable");
    }
    long free = path.toFile().getUsableSpace() >> 20;
    if (free < FREE_MEBIBYTES_MIN) {
      throw unusable("disk of data folder %s has %d MiB free, and Cassandra needs %d"
          .formatted(path, free, FREE_MEBIBYTES_MIN));
    }
    return new DataFolder(path, logOf(path).toFile().length());
  }

  /** The log that the node writes. */
  Path log() {
    return logOf(path);
  }

  /** The newest error that the node logged since this start. */
  Optional<String> lastError() {
    try (var lines = new BufferedReader(new InputStreamReader(sinceStart(), UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.contains(" ERROR "))
          .reduce((earlier, later) -> later)
          .map(line -> line.substring(0, Math.min(line.length(), LINE_MAX)));
    } catch (IOException e) {
      return Optional.empty(); // it died before it could log
    }
  }

  private InputStream sinceStart() throws IOException {
    var in = Files.newInputStream(log());
    if (log().toFile().length() > loggedBefore) {
      in.skipNBytes(loggedBefore);
    }
    return in; // a shorter log is a new one: all of it is of this start
  }

  private static Path logOf(Path folder) {
    return folder.resolve("logs").resolve("cassandra.log");
  }

  private static CassandraStartException unusable(String message) {
    return new CassandraStartException(Reason.DATA_FOLDER_UNUSABLE, message);
  }
}
