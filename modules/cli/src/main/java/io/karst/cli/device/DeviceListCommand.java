package io.karst.cli.device;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the account's devices. */
@Command(
    name = "list",
    description =
        "Lists your account's devices and their signing keys, as your devices signed them.",
    footer = {"", "Examples:", "  karst device list", "  karst device list --json"})
public final class DeviceListCommand implements Callable<Integer> {

  private final Sessions sessions;
  private final Output output;

  public DeviceListCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    try (Session session = sessions.open()) {
      var devices = session.await(session.device().devices());
      new DeviceList(session.device().address(), devices).print(output);
    }
    return 0;
  }
}
