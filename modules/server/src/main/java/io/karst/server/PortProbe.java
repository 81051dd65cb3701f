package io.karst.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.Locale;

/**
 * Binds a port for a moment and says in words what is wrong with it.
 *
 * <p>Those who listen for good say it with a stack trace, after everything else was started.
 */
final class PortProbe {

  private PortProbe() {}

  /** Returns if the port, or any port if it is 0, can be listened on. */
  static void check(String host, int port, InetAddress address) throws StartException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true); // as those who listen do, so that a port just left is free
      probe.bind(new InetSocketAddress(address, port));
    } catch (BindException e) {
      throw why(host, port, address, e);
    } catch (IOException e) {
      throw cannotListen(host, port, ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** What is said of a port that somebody else listens on. */
  static StartException busy(String host, int port) {
    return cannotListen(host, port, ExitCode.PORT_BUSY, "the port is busy");
  }

  private static StartException why(
      String host, int port, InetAddress address, BindException problem) {
    if (!isOfThisMachine(address)) {
      return cannotListen(
          host, port, ExitCode.USAGE, "no interface of this machine has this address");
    }
    // The JDK tells the two apart in words alone.
    String words = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
    return words.contains("permission")
        ? cannotListen(host, port, ExitCode.USAGE, "this user may not use the port")
        : busy(host, port);
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return true; // unknown: the port is the likelier culprit
    }
  }

  private static StartException cannotListen(String host, int port, ExitCode code, String reason) {
    return new StartException(code, "cannot listen on " + host + ":" + port + ": " + reason);
  }
}
