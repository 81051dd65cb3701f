package io.karst.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Options that every command understands, before or after its name.
 *
 * <p>Filled by picocli while it parses; read by the commands afterwards. One thread.
 */
public final class GlobalOptions {

  private static final int TIMEOUT_SECONDS_DEFAULT = 30;

  /** A day: who waits longer has forgotten that they wait. */
  private static final int TIMEOUT_SECONDS_MAX = 86_400;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Profile to use; else KARST_PROFILE, else the only one there is.")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where profiles live; else KARST_HOME, else .karst/cli.")
  private Optional<Path> home = Optional.empty();

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description =
          "The server; else KARST_SERVER, else what the profile remembers, else .karst/endpoint.")
  private Optional<String> server = Optional.empty();

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "PEM file of the authorities to trust, and no others. Turns TLS on for loopback, too.")
  private Optional<Path> authorities = Optional.empty();

  @Option(
      names = "--plain-text",
      scope = ScopeType.INHERIT,
      description = "No TLS, to whatever address: for networks that are protected by other means.")
  private boolean plainText;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Its first line opens the profile's key store; else KARST_PASSWORD, else a file beside"
              + " the store.")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      scope = ScopeType.INHERIT,
      description = "Longest wait for the server (default: 30).")
  private int timeoutSeconds = TIMEOUT_SECONDS_DEFAULT;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Prints JSON, one value a line, where there is something to print.")
  private boolean json;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Prints the stack of a failure.")
  private boolean verbose;

  public Optional<String> profile() {
    return profile;
  }

  public Optional<Path> home() {
    return home;
  }

  public Optional<String> server() {
    return server;
  }

  public Optional<Path> authorities() {
    return authorities;
  }

  public boolean plainText() {
    return plainText;
  }

  public Optional<Path> passwordFile() {
    return passwordFile;
  }

  /** Longest wait for the server. */
  public Duration timeout() {
    if (timeoutSeconds < 1 || timeoutSeconds > TIMEOUT_SECONDS_MAX) {
      throw CommandFailure.usage("--wait is a number of seconds from 1 to " + TIMEOUT_SECONDS_MAX);
    }
    return Duration.ofSeconds(timeoutSeconds);
  }

  public boolean json() {
    return json;
  }

  public boolean verbose() {
    return verbose;
  }
}
