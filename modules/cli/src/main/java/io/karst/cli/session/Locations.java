package io.karst.cli.session;

import io.karst.cli.CommandFailure;
import io.karst.cli.GlobalOptions;
import io.karst.cli.Surroundings;
import io.karst.cli.profile.Deployment;
import io.karst.cli.profile.Endpoint;
import io.karst.cli.profile.Home;
import io.karst.cli.profile.Profile;
import io.karst.client.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Answers where things are: an option decides, else the environment, else the profile, else this
 * machine's server.
 */
public final class Locations {

  private static final String DATA_DEFAULT = ".karst";

  private final Surroundings surroundings;
  private final GlobalOptions options;

  public Locations(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  /**
   * Where a server of this machine leaves its address and tokens. The launcher sets
   * {@code KARST_DATA}.
   */
  public Deployment deployment() {
    return new Deployment(Path.of(surroundings.variable("KARST_DATA").orElse(DATA_DEFAULT)));
  }

  public Home home() {
    return new Home(options
        .home()
        .or(() -> surroundings.variable("KARST_HOME").map(Path::of))
        .orElseGet(() -> deployment().folder().resolve("cli")));
  }

  /** The profile that the user means; it exists. */
  public Profile profile() throws IOException {
    Optional<String> named = namedProfile();
    return named.isPresent() ? home().existing(named.get()) : home().only();
  }

  /** The profile that the user named, or all of them when none was named. */
  public List<Profile> profiles() throws IOException {
    Optional<String> named = namedProfile();
    return named.isPresent() ? List.of(home().existing(named.get())) : home().profiles();
  }

  /** The profile of a device that is to come: named by the user, or as its member is. */
  public Profile newProfile(String member) throws IOException {
    Profile profile = home().profile(options.profile().orElse(member));
    if (profile.exists()) {
      throw CommandFailure.localState("profile " + profile.name() + " exists already");
    }
    return profile;
  }

  private Optional<String> namedProfile() {
    return options.profile().or(() -> surroundings.variable("KARST_PROFILE"));
  }

  /** The server to talk to, for a profile that may remember one. */
  public Endpoint endpoint(Optional<Profile.Settings> settings) throws IOException {
    Optional<String> text = namedServer().or(() -> settings.flatMap(Profile.Settings::server));
    if (text.isEmpty()) {
      text = deployment().endpoint();
    }
    return Endpoint.parse(text.orElseThrow(() ->
        CommandFailure.usage("which server? Start one with karst up, or say --server HOST:PORT")));
  }

  /** The server that the user named, which a new profile remembers. */
  public Optional<String> namedServer() {
    return options.server().or(() -> surroundings.variable("KARST_SERVER"));
  }

  /**
   * How the connection is protected: TLS unless the address is loopback or the user says otherwise.
   */
  public Tls tls(Endpoint endpoint, Optional<Profile.Settings> settings) {
    if (options.plainText()) {
      return Tls.plainTextAnywhere();
    }
    return options
        .authorities()
        .or(() -> settings.flatMap(Profile.Settings::authorities))
        .map(Tls::trusting)
        .orElseGet(() -> endpoint.loopback() ? Tls.loopbackOnly() : Tls.system());
  }
}
