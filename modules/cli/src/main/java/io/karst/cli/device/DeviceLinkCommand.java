package io.karst.cli.device;

import io.karst.cli.output.Output;
import io.karst.cli.output.QrCode;
import io.karst.cli.profile.Endpoint;
import io.karst.cli.profile.Profile;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.api.Device;
import io.karst.client.api.PendingDevice;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a further device of an account: shows a code, and waits until another device added it. */
@Command(
    name = "link",
    description = {
      "Makes a further device of an account, and a profile for it.",
      "Shows a link code, to be given to a device of the account (karst device add), and waits."
    },
    footer = {
      "",
      "The code is a secret between your own devices. Repeating the command shows the same one.",
      "",
      "Examples:",
      "  karst device link ann --device laptop --qr",
      "  karst device link ann --device laptop --as ann-laptop"
    })
public final class DeviceLinkCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The account's id.")
  private String member = "";

  @Option(
      names = "--device",
      paramLabel = "ID",
      required = true,
      description = "The new device's id; no device of the account may ever have had it.")
  private String device = "";

  @Option(names = "--qr", description = "Shows the code as a QR code too, to be scanned.")
  private boolean qr;

  private final Sessions sessions;
  private final Output output;

  public DeviceLinkCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    MemberId memberId = UserText.member(member);
    DeviceId deviceId = UserText.device(device);
    Profile profile = sessions.locations().newProfile(member);
    Endpoint endpoint = sessions.locations().endpoint(Optional.empty());
    try (KarstClient client = sessions.connect(endpoint, Optional.empty())) {
      sessions
          .linking(profile, endpoint)
          .run(
              sessions.settings(memberId, deviceId),
              store -> linked(client, store, memberId, deviceId));
    }
    output.result(
        "linked " + memberId + "/" + deviceId + " (profile " + profile.name() + ")", json -> {
          json.addProperty("member", memberId.value());
          json.addProperty("device", deviceId.value());
          json.addProperty("profile", profile.name());
        });
    return 0;
  }

  private CompletableFuture<Device> linked(
      KarstClient client, StoreLocation store, MemberId memberId, DeviceId deviceId) {
    PendingDevice pending = client.link(store, memberId, deviceId);
    String code = pending.code().text();
    output.line("On a device of " + memberId + " that you have, run:");
    output.line("");
    output.result("karst device add " + code, json -> json.addProperty("code", code));
    output.line("");
    if (qr) {
      QrCode.lines(code).forEach(output::line);
    }
    return pending.linked();
  }
}
