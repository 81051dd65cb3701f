package io.karst.cli;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.KarstException;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.ServerRefusal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Turns whatever ended a command into one line and an exit code: the only place that knows the
 * mapping.
 */
public final class FailureReport implements KarstException.Cases<FailureReport.Line> {

  /** What is printed after {@code karst: }, and how the program ends. */
  public record Line(ExitCode exitCode, String text) {}

  private FailureReport() {}

  /** Prints the line, and the stack as well when the user asked for it. */
  static ExitCode print(Throwable thrown, boolean verbose, PrintStream err) {
    Line line = lineFor(thrown);
    err.println("karst: " + line.text());
    if (verbose) {
      thrown.printStackTrace(err);
    }
    return line.exitCode();
  }

  /** The line for a program that goes on. */
  public static String oneLine(Throwable thrown) {
    return lineFor(thrown).text();
  }

  static Line lineFor(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof CommandFailure failure) {
      return new Line(failure.exitCode(), text(failure));
    }
    if (cause instanceof KarstException failure) {
      return failure.match(new FailureReport());
    }
    if (cause instanceof IOException failure) {
      return new Line(ExitCode.LOCAL_STATE, fileTrouble(failure));
    }
    return new Line(
        ExitCode.BUG, "a bug: " + cause + " (run again with --verbose and report what it prints)");
  }

  @Override
  public Line refused(ServerRefusal refusal) {
    return switch (refusal.reason()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
        new Line(ExitCode.UNREACHABLE, "the server does not answer: " + refusal.reason());
      default -> new Line(ExitCode.REFUSED, "refused: " + RefusalText.of(refusal.reason()));
    };
  }

  @Override
  public Line insecure(SecurityViolation violation) {
    return new Line(ExitCode.INSECURE, "does not verify: " + violation.getMessage());
  }

  @Override
  public Line badAnswer(BadAnswer answer) {
    return new Line(ExitCode.INSECURE, "not a valid answer: " + answer.getMessage());
  }

  @Override
  public Line mistake(LocalMistake mistake) {
    return new Line(exitCodeOf(mistake.kind()), text(mistake));
  }

  private static ExitCode exitCodeOf(LocalMistake.Kind kind) {
    return switch (kind) {
      case STORE_NOT_FOUND,
          STORE_EXISTS,
          STORE_IN_USE,
          WRONG_PASSWORD,
          STORE_UNREADABLE,
          STORE_FAILED,
          OUTBOX_FULL -> ExitCode.LOCAL_STATE;
      case UNKNOWN_GROUP,
          CONTENT_INVALID,
          LINK_CODE_INVALID,
          VERIFICATION_IMPOSSIBLE,
          LAST_DEVICE,
          TLS_REQUIRED,
          TLS_UNUSABLE -> ExitCode.USAGE;
      case GROUP_ENDED -> ExitCode.REFUSED;
      case ALREADY_RECEIVING, CLOSED -> ExitCode.BUG;
    };
  }

  private static String fileTrouble(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    }
    if (failure instanceof AccessDeniedException denied) {
      return "no permission: " + denied.getFile();
    }
    return "cannot read or write: " + failure.getMessage();
  }

  private static String text(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean wrapper = thrown instanceof CompletionException
        || thrown instanceof ExecutionException
        || thrown instanceof UncheckedIOException;
    return wrapper && cause != null ? unwrapped(cause) : thrown;
  }
}
