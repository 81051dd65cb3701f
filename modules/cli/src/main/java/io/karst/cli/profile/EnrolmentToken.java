package io.karst.cli.profile;

import io.karst.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the token that lets a new device register. */
public final class EnrolmentToken {

  private EnrolmentToken() {}

  /** The token in the named file, else in the one that the server on this machine left. */
  public static String read(Optional<Path> named, Path left) throws IOException {
    Path file = named.orElse(left);
    return readIfPresent(file)
        .orElseThrow(() -> CommandFailure.usage("no enrolment token in "
            + file
            + ": start the server with karst up, or say --token-file FILE"));
  }

  /** The token in a file; empty when there is none. */
  public static Optional<String> readIfPresent(Path file) throws IOException {
    return PrivateFiles.firstLine(file).filter(token -> !token.isEmpty());
  }
}
