package io.karst.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the server listens and how the connection is protected.
 *
 * @param host name or address of the interface
 * @param port 0 to choose a free one
 * @param tls without it the interface must be loopback, or {@code insecure} be said
 * @param insecure whether plain text was asked for in so many words
 */
record ListenOptions(String host, int port, Optional<TlsFiles> tls, boolean insecure) {

  /**
   * Certificate chain, its key, and where clients must show certificates the authorities to accept;
   * all PEM.
   */
  record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthorities) {}

  /** The number itself, if it can be a port's or is 0. */
  static int requirePort(int port) throws StartException {
    if (port < 0 || port > 65_535) {
      throw new StartException(ExitCode.USAGE, "not a port: " + port);
    }
    return port;
  }

  /** The interface's address; refuses plain text where others could listen in. */
  InetAddress address() throws StartException {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new StartException(ExitCode.USAGE, "unknown host " + host);
    }
    if (!address.isLoopbackAddress() && tls.isEmpty() && !insecure) {
      throw new StartException(
          ExitCode.USAGE,
          "refusing to listen on " + host + " without TLS: give a certificate and key, or"
              + " say --insecure-listen (insecure-listen = true) if something else protects it");
    }
    return address;
  }
}
