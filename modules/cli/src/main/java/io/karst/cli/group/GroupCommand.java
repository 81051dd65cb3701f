package io.karst.cli.group;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent of all group commands; does nothing by itself. */
@Command(
    name = "group",
    description = "Creates groups, shows them, changes who is in them.",
    footer = {
      "",
      "GROUP is your own name for the group, its id, or the beginning of its id.",
      "",
      "Examples:",
      "  karst group create caves --member bob",
      "  karst group show caves"
    })
public final class GroupCommand implements Runnable {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which group command?");
  }
}
