package io.karst.cli.audit;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who audits: what every audit command may be told. */
public final class AuditorOptions {

  @Option(
      names = "--auditor",
      paramLabel = "NAME",
      description = "The auditor's id at its registration; else a random one.")
  private Optional<String> auditor = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The auditor's enrolment token; else .karst/auditor-token.")
  private Optional<Path> tokenFile = Optional.empty();

  Optional<String> name() {
    return auditor;
  }

  Optional<Path> tokenFile() {
    return tokenFile;
  }
}
