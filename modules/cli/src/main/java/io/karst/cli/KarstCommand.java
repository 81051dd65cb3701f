package io.karst.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the tree; does nothing by itself. */
@Command(
    name = "karst",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    description = "End-to-end encrypted groups from the command line.",
    footer = {
      "",
      "Examples:",
      "  karst register ann",
      "  karst group create caves --member bob",
      "  karst chat caves",
      "",
      "Exit codes: 0 done, 1 refused by the server, 2 usage, 3 audit findings,",
      "4 server out of reach, 5 profile unusable, 6 something does not verify, 70 bug.",
      "More in docs/cli.md."
    })
final class KarstCommand implements Runnable {

  @Mixin
  private final GlobalOptions options;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  KarstCommand(GlobalOptions options) {
    this.options = options;
  }

  GlobalOptions options() {
    return options;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
