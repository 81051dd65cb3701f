package io.karst.client;

import io.karst.crypto.key.RandomBytes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Where the server is and what the SDK runs on.
 *
 * @param host name or address
 * @param port 1 to 65,535
 * @param random a cryptographic source, for example a {@code SecureRandom}'s {@code nextBytes}
 * @param executor runs the subscribers' methods; a subscriber may block it
 * @param callDeadline for each single call to the server, retries not counted
 */
public record ClientOptions(
    String host,
    int port,
    Tls tls,
    InstantSource clock,
    RandomBytes random,
    Executor executor,
    Duration callDeadline) {

  /** A commit of a thousand devices on a slow server takes seconds; longer means that it hangs. */
  public static final Duration CALL_DEADLINE_DEFAULT = Duration.ofSeconds(30);

  public ClientOptions {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a host name and a port from 1 to 65,535");
    }
    if (callDeadline.isNegative() || callDeadline.isZero()) {
      throw new IllegalArgumentException("the call deadline is longer than zero");
    }
  }

  /** Subscribers run on the common pool; calls have the default deadline. */
  public static ClientOptions of(
      String host, int port, Tls tls, InstantSource clock, RandomBytes random) {
    return new ClientOptions(
        host, port, tls, clock, random, ForkJoinPool.commonPool(), CALL_DEADLINE_DEFAULT);
  }

  public ClientOptions withExecutor(Executor executor) {
    return new ClientOptions(host, port, tls, clock, random, executor, callDeadline);
  }

  public ClientOptions withCallDeadline(Duration callDeadline) {
    return new ClientOptions(host, port, tls, clock, random, executor, callDeadline);
  }
}
