package io.karst.bench.server;

import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server or Cassandra listens.
 *
 * @param host name or address, an IPv6 address without its brackets
 * @param port 1 to 65,535
 */
public record Endpoint(String host, int port) {

  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\s]+)):(\\d{1,5})");
  private static final int PORT_MAX = 65_535;

  /** Reads {@code HOST:PORT} or {@code [IPV6]:PORT}. */
  public static Endpoint parse(String text) throws LoadFailure {
    Matcher matcher = TEXT.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : 0;
    if (port < 1 || port > PORT_MAX) {
      throw new LoadFailure(Kind.USAGE, "'" + text + "' is not HOST:PORT");
    }
    return new Endpoint(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
  }

  /** Whether it is on this machine. */
  public boolean isLoopback() throws LoadFailure {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new LoadFailure(Kind.UNREACHABLE, "unknown host " + host);
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
