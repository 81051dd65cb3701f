package io.karst.cli.device;

import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Believes in a member's new devices that none of its old ones signed. */
@Command(
    name = "accept",
    description = {
      "Believes in the devices that another account has now, though none of its old ones signed",
      "them. Make sure first that it is the person you know: somebody else may pose as it."
    },
    footer = {"", "Examples:", "  karst device accept bob"})
public final class DeviceAcceptCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The other account's id.")
  private String member = "";

  private final Sessions sessions;
  private final Output output;

  public DeviceAcceptCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    MemberId accepted = UserText.member(member);
    try (Session session = sessions.open()) {
      session.await(session.device().acceptIdentity(accepted));
    }
    output.result(
        "accepted the devices of " + accepted,
        json -> json.addProperty("member", accepted.value()));
    return 0;
  }
}
