package io.karst.bench;

import io.karst.bench.group.Fleet;
import io.karst.bench.measure.Contender;
import io.karst.bench.measure.Contest;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.Series;
import io.karst.bench.raw.RowLoad;
import io.karst.bench.raw.ScratchKeyspace;
import io.karst.bench.rotation.RotationLoad;
import io.karst.bench.rotation.RotationReport;
import io.karst.bench.server.Target;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program {@code karst load}. */
@Command(
    name = "karst load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Measures durable appends: into one group and into many, through the API, beside what"
          + " Cassandra's driver writes alone, in turn, on the same Cassandra.",
      "Envelopes are counted once the server, or Cassandra, has said that they are durable."
    },
    footer = {
      "",
      "Examples:",
      "  karst load",
      "  karst load --own-server --seconds 10 --rounds 7 --verify",
      "  karst load --frame 32 --groups 1000 --json",
      "  karst load --rotation 1000"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:the server refused what it should have taken",
      "2:wrong command line",
      "3:the log is not what was acknowledged",
      "4:the server or Cassandra is out of reach",
      "5:the tool's own server does not start",
      "70:a bug"
    })
public final class Load implements Callable<Integer> {

  private static final int BUG = 70;

  /** A group of one has nobody to tell. */
  private static final int ROTATION_MIN = 2;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private final TargetFlags target = new TargetFlags();

  @Mixin
  private final WorkFlags work = new WorkFlags();

  @Option(
      names = "--verify",
      description = "Afterwards read every log and compare it with what was acknowledged.")
  private boolean verify;

  @Option(
      names = "--rotation",
      paramLabel = "N",
      description = "Measure rotations of a group of N devices instead, 2 to 1,000, and what they"
          + " cost another group.")
  private int rotation;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  private Load() {}

  /** Runs once and ends the JVM. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Load()).setExecutionExceptionHandler(Load::report);
  }

  @Override
  public Integer call() throws LoadFailure, InterruptedException {
    work.require();
    WorkFlags.between("--rotation", rotation == 0 ? ROTATION_MIN : rotation, ROTATION_MIN, 1000);
    try (TargetFlags.Found found = target.find(this::progress)) {
      if (rotation > 0) {
        report(rotate(found.target()));
      } else {
        report(measure(found.target()));
      }
    }
    return 0;
  }

  private RotationReport rotate(Target at) throws LoadFailure, InterruptedException {
    var random = new SplittableRandom(new SecureRandom().nextLong());
    return new RotationLoad(work.contest(), rotation, this::progress).measure(at, random);
  }

  private Report measure(Target at) throws LoadFailure, InterruptedException {
    var random = new SplittableRandom(new SecureRandom().nextLong());
    String run = Long.toString(random.nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    progress("Registering %d devices and creating %d groups".formatted(work.devices, work.groups));
    try (Fleet fleet = Fleet.launch(at, work.fleet(), random);
        ScratchKeyspace keyspace = ScratchKeyspace.create(at, run, work.replicas)) {
      Contest contest = work.contest();
      List<Series> series = contest.run(contenders(fleet, keyspace, random), this::progress);
      return new Report(contest, work.fleet(), series, readBack(fleet));
    }
  }

  private List<Contender> contenders(
      Fleet fleet, ScratchKeyspace keyspace, SplittableRandom random) {
    List<Contender> all = new ArrayList<>();
    for (int frame : work.frames) {
      all.add(fleet.oneGroup(frame, work.inFlight));
      all.add(fleet.manyGroups(frame, work.inFlight));
    }
    all.add(RowLoad.single(keyspace, work.payload, work.rawInFlight, random));
    all.add(RowLoad.packed(keyspace, work.payload, work.packedInFlight(), random));
    return all;
  }

  private OptionalLong readBack(Fleet fleet) throws LoadFailure, InterruptedException {
    if (!verify) {
      return OptionalLong.empty();
    }
    progress("Reading %,d envelopes back".formatted(fleet.acknowledged()));
    return OptionalLong.of(fleet.readBack());
  }

  private void report(Report report) {
    print(report.lines(), report.json());
  }

  private void report(RotationReport report) {
    print(report.lines(), report.json());
  }

  private void print(List<String> lines, String object) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(object);
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }

  private void progress(String line) {
    var err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /** A mistake or a dead server gets one line; a bug keeps its stack trace. */
  private static int report(
      Exception problem, CommandLine command, CommandLine.ParseResult arguments) {
    if (problem instanceof LoadFailure failure) {
      command.getErr().println("karst: " + failure.getMessage());
      return failure.kind().exitCode();
    }
    problem.printStackTrace(command.getErr());
    return BUG;
  }
}
