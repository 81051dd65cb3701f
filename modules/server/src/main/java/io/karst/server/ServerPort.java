package io.karst.server;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The port for clients: checked before anything is started, opened when everything is there.
 *
 * <p>A mistake in it is thus told at once and not after the half minute that Cassandra takes.
 */
final class ServerPort {

  private final ListenOptions options;
  private final InetSocketAddress socket;
  private final Optional<SslContext> tls;
  private final ConnectionLimits limits;

  private ServerPort(
      ListenOptions options,
      InetAddress address,
      Optional<SslContext> tls,
      ConnectionLimits limits) {
    this.options = options;
    this.limits = limits;
    this.socket = new InetSocketAddress(address, options.port());
    this.tls = tls;
  }

  /** Reads the certificates, and binds the port for a moment. */
  static ServerPort check(ListenOptions options, ConnectionLimits limits) throws StartException {
    InetAddress address = options.address();
    Optional<SslContext> tls = options.tls().isPresent()
        ? Optional.of(TlsContext.of(options.tls().get()))
        : Optional.empty();
    PortProbe.check(options.host(), options.port(), address);
    return new ServerPort(options, address, tls, limits);
  }

  /** The interface's name or address, as it was given. */
  String host() {
    return options.host();
  }

  /** Whether it is on every interface. */
  boolean isWildcard() {
    return socket.getAddress().isAnyLocalAddress();
  }

  /** A server for this port, for services to be added to. */
  NettyServerBuilder builder() {
    NettyServerBuilder builder = NettyServerBuilder.forAddress(socket);
    limits.applyTo(builder);
    tls.ifPresent(builder::sslContext);
    return builder;
  }

  /** Begins to listen. */
  void open(Server server) throws StartException {
    try {
      server.start();
    } catch (IOException e) {
      // It was free a moment ago, so somebody else has taken it.
      throw PortProbe.busy(options.host(), options.port());
    }
  }
}
