package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.testkit.ServerProgram.Ended;
import java.nio.file.Path;

/** What every failed start has in common. */
final class StartAssertions {

  private StartAssertions() {}

  /** One line for the operator, the documented code, and no stack trace. */
  static void assertRefused(Ended ended, ExitCode code, String line) {
    assertThat(ended.complaints()).as(ended.err()).containsExactly(line);
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(code.number());
    assertThat(ended.err()).doesNotContain("\tat ").doesNotContain("Exception in thread");
  }

  /** No process mentions the folder on its command line: embedded nodes do. */
  static void assertNothingRunsIn(Path folder) {
    assertThat(ProcessHandle.allProcesses()
            .filter(ProcessHandle::isAlive)
            .flatMap(process -> process.info().commandLine().stream())
            .filter(line -> line.contains(folder.toString())))
        .isEmpty();
  }
}
