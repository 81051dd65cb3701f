package io.karst.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One run of the server's program, with any arguments, in a process of its own.
 *
 * <p>It runs from the class path that the build of {@code modules/server} left. What it prints goes
 * to files under {@code target}. It ends with the test's JVM at the latest. Not thread-safe.
 */
public final class ServerProgram implements AutoCloseable {

  private static final String READY = "Karst is ready on ";

  /** A cold start on a busy machine of two cores takes more than a minute. */
  private static final int READY_SECONDS_MAX = 240;

  private static final int END_SECONDS_MAX = 120;
  private static final int LOOK_MILLIS = 50;

  private final Process process;
  private final Path folder;

  private ServerProgram(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** How a run ended. */
  public record Ended(int exitCode, String out, String err) {

    /** The lines that are for whoever started the program; the others are its log. */
    public List<String> complaints() {
      return err.lines().filter(line -> line.startsWith("karst: ")).toList();
    }
  }

  /** Starts the program; an empty value removes a variable of the environment. */
  public static ServerProgram start(Map<String, String> environment, List<String> arguments) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
      Path folder = Files.createTempDirectory(parent, "run");
      var builder = new ProcessBuilder(command(ServerLaunch.PLAIN, arguments))
          .redirectOutput(folder.resolve("out").toFile())
          .redirectError(folder.resolve("err").toFile());
      environment.forEach((name, value) -> {
        if (value.isEmpty()) {
          builder.environment().remove(name);
        } else {
          builder.environment().put(name, value);
        }
      });
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "program-kill"));
      return new ServerProgram(process, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the program in the test's environment. */
  public static ServerProgram start(String... arguments) {
    return start(Map.of(), List.of(arguments));
  }

  /** Runs the program to its end. */
  public static Ended run(String... arguments) {
    try (ServerProgram program = start(arguments)) {
      return program.awaitEnd();
    }
  }

  /** The command line that runs the program with these arguments. */
  static List<String> command(ServerLaunch launch, List<String> arguments) throws IOException {
    Path target = Path.of(property("karst.server.target"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
    command.add("-Dkarst.cassandra.nodeLib=" + property("karst.cassandra.nodeLib"));
    command.add("-Dkarst.cassandra.cache=" + property("karst.cassandra.cache"));
    command.addAll(launch.jvmFlags());
    List<String> classPath = new ArrayList<>();
    launch.classPath().forEach(path -> classPath.add(path.toString()));
    classPath.add(target.resolve("classes").toString());
    classPath.add(Files.readString(target.resolve("classpath")));
    command.add("-cp");
    command.add(String.join(":", classPath));
    command.add(launch.mainClass());
    command.addAll(arguments);
    return command;
  }

  /** Waits until the program takes calls; answers {@code HOST:PORT}. */
  public String awaitReady() {
    int looks = READY_SECONDS_MAX * 1000 / LOOK_MILLIS;
    for (int look = 0; look < looks; look++) {
      Optional<String> ready =
          text("out").lines().filter(line -> line.startsWith(READY)).findFirst();
      if (ready.isPresent()) {
        return ready.get().substring(READY.length());
      }
      if (endsWithinMillis(LOOK_MILLIS)) {
        throw new IllegalStateException("the server ended: " + ended());
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("not ready within " + READY_SECONDS_MAX + " s: " + ended());
  }

  /** Waits until the program has ended by itself. */
  public Ended awaitEnd() {
    if (!endsWithinMillis(END_SECONDS_MAX * 1000)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running after " + END_SECONDS_MAX + " s: " + ended());
    }
    return ended();
  }

  /** SIGTERM; see {@link #awaitEnd()}. */
  public void terminate() {
    process.destroy();
  }

  /** The program's process, and through it its children. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  private Ended ended() {
    return new Ended(process.isAlive() ? -1 : process.exitValue(), text("out"), text("err"));
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean endsWithinMillis(int millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("the build sets the system property " + name);
    }
    return value;
  }

  /** SIGKILL, if it still runs; waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    endsWithinMillis(END_SECONDS_MAX * 1000);
  }
}
