package io.karst.ratchetbench;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks in rounds: operation by operation, library after library, each in a fresh
 * JVM, so that whatever else the machine does in the meantime hits all alike.
 *
 * @param libraries how each is started
 */
record Race(Map<Library, List<String>> libraries, Pace pace) {

  /**
   * How long, how often.
   *
   * @param rounds that are run, each with fresh JVMs
   * @param warmUpSeconds of processor time before each measurement
   * @param seconds of each measurement, by the clock
   */
  record Pace(int rounds, int warmUpSeconds, int seconds) {}

  /** Of one operation. */
  record Micros(double processor, double clock) {}

  Race {
    libraries = new EnumMap<>(libraries);
  }

  /** Measures every operation; tells {@code progress} in lines. */
  Results run(List<Operation> operations, Consumer<String> progress) throws RunnerException {
    var results = new Results();
    for (int round = 1; round <= pace.rounds; round++) {
      for (Operation operation : operations) {
        for (Library library : libraries.keySet()) {
          Micros micros = measure(library, operation);
          results.add(operation, library, micros);
          progress.accept(String.format(
              Locale.ROOT,
              "round %d of %d: %s: %s: %,.1f us of processor time, %,.1f us by the clock",
              round,
              pace.rounds,
              operation.text(),
              library.text(),
              micros.processor(),
              micros.clock()));
        }
      }
    }
    return results;
  }

  private Micros measure(Library library, Operation operation) throws RunnerException {
    var options = paced(new OptionsBuilder().include(RatchetWork.class.getName()))
        .param("library", library.name())
        .param("operation", operation.name())
        .param("warmUpSeconds", Integer.toString(library.warmsUp() ? pace.warmUpSeconds : 1))
        .jvmArgsAppend(library.flag(libraries.getOrDefault(library, List.of())));
    RunResult result = new Runner(options.build()).runSingle();
    double micros = counted(result, "nanos") / counted(result, "operations") / 1000;
    return new Micros(micros, result.getPrimaryResult().getScore());
  }

  private static double counted(RunResult result, String counter) {
    return Objects.requireNonNull(result.getSecondaryResults().get(counter)).getScore();
  }

  private ChainedOptionsBuilder paced(ChainedOptionsBuilder options) {
    return options
        .forks(1)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.seconds(pace.seconds))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }
}
