package io.karst.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Runs commands in this process as a user would: the real tree, the real parser, a folder of its
 * own.
 *
 * <p>Immutable.
 */
public final class CommandRun {

  /** One for all runs, so that no two devices draw the same keys; the same in every test run. */
  private static final Random DICE = new Random(1);

  /** How a command ended and what it printed. */
  public record Result(int exitCode, String out, String err) {

    public List<String> lines() {
      return out.lines().toList();
    }
  }

  private final Map<String, String> environment;
  private final String input;

  private CommandRun(Map<String, String> environment, String input) {
    this.environment = Map.copyOf(environment);
    this.input = input;
  }

  /** With this folder as the server's data folder, where its tokens and the profiles are. */
  public static CommandRun in(Path data) {
    return new CommandRun(Map.of("KARST_DATA", data.toString()), "");
  }

  public CommandRun with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new CommandRun(more, input);
  }

  public CommandRun typing(String text) {
    return new CommandRun(environment, text);
  }

  public Result run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode = CommandTree.of(surroundings(out, err)).execute(arguments);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Surroundings surroundings(OutputStream out, OutputStream err) {
    return new Surroundings(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false,
        environment,
        InstantSource.system(),
        ZoneOffset.UTC,
        DICE::nextBytes);
  }
}
