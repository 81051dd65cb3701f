package io.karst.acceptance.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that a test and the server share: 8 bytes of a mapped file say by how many milliseconds
 * it is ahead. Thread-safe.
 */
final class SharedClock implements InstantSource {

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final InstantSource real = Clock.systemUTC();
  private final ByteBuffer ahead;

  private SharedClock(ByteBuffer ahead) {
    this.ahead = ahead;
  }

  static SharedClock in(Path file) {
    try (FileChannel channel = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new SharedClock(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Instant instant() {
    return real.instant().plusMillis((long) LONG.getVolatile(ahead, 0));
  }

  /** Forwards, or backwards. */
  void jump(Duration by) {
    LONG.getAndAdd(ahead, 0, by.toMillis());
  }

  /** Shows what all other clocks show. */
  void reset() {
    LONG.setVolatile(ahead, 0, 0L);
  }
}
