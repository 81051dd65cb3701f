package io.karst.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent of all audit commands; does nothing by itself. */
@Command(
    name = "audit",
    description = "Checks logs without holding a key.",
    footer = {"", "Examples:", "  karst audit replay caves"})
public final class AuditCommand implements Runnable {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which audit command?");
  }
}
