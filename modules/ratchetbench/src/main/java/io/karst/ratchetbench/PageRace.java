package io.karst.ratchetbench;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.karst.ratchetbench.Race.Pace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Reads a page on one thread and on two, in turn, by the clock: does the second one halve the time?
 *
 * <p>Not thread-safe.
 */
final class PageRace {

  /** The name that {@code --only} knows it by. */
  static final String KEY = "page";

  private static final int SENDERS = 16;

  /** How a page is read. */
  private enum Way {
    MANY_SENDERS_ONE_THREAD(SENDERS, 1),
    MANY_SENDERS_TWO_THREADS(SENDERS, 2),
    ONE_SENDER_ONE_THREAD(1, 1),
    ONE_SENDER_TWO_THREADS(1, 2);

    private final int senders;
    private final int threads;

    Way(int senders, int threads) {
      this.senders = senders;
      this.threads = threads;
    }
  }

  private final Pace pace;
  private final Map<Way, List<Double>> micros = new EnumMap<>(Way.class);

  PageRace(Pace pace) {
    this.pace = pace;
  }

  /** Measures; tells {@code progress} in lines. */
  void run(Consumer<String> progress) throws RunnerException {
    for (int round = 1; round <= pace.rounds(); round++) {
      for (Way way : Way.values()) {
        double value = measure(way);
        micros.computeIfAbsent(way, none -> new ArrayList<>()).add(value);
        progress.accept(format(
            "round %d of %d: page of %d messages, senders %d, threads %d: %,.1f us a message",
            round, pace.rounds(), PageWork.MESSAGES, way.senders, way.threads, value));
      }
    }
  }

  private double measure(Way way) throws RunnerException {
    var options = new OptionsBuilder()
        .include(PageWork.class.getName())
        .param("senders", Integer.toString(way.senders))
        .param("threads", Integer.toString(way.threads))
        .forks(1)
        .warmupIterations(1)
        .warmupTime(TimeValue.seconds(pace.warmUpSeconds()))
        .measurementIterations(1)
        .measurementTime(TimeValue.seconds(pace.seconds()))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
    return new Runner(options).runSingle().getPrimaryResult().getScore();
  }

  List<String> lines() {
    return List.of(
        format(
            "A page of %d messages of 300 B, microseconds of a message by the clock:",
            PageWork.MESSAGES),
        Report.machine(),
        line(Way.MANY_SENDERS_ONE_THREAD, Way.MANY_SENDERS_TWO_THREADS),
        line(Way.ONE_SENDER_ONE_THREAD, Way.ONE_SENDER_TWO_THREADS));
  }

  String json() {
    var json = new JsonObject();
    json.addProperty("rounds", pace.rounds());
    json.addProperty("messages", PageWork.MESSAGES);
    json.addProperty("machine", Report.machine());
    micros.forEach((way, values) -> {
      var all = new JsonArray();
      values.forEach(all::add);
      json.add(way.name().toLowerCase(Locale.ROOT) + "_micros", all);
    });
    return new Gson().toJson(json);
  }

  private String line(Way one, Way two) {
    List<Double> alone = micros.getOrDefault(one, List.of());
    List<Double> together = micros.getOrDefault(two, List.of());
    Spread ratio = Spread.of(IntStream.range(0, Math.min(alone.size(), together.size()))
        .mapToDouble(i -> alone.get(i) / together.get(i)));
    return format(
        "%-34sone thread %,.1f, two %,.1f: x %.2f (%.2f – %.2f)",
        one.senders + (one.senders == 1 ? " sender" : " senders"),
        median(alone),
        median(together),
        ratio.median(),
        ratio.least(),
        ratio.most());
  }

  private static double median(List<Double> values) {
    return Spread.of(values.stream().mapToDouble(Double::doubleValue)).median();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
