package io.karst.acceptance.scenario;

import io.karst.client.ClientOptions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A device's files, and the clock on its wall. Thread-safe. */
final class Home implements InstantSource {

  private static final String PASSWORD = "correct horse";

  private final Path folder = Home.folder();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

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
    return StoreLocation.of(store(), PASSWORD.toCharArray());
  }

  Path store() {
    return folder.resolve("device.db");
  }

  KarstClient connect() {
    return KarstClient.connect(ClientOptions.of(
        Town.server().host(), Town.server().port(), Tls.loopbackOnly(), this, Town.random()));
  }

  /** The clock jumps, forwards or backwards. */
  void clockJumps(Duration by) {
    var unused = ahead.accumulateAndGet(by, Duration::plus);
  }

  @Override
  public Instant instant() {
    return Town.clock().instant().plus(ahead.get());
  }
}
