package io.karst.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What one connection may cost the server. {@code karst-server.conf} has the defaults and the
 * reasons; zero, where it is allowed, means without limit.
 *
 * @param callsMax calls under way at a time, streams included
 * @param metadataBytesMax of all headers of a call
 * @param handshakeTimeout within which TLS and HTTP/2 must be settled
 * @param keepaliveInterval after which a silent connection is asked whether it lives
 * @param keepaliveTimeout within which it must answer
 * @param clientPingMin least time between two pings of a client; one that pings more is cut off
 * @param idleMax after which a connection without calls is closed; may be zero
 * @param ageMax after which a connection is asked to end, streams included; may be zero
 * @param ageGrace how long its calls may take to end then
 */
record ConnectionLimits(
    int callsMax,
    int metadataBytesMax,
    Duration handshakeTimeout,
    Duration keepaliveInterval,
    Duration keepaliveTimeout,
    Duration clientPingMin,
    Duration idleMax,
    Duration ageMax,
    Duration ageGrace) {

  private static final String SECTION = "karst.server.connection.";

  /** A frame of headers must fit into memory thousands of times. */
  private static final int METADATA_BYTES_LIMIT = 1 << 20;

  /** What holds without any configuration. */
  static ConnectionLimits defaults() {
    return from(ConfigFactory.parseResources(ServerConfig.class, "karst-server.conf"));
  }

  /** Throws {@link ConfigException} with the setting that is wrong. */
  static ConnectionLimits from(Config config) {
    return new ConnectionLimits(
        between(config, "calls-max", 1, Integer.MAX_VALUE),
        between(config, "metadata-bytes-max", 1024, METADATA_BYTES_LIMIT),
        positive(config, "handshake-timeout"),
        positive(config, "keepalive-interval"),
        positive(config, "keepalive-timeout"),
        positive(config, "client-ping-min"),
        atLeast(config, "idle-max", Duration.ZERO),
        atLeast(config, "age-max", Duration.ZERO),
        positive(config, "age-grace"));
  }

  void applyTo(NettyServerBuilder builder) {
    builder
        .maxConcurrentCallsPerConnection(callsMax)
        .maxInboundMetadataSize(metadataBytesMax)
        .handshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTime(keepaliveInterval.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(keepaliveTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(clientPingMin.toMillis(), TimeUnit.MILLISECONDS)
        // A phone that waits between two calls may ask whether its connection still lives.
        .permitKeepAliveWithoutCalls(true);
    if (!idleMax.isZero()) {
      builder.maxConnectionIdle(idleMax.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (!ageMax.isZero()) {
      builder
          .maxConnectionAge(ageMax.toMillis(), TimeUnit.MILLISECONDS)
          .maxConnectionAgeGrace(ageGrace.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static int between(Config config, String name, int least, int most) {
    String path = SECTION + name;
    int value = config.getInt(path);
    if (value < least || value > most) {
      throw new ConfigException.BadValue(
          config.getValue(path).origin(), path, "must be from " + least + " to " + most);
    }
    return value;
  }

  private static Duration positive(Config config, String name) {
    return atLeast(config, name, Duration.ofMillis(1));
  }

  private static Duration atLeast(Config config, String name, Duration least) {
    String path = SECTION + name;
    Duration value = config.getDuration(path);
    if (value.compareTo(least) < 0) {
      throw new ConfigException.BadValue(
          config.getValue(path).origin(), path, "must be at least " + least.toMillis() + " ms");
    }
    return value;
  }
}
