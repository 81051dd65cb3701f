package io.karst.ratchetbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code karst bench}. */
@Command(
    name = "karst bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Measures the ratchets beside libolm's C code and vodozemac's WebAssembly, in turn, on one"
          + " core, by JMH; then how a page of messages is read on two.",
      "libolm takes part where cc and libolm-dev are installed, vodozemac where Node and npm are."
    },
    footer = {
      "",
      "Examples:",
      "  karst bench",
      "  karst bench --only 'megolm-(en|de)crypt' --rounds 9",
      "  karst bench --only page",
      "  karst bench --rounds 1 --warm-up 1 --seconds 1 --json"
    })
public final class Bench implements Callable<Integer> {

  private static final int ROUNDS_MAX = 100;
  private static final int SECONDS_MAX = 60;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds, each in fresh processes. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Processor time before each measurement, where a compiler needs it."
          + " Default: ${DEFAULT-VALUE}")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Time of each measurement. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      defaultValue = "",
      description = "Measure what has this in its key: megolm-encrypt, olm-turn, page and so on.")
  private Pattern only = Pattern.compile("");

  @Option(names = "--json", description = "Print a JSON object a line instead of tables.")
  private boolean json;

  private Bench() {}

  /** Runs once and ends the JVM. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bench());
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    require("--rounds", rounds, ROUNDS_MAX);
    require("--warm-up", warmUp, SECONDS_MAX);
    require("--seconds", seconds, SECONDS_MAX);
    List<Operation> operations = operations();
    var pace = new Race.Pace(rounds, warmUp, seconds);
    if (!operations.isEmpty()) {
      race(operations, pace);
    }
    if (only.matcher(PageRace.KEY).find()) {
      var pages = new PageRace(pace);
      pages.run(this::progress);
      print(json ? List.of(pages.json()) : pages.lines());
    }
    return 0;
  }

  private void race(List<Operation> operations, Race.Pace pace)
      throws IOException, InterruptedException, RunnerException {
    Path scratch = Files.createTempDirectory("karst-bench");
    try {
      var libraries = new Harnesses(scratch, peers(), this::progress).find();
      var race = new Race(libraries, pace);
      var report = new Report(pace, race.run(operations, this::progress));
      print(json ? List.of(report.json()) : report.lines());
    } finally {
      delete(scratch);
    }
  }

  private List<Operation> operations() {
    var chosen = Arrays.stream(Operation.values())
        .filter(each -> only.matcher(each.key()).find())
        .toList();
    if (chosen.isEmpty() && !only.matcher(PageRace.KEY).find()) {
      throw usage("--only names no operation; there are " + keys());
    }
    return chosen;
  }

  private static String keys() {
    var keys = Arrays.stream(Operation.values()).map(Operation::key).distinct().toList();
    return String.join(", ", keys) + ", " + PageRace.KEY;
  }

  private void require(String flag, int value, int most) {
    if (value < 1 || value > most) {
      throw usage(flag + " is 1 to " + most);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The launcher knows; beside it the script and its packages lie where the tests have them. */
  private static Path peers() {
    return Path.of(System.getProperty("karst.peers", "modules/testkit/peers"));
  }

  private void print(List<String> lines) {
    var out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
  }

  private void progress(String line) {
    var err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
