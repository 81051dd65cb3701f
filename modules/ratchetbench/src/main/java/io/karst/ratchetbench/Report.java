package io.karst.ratchetbench;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.karst.crypto.key.Ed25519Implementation;
import io.karst.ratchetbench.Race.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a run found, for people and for programs. */
final class Report {

  private final Race.Pace pace;
  private final Results results;

  Report(Race.Pace pace, Results results) {
    this.pace = pace;
    this.results = results;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(format("Median of %d rounds in turn (least – most). %s", pace.rounds(), machine()));
    lines.add("");
    lines.addAll(table(
        "Microseconds of processor time, all threads of the process",
        results.libraries(),
        library -> library.text(),
        (operation, library) ->
            text(results.micros(operation, library, Micros::processor), "%,.1f")));
    lines.addAll(table(
        "How many times as fast Karst is, round by round, by processor time",
        others(),
        library -> "as " + library.text(),
        (operation, other) ->
            text(results.timesAsFastAs(other, operation, Micros::processor), "%.2f")));
    lines.addAll(table(
        "The same by the clock, which tells of the machine's other work too",
        others(),
        library -> "as " + library.text(),
        (operation, other) ->
            text(results.timesAsFastAs(other, operation, Micros::clock), "%.2f")));
    return lines;
  }

  private List<String> table(
      String title,
      List<Library> columns,
      Function<Library, String> heading,
      BiFunction<Operation, Library, String> cell) {
    List<String> lines = new ArrayList<>();
    lines.add(row(title + ":", List.of()));
    lines.add(row("", columns.stream().map(heading).toList()));
    for (Operation operation : results.operations()) {
      var cells = columns.stream().map(column -> cell.apply(operation, column)).toList();
      lines.add(row(operation.text(), cells));
    }
    lines.add("");
    return lines;
  }

  private static String row(String first, List<String> cells) {
    var line = new StringBuilder(format("%-34s", first));
    cells.forEach(cell -> line.append(format("%-30s", cell)));
    return line.toString().stripTrailing();
  }

  private List<Library> others() {
    return results.libraries().stream().filter(each -> each != Library.KARST).toList();
  }

  private static String text(Optional<Spread> spread, String number) {
    return spread
        .map(each -> format(
            number + " (" + number + " – " + number + ")",
            each.median(),
            each.least(),
            each.most()))
        .orElse("-");
  }

  String json() {
    var json = new JsonObject();
    json.addProperty("rounds", pace.rounds());
    json.addProperty("seconds", pace.seconds());
    json.addProperty("machine", machine());
    var all = new JsonArray();
    for (Operation operation : results.operations()) {
      results.libraries().forEach(library -> all.add(json(operation, library)));
    }
    json.add("results", all);
    return new Gson().toJson(json);
  }

  private JsonObject json(Operation operation, Library library) {
    var json = new JsonObject();
    json.addProperty("operation", operation.key());
    json.addProperty("bytes", operation.bytes());
    json.addProperty("library", library.name());
    add(json, "cpu_micros", results.micros(operation, library, Micros::processor));
    add(json, "clock_micros", results.micros(operation, library, Micros::clock));
    add(json, "karst_faster_cpu", results.timesAsFastAs(library, operation, Micros::processor));
    add(json, "karst_faster_clock", results.timesAsFastAs(library, operation, Micros::clock));
    return json;
  }

  private static void add(JsonObject to, String name, Optional<Spread> spread) {
    spread.ifPresent(each -> {
      var json = new JsonObject();
      json.addProperty("median", each.median());
      json.addProperty("least", each.least());
      json.addProperty("most", each.most());
      to.add(name, json);
    });
  }

  /** What the figures depend on, also which implementation signs. */
  static String machine() {
    return format(
        "Java %s, %d cores, %s, Ed25519 by %s",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        Ed25519Implementation.inUse());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
