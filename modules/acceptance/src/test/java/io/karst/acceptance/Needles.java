package io.karst.acceptance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Byte strings to look for in files of any size, all in one pass. Not thread-safe. */
final class Needles {

  private static final int PREFIX = Long.BYTES;
  private static final int FILTER_BITS = 1 << 24;

  private final Map<Long, List<Needle>> byPrefix = new HashMap<>();
  private final BitSet filter = new BitSet(FILTER_BITS);
  private int longest = PREFIX;

  private static final class Needle {

    private final String name;
    private final byte[] bytes;

    private Needle(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }
  }

  /** Adds a byte string of at least 8 bytes. */
  void add(String name, byte[] bytes) {
    if (bytes.length < PREFIX) {
      throw new IllegalArgumentException(name + " is too short to be looked for");
    }
    long prefix = ByteBuffer.wrap(bytes).getLong();
    byPrefix.computeIfAbsent(prefix, key -> new ArrayList<>()).add(new Needle(name, bytes.clone()));
    filter.set(bit(prefix));
    longest = Math.max(longest, bytes.length);
  }

  int count() {
    return byPrefix.values().stream().mapToInt(List::size).sum();
  }

  /** Names of those that occur in any file below a folder, or in a file. */
  Set<String> foundIn(Path place) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        scan(file, found);
      }
    }
    return found;
  }

  private void scan(Path file, Set<String> found) throws IOException {
    byte[] window = new byte[1 << 22];
    int kept = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), window.length)) {
      int read = in.readNBytes(window, 0, window.length);
      while (read > 0) {
        int end = kept + read;
        scan(window, end, found);
        kept = Math.min(longest - 1, end);
        System.arraycopy(window, end - kept, window, 0, kept);
        read = in.readNBytes(window, kept, window.length - kept);
      }
    }
  }

  private void scan(byte[] window, int end, Set<String> found) {
    long prefix = 0;
    for (int i = 0; i < end; i++) {
      prefix = prefix << Byte.SIZE | (window[i] & 0xff);
      if (i >= PREFIX - 1 && filter.get(bit(prefix))) {
        match(window, i - PREFIX + 1, end, byPrefix.getOrDefault(prefix, List.of()), found);
      }
    }
  }

  private static void match(
      byte[] window, int at, int end, List<Needle> needles, Set<String> found) {
    for (Needle needle : needles) {
      int stop = at + needle.bytes.length;
      if (stop <= end && Arrays.equals(window, at, stop, needle.bytes, 0, stop - at)) {
        found.add(needle.name);
      }
    }
  }

  private static int bit(long prefix) {
    long mixed = prefix * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & (FILTER_BITS - 1);
  }
}
