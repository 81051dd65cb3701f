package io.karst.cli;

import io.karst.crypto.key.RandomBytes;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of the world: streams, environment, time, randomness.
 *
 * <p>Commands take it through their constructors, so that a test runs them with its own.
 *
 * @param ofThisProcess whether the streams are the process's own, which may be a terminal
 * @param zone in which times are shown to a person
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean ofThisProcess,
    Map<String, String> environment,
    InstantSource clock,
    ZoneId zone,
    RandomBytes random) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** The real ones. Output is UTF-8 whatever the platform's default is. */
  static Surroundings real() {
    return new Surroundings(
        new BufferedInputStream(System.in),
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        true,
        System.getenv(),
        Clock.systemUTC(),
        ZoneId.systemDefault(),
        new SecureRandom()::nextBytes);
  }

  /** A variable of the environment; one that is set to nothing counts as not set. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
