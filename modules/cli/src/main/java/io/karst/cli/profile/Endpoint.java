package io.karst.cli.profile;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.SafeText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host name or address, an IPv6 address without its brackets
 * @param port 1 to 65,535
 */
public record Endpoint(String host, int port) {

  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\s]+)):(\\d{1,5})");
  private static final int PORT_MAX = 65_535;

  /** Reads {@code HOST:PORT} or {@code [IPV6]:PORT}. */
  public static Endpoint parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw notAnEndpoint(text);
    }
    String bracketed = matcher.group(1);
    int port = Integer.parseInt(matcher.group(3));
    if (port < 1 || port > PORT_MAX) {
      throw notAnEndpoint(text);
    }
    return new Endpoint(bracketed == null ? matcher.group(2) : bracketed, port);
  }

  /** Whether the host can be nothing but this machine, judged by its spelling. */
  public boolean loopback() {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static CommandFailure notAnEndpoint(String text) {
    return CommandFailure.usage(
        "a server is HOST:PORT, with a port from 1 to 65535, not " + SafeText.quoted(text));
  }
}
