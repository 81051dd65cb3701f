package io.karst.cli.device;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.LinkCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds a device that shows a link code to the account. */
@Command(
    name = "add",
    description = {
      "Adds the device that shows this link code to your account.",
      "It reads what is sent from the next epochs of your groups on."
    },
    footer = {"", "Examples:", "  karst device add karst-link:AQNhbm4GbGFwdG9w..."})
public final class DeviceAddCommand implements Callable<Integer> {

  @Parameters(paramLabel = "CODE", description = "As karst device link shows it.")
  private String code = "";

  private final Sessions sessions;
  private final Output output;

  public DeviceAddCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    LinkCode shown = LinkCode.parse(code);
    output.line(
        "adding " + shown.device() + ", key " + shown.identity().ed25519Key().toHex());
    try (Session session = sessions.open()) {
      var devices = session.await(session.device().addDevice(shown));
      new DeviceList(session.device().address(), devices).print(output);
    }
    return 0;
  }
}
