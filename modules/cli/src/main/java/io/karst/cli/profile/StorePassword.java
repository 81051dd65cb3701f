package io.karst.cli.profile;

import io.karst.cli.CommandFailure;
import io.karst.cli.GlobalOptions;
import io.karst.cli.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the password of a profile's key store comes from: the option, the environment, or a file
 * beside the store.
 *
 * <p>The file beside the store is drawn at random when the profile is made. It protects a copy of
 * the database alone; who can read the whole folder can read the device.
 */
public final class StorePassword {

  private static final int RANDOM_BYTES = 32;

  private final Surroundings surroundings;
  private final GlobalOptions options;

  public StorePassword(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  /** The password of a profile that exists. */
  public char[] of(Profile profile) throws IOException {
    Optional<char[]> given = given();
    if (given.isPresent()) {
      return given.get();
    }
    return PrivateFiles.firstLine(profile.passwordFile())
        .map(String::toCharArray)
        .orElseThrow(() -> CommandFailure.localState("no password for profile "
            + profile.name()
            + ": set KARST_PASSWORD or say --password-file FILE"));
  }

  /**
   * The password of a new profile; draws one and keeps it beside the store when the user gave none.
   */
  public char[] ofNew(Profile profile) throws IOException {
    Optional<char[]> given = given();
    if (given.isPresent()) {
      return given.get();
    }
    if (PrivateFiles.firstLine(profile.passwordFile()).isEmpty()) {
      byte[] drawn = new byte[RANDOM_BYTES];
      surroundings.random().fill(drawn);
      PrivateFiles.write(profile.passwordFile(), HexFormat.of().formatHex(drawn) + "\n");
    }
    return of(profile);
  }

  private Optional<char[]> given() throws IOException {
    Optional<Path> file = options.passwordFile();
    if (file.isPresent()) {
      return Optional.of(firstLineOf(file.get()).toCharArray());
    }
    return surroundings.variable("KARST_PASSWORD").map(String::toCharArray);
  }

  private static String firstLineOf(Path file) throws IOException {
    return PrivateFiles.firstLine(file)
        .filter(line -> !line.isEmpty())
        .orElseThrow(() -> CommandFailure.usage("no password in " + file));
  }
}
