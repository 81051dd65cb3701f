package io.karst.cli.session;

import io.karst.cli.GlobalOptions;
import io.karst.cli.Surroundings;
import io.karst.cli.profile.Endpoint;
import io.karst.cli.profile.GroupNames;
import io.karst.cli.profile.Profile;
import io.karst.cli.profile.StorePassword;
import io.karst.client.ClientOptions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.Tls;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Opens sessions for commands, by the options of the command line. */
public final class Sessions {

  private static final int ENDING_BYTES = 4;

  /** Time to fetch the other device and paste the code. */
  private static final Duration LINK_WAIT_MAX = Duration.ofMinutes(15);

  private final Surroundings surroundings;
  private final GlobalOptions options;
  private final Locations locations;
  private final StorePassword passwords;
  private final AtomicBoolean terminating = new AtomicBoolean();

  public Sessions(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    this.locations = new Locations(surroundings, options);
    this.passwords = new StorePassword(surroundings, options);
  }

  public Locations locations() {
    return locations;
  }

  /** Opens the device of the profile that the user means. */
  public Session open() throws IOException {
    Profile profile = locations.profile();
    Optional<Profile.Settings> settings = Optional.of(profile.settings());
    Endpoint endpoint = locations.endpoint(settings);
    KarstClient client = connect(endpoint, settings);
    try {
      StoreLocation store = store(profile);
      var session =
          new Session(client, client.open(store), waiting(endpoint), GroupNames.of(profile));
      session.closeAtTermination(() -> terminating.set(true));
      return session;
    } catch (RuntimeException | IOException e) {
      client.close();
      throw e;
    }
  }

  /** Whether the process was told to end, so that what fails now fails for that reason. */
  public boolean terminating() {
    return terminating.get();
  }

  /** Prepares a connection; it is made with the first call. */
  public KarstClient connect(Endpoint endpoint, Optional<Profile.Settings> settings) {
    Tls tls = locations.tls(endpoint, settings);
    return KarstClient.connect(ClientOptions.of(
            endpoint.host(), endpoint.port(), tls, surroundings.clock(), surroundings.random())
        .withCallDeadline(options.timeout()));
  }

  public Waiting waiting(Endpoint endpoint) {
    return new Waiting(endpoint, options.timeout());
  }

  /** Longest wait for the server. */
  public Duration patience() {
    return options.timeout();
  }

  /** Makes ids different from those of other runs: 8 hexadecimal characters. */
  public String randomEnding() {
    byte[] drawn = new byte[ENDING_BYTES];
    surroundings.random().fill(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  /** A registration that will make this profile. */
  public Registration registration(Profile profile, Endpoint endpoint) {
    return new Registration(this, profile, waiting(endpoint));
  }

  /** As above, of a device that somebody has to add meanwhile on another one. */
  public Registration linking(Profile profile, Endpoint endpoint) {
    return new Registration(this, profile, new Waiting(endpoint, LINK_WAIT_MAX));
  }

  /** What a profile that is registered by this command line remembers. */
  public Profile.Settings settings(MemberId member, DeviceId device) {
    return new Profile.Settings(member, device, locations.namedServer(), options.authorities());
  }

  /** Where the device of an existing profile lives. */
  public StoreLocation store(Profile profile) throws IOException {
    return store(profile, passwords.of(profile));
  }

  /** Where the device of a new profile will live. */
  StoreLocation newStore(Profile profile) throws IOException {
    return store(profile, passwords.ofNew(profile));
  }

  private static StoreLocation store(Profile profile, char[] password) {
    try {
      return StoreLocation.of(profile.database(), password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
