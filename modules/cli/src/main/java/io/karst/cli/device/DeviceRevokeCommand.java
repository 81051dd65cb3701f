package io.karst.cli.device;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.domain.id.DeviceId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes devices away from the account. */
@Command(
    name = "revoke",
    description = {
      "Takes devices away from your account, for good.",
      "From then on the server takes nothing of them; your groups start epochs without them."
    },
    footer = {"", "Examples:", "  karst device revoke laptop"})
public final class DeviceRevokeCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "DEVICE", description = "Ids of devices.")
  private List<String> devices = List.of();

  private final Sessions sessions;
  private final Output output;

  public DeviceRevokeCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    List<DeviceId> revoked = devices.stream().map(UserText::device).toList();
    try (Session session = sessions.open()) {
      var left = session.await(session.device().revokeDevices(revoked));
      new DeviceList(session.device().address(), left).print(output);
    }
    return 0;
  }
}
