package io.karst.edge.call;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names requests in logs: a random start for each process, then a counter. Thread-safe. */
public final class RequestIds {

  private static final int PREFIX_BYTES = 6;

  private final String prefix;
  private final AtomicLong last = new AtomicLong();

  public RequestIds(RandomBytes random) {
    byte[] start = new byte[PREFIX_BYTES];
    random.fill(start);
    prefix = HexFormat.of().formatHex(start);
  }

  String next() {
    return prefix + "-" + last.incrementAndGet();
  }
}
