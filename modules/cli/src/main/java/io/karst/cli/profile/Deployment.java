package io.karst.cli.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The data folder of a server on this machine: where {@code karst up} leaves its address and its
 * tokens.
 *
 * <p>That is why nothing needs a flag on the machine where the server runs.
 */
public record Deployment(Path folder) {

  /** Where the server listens, {@code HOST:PORT}; empty when none was started here. */
  public Optional<String> endpoint() throws IOException {
    return PrivateFiles.firstLine(endpointFile());
  }

  /** Written by the server when it takes calls. */
  public Path endpointFile() {
    return folder.resolve("endpoint");
  }

  /** Lets an account or device register. */
  public Path enrolmentToken() {
    return folder.resolve("enrolment-token");
  }

  /** Lets an auditor register. */
  public Path auditorToken() {
    return folder.resolve("auditor-token");
  }
}
