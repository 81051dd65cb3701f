package io.karst.cli.device;

import io.karst.cli.output.Output;
import io.karst.cli.session.Consent;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.LinkCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a device that shows a link code to the account. */
@Command(
    name = "add",
    description = {
      "Adds the device that shows this link code to your account.",
      "It reads what is sent from the next epochs of your groups on."
    },
    footer = {
      "",
      "Who shows you a code of their own would read all that you are sent: the question names the",
      "device that you are about to add.",
      "",
      "Examples:",
      "  karst device add karst-link:AQNhbm4GbGFwdG9w...",
      "  karst device add karst-link:AQNhbm4GbGFwdG9w... --yes"
    })
public final class DeviceAddCommand implements Callable<Integer> {

  @Parameters(paramLabel = "CODE", description = "As karst device link shows it.")
  private String code = "";

  @Option(names = "--yes", description = "Adds it without a question.")
  private boolean yes;

  private final Consent consent;
  private final Sessions sessions;
  private final Output output;

  public DeviceAddCommand(Consent consent, Sessions sessions, Output output) {
    this.consent = consent;
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    LinkCode shown = LinkCode.parse(code);
    String key = shown.identity().ed25519Key().toHex();
    consent.ask("Add " + shown.device() + ", key " + key + ", to your devices?", yes);
    try (Session session = sessions.open()) {
      var devices = session.await(session.device().addDevice(shown));
      new DeviceList(session.device().address(), devices).print(output);
    }
    return 0;
  }
}
