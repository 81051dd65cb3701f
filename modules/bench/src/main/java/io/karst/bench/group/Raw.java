package io.karst.bench.group;

import com.google.protobuf.ByteString;
import io.karst.domain.bytes.Bytes;
import java.util.random.RandomGenerator;

/** Bytes from one form into another. */
final class Raw {

  private Raw() {}

  static ByteString of(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  static Bytes noise(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }
}
