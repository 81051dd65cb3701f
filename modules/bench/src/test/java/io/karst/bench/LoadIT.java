package io.karst.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The load tool against a whole server: short, so that it shows that the tool works and not how
 * fast anything is.
 */
class LoadIT {

  @Test
  void whatIsReportedAsDurableIsInTheLogs() throws IOException {
    JsonObject report = run("--verify --seconds 1 --rounds 1 --warm-up 0 --frame 8,1"
        + " --devices 3 --groups 5 --in-flight 16 --raw-in-flight 16");
    Map<String, Long> envelopes = envelopes(report);
    assertThat(envelopes)
        .containsOnlyKeys(
            "one-group-frames-of-8",
            "many-groups-frames-of-8",
            "one-group-frames-of-1",
            "many-groups-frames-of-1",
            "raw-rows",
            "raw-packed-rows")
        .allSatisfy((key, count) -> assertThat(count).as(key).isPositive());
    long acknowledged = envelopes.entrySet().stream()
        .filter(entry -> entry.getKey().contains("group"))
        .mapToLong(Map.Entry::getValue)
        .sum();
    assertThat(report.get("read_back_envelopes").getAsLong()).isEqualTo(acknowledged);
  }

  /** Of more devices than one row has keys for. */
  @Test
  void rotationsOfALargeGroupAreCommittedAndDeliveredInBoundedRows() throws IOException {
    JsonObject report = run("--rotation 140 --seconds 1 --rounds 1 --warm-up 0");
    assertThat(report.get("devices").getAsInt()).isEqualTo(140);
    assertThat(report.get("rotations").getAsInt()).isPositive();
    assertThat(report.get("committed_millis").getAsDouble())
        .isPositive()
        .isLessThanOrEqualTo(report.get("delivered_millis").getAsDouble());
    long bytes = report.get("journal_bytes").getAsLong();
    assertThat(bytes).isBetween(140L * 256, 140L * 512);
    assertThat(report.get("largest_row_bytes").getAsLong()).isBetween(1L, 128L << 10);
    assertThat(report.get("p99_ratio").getAsDouble()).isPositive();
  }

  /** With a server of its own, which leaves nothing. */
  private static JsonObject run(String arguments) throws IOException {
    Path parent = Files.createDirectories(Path.of("target", "load"));
    var out = new StringWriter();
    var errors = new StringWriter();
    int code = Load.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(errors, true))
        .execute("--own-server --json %s --data %s".formatted(arguments, parent).split(" "));
    assertThat(code).as("what it said: %s", errors).isZero();
    assertThat(parent).as("what its own server left").isEmptyDirectory();
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }

  private static Map<String, Long> envelopes(JsonObject report) {
    Map<String, Long> envelopes = new HashMap<>();
    for (JsonElement each : report.getAsJsonArray("results")) {
      JsonObject result = each.getAsJsonObject();
      envelopes.put(result.get("key").getAsString(), result.get("envelopes").getAsLong());
    }
    return envelopes;
  }
}
