package io.karst.actors.snapshot;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Sha256;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the closing row of a snapshot in parts says of them.
 *
 * @param count at least 1
 * @param hash SHA-256 of the whole, 32 bytes
 */
record Parts(int count, Bytes hash) {

  /** As large as a row of the journal may be. A snapshot of no more is one row and has no parts. */
  static final int BYTES_MAX = 256 << 10;

  /** 64 MiB, ten times what the bounds of a state allow: a larger one is a bug. */
  static final int COUNT_MAX = 256;

  Parts {
    if (count < 1 || count > COUNT_MAX) {
      throw new IllegalArgumentException("a snapshot has 1 to " + COUNT_MAX + " parts");
    }
  }

  /** Of a whole snapshot. */
  static Parts of(byte[] whole) {
    int count = (whole.length + BYTES_MAX - 1) / BYTES_MAX;
    return new Parts(count, Sha256.hash(Bytes.copyOf(whole)));
  }

  /** The parts, in order: views, not copies. */
  static List<ByteBuffer> split(byte[] whole) {
    return IntStream.iterate(0, from -> from < whole.length, from -> from + BYTES_MAX)
        .mapToObj(from -> ByteBuffer.wrap(whole, from, Math.min(BYTES_MAX, whole.length - from))
            .slice())
        .toList();
  }

  /** The whole, if these are its parts: none is missing and none is another's. */
  Optional<byte[]> join(List<ByteBuffer> parts) {
    if (parts.size() != count) {
      return Optional.empty();
    }
    var whole =
        ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
    parts.forEach(part -> whole.put(part.duplicate()));
    return Optional.of(whole.array())
        .filter(bytes -> Sha256.hash(Bytes.copyOf(bytes)).equals(hash));
  }
}
