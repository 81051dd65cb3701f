package io.karst.client.wire;

import com.google.protobuf.ByteString;
import io.karst.client.api.BadAnswer;
import io.karst.domain.bytes.Bytes;
import java.time.Instant;
import java.util.function.Supplier;

/** Bytes, times, and the one place where a bad field becomes a {@link BadAnswer}. */
public final class WireBytes {

  private WireBytes() {}

  public static Bytes bytes(ByteString wire) {
    return Bytes.copyOf(wire.toByteArray());
  }

  public static ByteString bytes(Bytes value) {
    return ByteString.copyFrom(value.toArray());
  }

  public static Instant time(long millis) {
    return valid("time", () -> Instant.ofEpochMilli(millis));
  }

  /** Values check themselves as they are made: what fails there came from outside. */
  static <T> T valid(String what, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new BadAnswer("the server's answer holds an invalid " + what, e);
    }
  }
}
