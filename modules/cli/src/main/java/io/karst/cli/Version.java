package io.karst.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code --version}: the version in the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(built from source)");
    return new String[] {"karst " + version};
  }
}
