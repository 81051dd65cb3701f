package io.karst.client.live;

import io.karst.domain.id.MemberId;
import io.karst.testkit.Answers;
import io.karst.testkit.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;

/** The one server of all tests of this package, since its start takes longer than they do. */
final class Live {

  /** Who may lose all devices and register anew. */
  static final MemberId PHOENIX = new MemberId("phoenix");

  /** Started by whoever asks first; it ends with the test's JVM. */
  static final ServerProcess SERVER = ServerProcess.start("--reset-token", PHOENIX.value());

  /** A slow machine that several builds share. */
  static final long WAIT_SECONDS_MAX = 90;

  private Live() {}

  /** With which {@link #PHOENIX} registers anew. */
  static String resetToken() {
    try {
      return Files.readString(SERVER.data().resolve("reset-token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a future holds; throws the SDK's own exceptions as they are. */
  static <T> T get(CompletableFuture<T> future) {
    return Answers.of(future, WAIT_SECONDS_MAX);
  }
}
