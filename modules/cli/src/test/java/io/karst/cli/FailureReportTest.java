package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to fail has its exit code and its line. */
class FailureReportTest {

  @ParameterizedTest
  @EnumSource(Reason.class)
  void aRefusalPrintsItsReason(Reason reason) {
    FailureReport.Line line = FailureReport.lineFor(new ServerRefusal(reason));
    boolean silent = reason == Reason.UNAVAILABLE || reason == Reason.DEADLINE_EXCEEDED;
    assertThat(line.exitCode()).isEqualTo(silent ? ExitCode.UNREACHABLE : ExitCode.REFUSED);
    assertThat(line.text()).contains(reason.name());
  }

  @ParameterizedTest
  @CsvSource({
    "STORE_NOT_FOUND, LOCAL_STATE",
    "STORE_EXISTS, LOCAL_STATE",
    "STORE_IN_USE, LOCAL_STATE",
    "WRONG_PASSWORD, LOCAL_STATE",
    "STORE_UNREADABLE, LOCAL_STATE",
    "STORE_FAILED, LOCAL_STATE",
    "OUTBOX_FULL, LOCAL_STATE",
    "UNKNOWN_GROUP, USAGE",
    "CONTENT_INVALID, USAGE",
    "TLS_REQUIRED, USAGE",
    "TLS_UNUSABLE, USAGE",
    "GROUP_ENDED, REFUSED",
    "ALREADY_RECEIVING, BUG",
    "CLOSED, BUG"
  })
  void aLocalMistakeHasTheExitCodeOfItsKind(LocalMistake.Kind kind, ExitCode exitCode) {
    FailureReport.Line line = FailureReport.lineFor(new LocalMistake(kind, "one sentence"));
    assertThat(line).isEqualTo(new FailureReport.Line(exitCode, "one sentence"));
  }

  @Test
  void whatDoesNotVerifyHasAnExitCodeOfItsOwn() {
    var forged = new SecurityProblem.OneTimeKeyForged(
        new DeviceAddress(new MemberId("bob"), new DeviceId("cli")));
    assertThat(FailureReport.lineFor(new SecurityViolation(forged)).exitCode())
        .isEqualTo(ExitCode.INSECURE);
    assertThat(FailureReport.lineFor(new BadAnswer("a field is missing")).exitCode())
        .isEqualTo(ExitCode.INSECURE);
  }

  @Test
  void wrappersOfFuturesAreTakenOff() {
    var refusal = new ServerRefusal(Reason.GROUP_FULL);
    var wrapped = new CompletionException(new ExecutionException(refusal));
    assertThat(FailureReport.lineFor(wrapped).exitCode()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void troubleWithFilesIsLocal() {
    var missing = new UncheckedIOException(new NoSuchFileException("/no/such"));
    assertThat(FailureReport.lineFor(missing))
        .isEqualTo(new FailureReport.Line(ExitCode.LOCAL_STATE, "no such file: /no/such"));
    assertThat(FailureReport.lineFor(new IOException("disk full")).text()).contains("disk full");
  }

  @Test
  void anythingElseIsABugAndTheStackIsShownOnlyOnRequest() {
    var bug = new IllegalStateException("impossible");
    assertThat(printed(bug, false)).contains("a bug: ").hasLineCount(1);
    assertThat(printed(bug, true)).contains("\tat ");
    assertThat(FailureReport.lineFor(bug).exitCode().number()).isEqualTo(70);
  }

  private static String printed(Throwable thrown, boolean verbose) {
    var bytes = new ByteArrayOutputStream();
    FailureReport.print(thrown, verbose, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
