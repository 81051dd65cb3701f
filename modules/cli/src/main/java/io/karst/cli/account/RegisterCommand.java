package io.karst.cli.account;

import io.karst.cli.output.Output;
import io.karst.cli.profile.Endpoint;
import io.karst.cli.profile.EnrolmentToken;
import io.karst.cli.profile.Profile;
import io.karst.cli.session.Locations;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.KarstClient;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an account with its first device, and the profile that holds it. */
@Command(
    name = "register",
    description = "Makes an account with its first device, and a profile for it.",
    footer = {
      "",
      "Examples:",
      "  karst register ann",
      "  karst register ann --device laptop --server chat.example.org:7400 --token-file ann.jwt"
    })
public final class RegisterCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The account's id: A-Z a-z 0-9 . _ @ -")
  private String member = "";

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The device's id (default: ${DEFAULT-VALUE}).")
  private String device = "cli";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The enrolment token; else .karst/enrolment-token.")
  private Optional<Path> tokenFile = Optional.empty();

  private final Sessions sessions;
  private final Output output;

  public RegisterCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    MemberId memberId = UserText.member(member);
    DeviceId deviceId = UserText.device(device);
    Profile profile = sessions.locations().newProfile(member);
    register(profile, memberId, deviceId);
    output.result(
        "registered " + memberId + "/" + deviceId + " (profile " + profile.name() + ")", json -> {
          json.addProperty("member", memberId.value());
          json.addProperty("device", deviceId.value());
          json.addProperty("profile", profile.name());
        });
    return 0;
  }

  private void register(Profile profile, MemberId memberId, DeviceId deviceId) throws IOException {
    Locations locations = sessions.locations();
    String token = EnrolmentToken.read(tokenFile, locations.deployment().enrolmentToken());
    Endpoint endpoint = locations.endpoint(Optional.empty());
    try (KarstClient client = sessions.connect(endpoint, Optional.empty())) {
      sessions
          .registration(profile, endpoint)
          .run(
              sessions.settings(memberId, deviceId),
              store -> client.register(store, memberId, deviceId, token));
    }
  }
}
