package io.karst.cli.device;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent of all device commands; does nothing by itself. */
@Command(
    name = "device",
    description = "Links further devices to your account, lists them, revokes them.",
    footer = {
      "",
      "Examples:",
      "  karst device link ann --device laptop     (on the new device: shows a code)",
      "  karst device add karst-link:AQNhbm4G...   (on a device you have)",
      "  karst device revoke laptop"
    })
public final class DeviceCommand implements Runnable {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which device command?");
  }
}
