package io.karst.server;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.karst.edge.auth.EnrolmentTokens;
import io.karst.edge.auth.OwnEnrolment;
import io.karst.edge.auth.ProviderEnrolment;
import io.karst.edge.auth.ServerSecret;
import io.karst.server.ListenOptions.TlsFiles;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The configuration file of {@code serve}; {@code config/karst.conf} is its commented example. */
final class ServerConfig {

  private static final String ROOT = "karst.server";

  private final Path file;
  private final Config whole;
  private final Config server;

  private ServerConfig(Path file, Config whole) {
    this.file = file;
    this.whole = whole;
    this.server = whole.getConfig(ROOT);
  }

  /** Throws {@link StartException} with the place of the mistake. */
  static ServerConfig read(Path file) throws StartException {
    if (!Files.isReadable(file)) {
      throw new StartException(ExitCode.USAGE, "cannot read configuration file " + file);
    }
    try {
      Config whole = ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
          .withFallback(ConfigFactory.parseResources(ServerConfig.class, "karst-server.conf"))
          .resolve();
      return new ServerConfig(file, whole);
    } catch (ConfigException e) {
      throw mistake(file, e);
    }
  }

  ServerOptions options(InstantSource clock) throws StartException {
    try {
      ServerSecret secret = SecretFile.read(Path.of(server.getString("secret-file")));
      return new ServerOptions(
          listen(), secret, enrolment(secret, clock), whole.withoutPath(ROOT), Optional.empty());
    } catch (ConfigException e) {
      throw mistake(file, e);
    }
  }

  private ListenOptions listen() {
    return new ListenOptions(
        server.getString("host"),
        server.getInt("port"),
        text("tls.certificate")
            .map(certificate -> new TlsFiles(
                Path.of(certificate),
                Path.of(server.getString("tls.key")),
                text("tls.client-authorities").map(Path::of))),
        server.getBoolean("insecure-listen"));
  }

  private EnrolmentTokens enrolment(ServerSecret secret, InstantSource clock)
      throws StartException {
    Optional<String> keys = text("enrolment.jwks");
    if (keys.isEmpty()) {
      return new OwnEnrolment(secret, clock);
    }
    var demands = new ProviderEnrolment.Demands(
        server.getString("enrolment.issuer"), server.getString("enrolment.audience"));
    // Keys are fetched rarely; one thread keeps a slow provider from taking others.
    var fetching = Executors.newSingleThreadExecutor(task -> {
      var thread = new Thread(task, "enrolment-keys");
      thread.setDaemon(true);
      return thread;
    });
    return new ProviderEnrolment(keySource(keys.get()), demands, clock, fetching);
  }

  private static JWKSource<SecurityContext> keySource(String place) throws StartException {
    try {
      return place.startsWith("https://")
          ? JWKSourceBuilder.<SecurityContext>create(URI.create(place).toURL()).build()
          : new ImmutableJWKSet<>(JWKSet.load(Path.of(place).toFile()));
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new StartException(ExitCode.USAGE, "enrolment.jwks is not a URL: " + place);
    } catch (IOException | ParseException e) {
      throw new StartException(ExitCode.USAGE, "cannot read the key set " + place);
    }
  }

  private Optional<String> text(String path) {
    return Optional.of(server.getString(path)).filter(value -> !value.isEmpty());
  }

  private static StartException mistake(Path file, ConfigException problem) {
    return new StartException(ExitCode.USAGE, file + ": " + problem.getMessage());
  }
}
