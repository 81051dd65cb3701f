package io.karst.bench.rotation;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.karst.bench.group.LargeGroup;
import io.karst.bench.measure.Contest;
import io.karst.bench.measure.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What rotations of a large group took.
 *
 * @param alone p99 of another group's appends without rotations, in ms, a round each
 * @param beside the same while rotations went on
 * @param bytes in the group's journal for one rotation
 * @param largestRow bytes of the largest row of a rotation
 */
public record RotationReport(
    Contest contest,
    int devices,
    List<LargeGroup.Rotation> rotations,
    List<Double> alone,
    List<Double> beside,
    long bytes,
    long largestRow) {

  private static final double NANOS_A_MILLI = 1e6;

  public RotationReport {
    rotations = List.copyOf(rotations);
    alone = List.copyOf(alone);
    beside = List.copyOf(beside);
  }

  /** For people. */
  public List<String> lines() {
    return List.of(
        format(
            "%,d rotations of a group of %,d devices in %d rounds of %d s: median (range)",
            rotations.size(), devices, contest.rounds(), contest.time().toSeconds()),
        format("until it is committed           %s ms", text(millis(r -> r.committedNanos()))),
        format("until every inbox has its key   %s ms", text(millis(r -> r.deliveredNanos()))),
        format(
            "in the group's journal          %,d bytes, %,d a device; largest row %,d bytes",
            bytes, bytes / devices, largestRow),
        format("p99 append, another group alone %s ms", text(Spread.of(alone))),
        format("the same beside the rotations   %s ms", text(Spread.of(beside))),
        format("ratio, round by round           %s", text(ratio())));
  }

  /** For programs. */
  public String json() {
    var json = new JsonObject();
    json.addProperty("devices", devices);
    json.addProperty("rotations", rotations.size());
    json.addProperty("committed_millis", millis(r -> r.committedNanos()).median());
    json.addProperty("delivered_millis", millis(r -> r.deliveredNanos()).median());
    json.addProperty("journal_bytes", bytes);
    json.addProperty("largest_row_bytes", largestRow);
    json.addProperty("p99_alone_millis", Spread.of(alone).median());
    json.addProperty("p99_beside_millis", Spread.of(beside).median());
    json.addProperty("p99_ratio", ratio().median());
    return new Gson().toJson(json);
  }

  private Spread millis(ToLongFunction<LargeGroup.Rotation> nanos) {
    return Spread.of(rotations.stream()
        .map(rotation -> nanos.applyAsLong(rotation) / NANOS_A_MILLI)
        .toList());
  }

  private Spread ratio() {
    return Spread.of(IntStream.range(0, alone.size())
        .mapToObj(i -> beside.get(i) / alone.get(i))
        .toList());
  }

  private static String text(Spread spread) {
    return format("%,.1f (%,.1f – %,.1f)", spread.median(), spread.min(), spread.max());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
