package io.karst.server;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The port for other nodes, checked before the actors' system wants it. */
final class ClusterPort {

  private static final String CANONICAL = "pekko.remote.artery.canonical.";

  /** Where a node listens elsewhere than others reach it; empty texts mean the canonical ones. */
  private static final String BIND = "pekko.remote.artery.bind.";

  private ClusterPort() {}

  static void check(Config settings) throws StartException {
    String host = either(settings, "hostname");
    if (host.startsWith("<")) {
      return; // Pekko's words for an address of this machine, which it looks up itself
    }
    String port = either(settings, "port");
    try {
      PortProbe.check(host, Integer.parseInt(port), InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      throw new StartException(ExitCode.USAGE, CANONICAL + "hostname: unknown host " + host);
    } catch (NumberFormatException e) {
      throw new StartException(ExitCode.USAGE, CANONICAL + "port: not a port: " + port);
    }
  }

  private static String either(Config settings, String name) {
    String bound = settings.getString(BIND + name);
    return bound.isEmpty() ? settings.getString(CANONICAL + name) : bound;
  }
}
