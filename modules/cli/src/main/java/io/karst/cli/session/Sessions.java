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
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Opens sessions for commands, by the options of the command line. */
public final class Sessions {

  private final Surroundings surroundings;
  private final GlobalOptions options;
  private final Locations locations;
  private final StorePassword passwords;

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
      return new Session(client, client.open(store), waiting(endpoint), GroupNames.of(profile));
    } catch (RuntimeException | IOException e) {
      client.close();
      throw e;
    }
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

  /** Where the device of an existing profile lives. */
  public StoreLocation store(Profile profile) throws IOException {
    return store(profile, passwords.of(profile));
  }

  /** Where the device of a new profile will live. */
  public StoreLocation newStore(Profile profile) throws IOException {
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
