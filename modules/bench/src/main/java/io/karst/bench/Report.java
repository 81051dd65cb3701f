package io.karst.bench;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.karst.bench.group.Fleet;
import io.karst.bench.measure.Contest;
import io.karst.bench.measure.Series;
import io.karst.bench.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a run found.
 *
 * @param series of all ways of writing; the raw driver's single rows, which the others are compared
 *     with, are among them
 * @param readBack envelopes that were found in the logs, if anybody looked
 */
record Report(Contest contest, Fleet.Size size, List<Series> series, OptionalLong readBack) {

  private static final String BASE = "raw-rows";

  Report {
    series = List.copyOf(series);
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(format(
        "Durable envelopes a second: median of %d rounds of %d s in turn, least and most;",
        contest.rounds(), contest.time().toSeconds()));
    lines.add(
        format("%d bytes of payload, %d devices. %s", size.payload(), size.devices(), machine()));
    lines.add("");
    lines.add(
        format("%-26s %10s   %-21s %s   %s", "", "median", "range", "x single rows", "p50 / p99"));
    for (Series each : series) {
      lines.add(line(each));
    }
    readBack.ifPresent(found -> {
      lines.add("");
      lines.add(format(
          "Read back: all %,d acknowledged envelopes are in their logs, each at its offset.",
          found));
    });
    return lines;
  }

  /** For programs. */
  String json() {
    var json = new JsonObject();
    json.addProperty("rounds", contest.rounds());
    json.addProperty("seconds", contest.time().toSeconds());
    json.addProperty("payload_bytes", size.payload());
    json.addProperty("devices", size.devices());
    json.addProperty("groups", size.groups());
    json.addProperty("machine", machine());
    readBack.ifPresent(found -> json.addProperty("read_back_envelopes", found));
    var results = new JsonArray();
    series.forEach(each -> results.add(json(each)));
    json.add("results", results);
    return new Gson().toJson(json);
  }

  private String line(Series each) {
    Spread rate = each.rate();
    Spread ratio = each.ratioTo(base());
    return format(
        "%-26s %,10.0f   %-21s %-15s %s",
        each.label().text(),
        rate.median(),
        format("%,.0f – %,.0f", rate.min(), rate.max()),
        format("%.1f (%.1f – %.1f)", ratio.median(), ratio.min(), ratio.max()),
        format(
            "%.0f / %.0f ms a %s",
            each.latencies().millis(50),
            each.latencies().millis(99),
            each.label().latencyOf()));
  }

  private JsonObject json(Series each) {
    var json = new JsonObject();
    json.addProperty("key", each.label().key());
    json.addProperty("text", each.label().text());
    json.addProperty("envelopes", each.envelopes());
    json.add("per_second", json(each.rate()));
    json.add("times_single_rows", json(each.ratioTo(base())));
    json.addProperty("latency_of", each.label().latencyOf());
    json.addProperty("p50_millis", each.latencies().millis(50));
    json.addProperty("p99_millis", each.latencies().millis(99));
    var rates = new JsonArray();
    each.rates().forEach(rates::add);
    json.add("rounds_per_second", rates);
    return json;
  }

  private static JsonObject json(Spread spread) {
    var json = new JsonObject();
    json.addProperty("median", spread.median());
    json.addProperty("min", spread.min());
    json.addProperty("max", spread.max());
    return json;
  }

  private Series base() {
    return series.stream()
        .filter(each -> each.label().key().equals(BASE))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing to compare with"));
  }

  private static String machine() {
    return format(
        "%d cores, Java %s, %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        System.getProperty("os.arch"));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
