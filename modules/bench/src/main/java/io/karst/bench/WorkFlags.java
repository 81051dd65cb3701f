package io.karst.bench;

import io.karst.bench.group.Fleet;
import io.karst.bench.measure.Contest;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.bench.raw.RowLoad;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say what is written, how much of it at a time, and for how long. */
final class WorkFlags {

  private static final int SECONDS_MAX = 600;
  private static final int ROUNDS_MAX = 100;
  private static final int WARM_UP_MAX = 10;

  /** What fits into an envelope of 64 KiB beside Megolm's own bytes. */
  private static final int PAYLOAD_MAX = 65_000;

  /** The server's limit of a frame. */
  private static final int FRAME_MAX = 64;

  private static final int GROUPS_MAX = 10_000;

  /** Each has a connection of its own. */
  private static final int DEVICES_MAX = 64;

  /** Beyond it one group could not hold what all devices send. */
  private static final int IN_FLIGHT_MAX = 4_096;

  /** What one connection of the driver carries. */
  private static final int RAW_IN_FLIGHT_MAX = 1_024;

  private static final int REPLICAS_MAX = 7;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Time of each way of writing in each round. Default: ${DEFAULT-VALUE}")
  int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds that count. Default: ${DEFAULT-VALUE}")
  int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "1",
      description = "Rounds before them that do not. Default: ${DEFAULT-VALUE}")
  int warmUp;

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      defaultValue = "300",
      description =
          "Plaintext of an envelope; Megolm adds some 80 bytes. Default: ${DEFAULT-VALUE}")
  int payload;

  @Option(
      names = "--frame",
      paramLabel = "N",
      split = ",",
      defaultValue = "32,1",
      description =
          "Envelopes of a frame; several values are measured each. Default: ${DEFAULT-VALUE}")
  List<Integer> frames = List.of();

  @Option(
      names = "--groups",
      paramLabel = "N",
      defaultValue = "100",
      description = "Groups where there are many. Default: ${DEFAULT-VALUE}")
  int groups;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "16",
      description = "Devices that write, each on one stream. Default: ${DEFAULT-VALUE}")
  int devices;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "128",
      description = "Envelopes that each device has under way, in at most 64 frames."
          + " Default: ${DEFAULT-VALUE}")
  int inFlight;

  @Option(
      names = "--raw-in-flight",
      paramLabel = "N",
      defaultValue = "512",
      description = "Statements that the raw driver has under way where a row holds one envelope,"
          + " and an eighth of them where it is packed. Default: ${DEFAULT-VALUE}")
  int rawInFlight;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "Replicas of the raw driver's rows; the server's keyspace has its own setting."
          + " Default: ${DEFAULT-VALUE}")
  int replicas;

  /** Refuses what cannot be measured. */
  void require() throws LoadFailure {
    between("--seconds", seconds, 1, SECONDS_MAX);
    between("--rounds", rounds, 1, ROUNDS_MAX);
    between("--warm-up", warmUp, 0, WARM_UP_MAX);
    between("--payload", payload, 1, PAYLOAD_MAX);
    for (int frame : frames) {
      between("--frame", frame, 1, FRAME_MAX);
    }
    between("--groups", groups, 1, GROUPS_MAX);
    between("--devices", devices, 1, DEVICES_MAX);
    between("--in-flight", inFlight, 1, IN_FLIGHT_MAX);
    between("--raw-in-flight", rawInFlight, 1, RAW_IN_FLIGHT_MAX);
    between("--replicas", replicas, 1, REPLICAS_MAX);
  }

  Fleet.Size fleet() {
    return new Fleet.Size(devices, groups, payload);
  }

  Contest contest() {
    return new Contest(Duration.ofSeconds(seconds), warmUp, rounds);
  }

  /** Statements with {@value RowLoad#PACKED} envelopes each. */
  int packedInFlight() {
    return Math.max(1, rawInFlight / 8);
  }

  static void between(String flag, int value, int min, int max) throws LoadFailure {
    if (value < min || value > max) {
      throw new LoadFailure(Kind.USAGE, "%s is %d to %d".formatted(flag, min, max));
    }
  }
}
