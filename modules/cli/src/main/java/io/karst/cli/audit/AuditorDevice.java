package io.karst.cli.audit;

import io.karst.cli.profile.Endpoint;
import io.karst.cli.profile.EnrolmentToken;
import io.karst.cli.profile.Profile;
import io.karst.cli.session.Locations;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.cli.session.Waiting;
import io.karst.client.KarstClient;
import io.karst.client.api.AuditClient;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;

/** The auditor's device of this machine's user: made at its first use, by the auditor token. */
public final class AuditorDevice {

  private static final DeviceId DEVICE = new DeviceId("cli");

  private final Sessions sessions;

  public AuditorDevice(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Opens the device, or makes it, reads with it, and closes it. */
  <T> T read(AuditorOptions options, BiFunction<AuditClient, Waiting, T> reading)
      throws IOException {
    Locations locations = sessions.locations();
    Profile profile = locations.home().auditor();
    Optional<Profile.Settings> settings =
        profile.exists() ? Optional.of(profile.settings()) : Optional.empty();
    Endpoint endpoint = locations.endpoint(settings);
    try (KarstClient client = sessions.connect(endpoint, settings)) {
      AuditClient auditor = profile.exists()
          ? client.openAuditor(sessions.store(profile))
          : register(client, endpoint, options);
      return reading.apply(auditor, sessions.waiting(endpoint));
    }
  }

  private AuditClient register(KarstClient client, Endpoint endpoint, AuditorOptions options)
      throws IOException {
    Locations locations = sessions.locations();
    String token =
        EnrolmentToken.read(options.tokenFile(), locations.deployment().auditorToken());
    MemberId member =
        UserText.member(options.name().orElseGet(() -> "auditor-" + sessions.randomEnding()));
    return sessions
        .registration(locations.home().auditor(), endpoint)
        .run(
            sessions.settings(member, DEVICE),
            store -> client.registerAuditor(store, member, DEVICE, token));
  }
}
