package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scripts and supervisors rely on the codes, so whoever documents them must know all of them. */
class ExitCodeTest {

  @ParameterizedTest
  @EnumSource
  void isInTheHelpAndInTheDeploymentGuide(ExitCode code) throws IOException {
    assertThat(Main.commandLine(InstantSource.system()).getUsageMessage())
        .containsPattern("(?m)^ +" + code.number() + " +\\w");
    assertThat(Files.readString(Path.of("../../deploy/README.md")))
        .contains("\n| " + code.number() + " | ");
  }
}
