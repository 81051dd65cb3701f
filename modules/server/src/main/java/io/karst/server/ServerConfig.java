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

  private static final String ROOT = "karst.server.";

  private final Path file;
  private final Config whole;

  private ServerConfig(Path file, Config whole) {
    this.file = file;
    this.whole = whole;
  }

  /** Throws {@link StartException} with the place of the mistake. */
  static ServerConfig read(Path file) throws StartException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new StartException(ExitCode.USAGE, "cannot read configuration file " + file);
    }
    try {
      Config said = ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
      Config defaults = ConfigFactory.parseResources(ServerConfig.class, "karst-server.conf");
      Optional<String> unknown = new KnownSettings(defaults).firstUnknown(said);
      if (unknown.isPresent()) {
        throw new StartException(ExitCode.USAGE, file + ": " + unknown.get());
      }
      return new ServerConfig(file, said.withFallback(defaults).resolve());
    } catch (ConfigException e) {
      throw mistake(file, e);
    }
  }

  ServerOptions options(InstantSource clock) throws StartException {
    try {
      ServerSecret secret = SecretFile.read(Path.of(whole.getString(ROOT + "secret-file")));
      return new ServerOptions(
          ServerPort.check(listen(), ConnectionLimits.from(whole)),
          secret,
          enrolment(secret, clock),
          whole.withoutPath("karst.server"),
          Optional.empty());
    } catch (ConfigException e) {
      throw mistake(file, e);
    }
  }

  private ListenOptions listen() throws StartException {
    return new ListenOptions(
        whole.getString(ROOT + "host"),
        ListenOptions.requirePort(whole.getInt(ROOT + "port")),
        text("tls.certificate")
            .map(certificate -> new TlsFiles(
                Path.of(certificate),
                Path.of(whole.getString(ROOT + "tls.key")),
                text("tls.client-authorities").map(Path::of))),
        whole.getBoolean(ROOT + "insecure-listen"));
  }

  private EnrolmentTokens enrolment(ServerSecret secret, InstantSource clock)
      throws StartException {
    Optional<String> keys = text("enrolment.jwks");
    if (keys.isEmpty()) {
      return new OwnEnrolment(secret, clock);
    }
    var demands = new ProviderEnrolment.Demands(
        whole.getString(ROOT + "enrolment.issuer"), whole.getString(ROOT + "enrolment.audience"));
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
    return Optional.of(whole.getString(ROOT + path)).filter(value -> !value.isEmpty());
  }

  private static StartException mistake(Path file, ConfigException problem) {
    // Usually the library has said where: which file, which line.
    String words = String.valueOf(problem.getMessage());
    return new StartException(
        ExitCode.USAGE, words.contains(file.toString()) ? words : file + ": " + words);
  }
}
