package io.karst.acceptance.scenario;

import io.karst.client.ClientOptions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A device's files, and the clock on its wall. Thread-safe. */
final class Home implements InstantSource {

  private static final String PASSWORD = "correct horse";

  /** The port of the discard protocol, which nothing here speaks. */
  private static final int NOBODY = 9;

  private final Site site;
  private final Path folder = Home.folder();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  Home(Site site) {
    this.site = site;
  }

  /** A new folder. */
  static Path folder() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "people").toAbsolutePath());
      return Files.createTempDirectory(parent, "home");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StoreLocation location() {
    return StoreLocation.of(store(), password());
  }

  char[] password() {
    return PASSWORD.toCharArray();
  }

  Path store() {
    return folder.resolve("device.db");
  }

  KarstClient connect() {
    return connect(site.server().port());
  }

  /** Where no server listens. */
  KarstClient connectToNobody() {
    return connect(NOBODY);
  }

  private KarstClient connect(int port) {
    return KarstClient.connect(
        ClientOptions.of("127.0.0.1", port, Tls.loopbackOnly(), this, Town.random()));
  }

  /** What is left of the device's keys is its account. */
  void loseKeys() {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store());
        var statement = connection.createStatement()) {
      for (String table : List.of("olm_session", "epoch", "ratchet", "inbound", "outbound")) {
        statement.executeUpdate("DELETE FROM " + table);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The clock jumps, forwards or backwards. */
  void clockJumps(Duration by) {
    var unused = ahead.accumulateAndGet(by, Duration::plus);
  }

  @Override
  public Instant instant() {
    return site.clock().instant().plus(ahead.get());
  }
}
