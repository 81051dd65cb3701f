package io.karst.cassandra;

import io.karst.cassandra.CassandraStartException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chooses and checks ports on loopback.
 *
 * <p>A chosen port stays unused for seconds until Cassandra binds it. It is therefore taken from
 * below the range from which systems serve outgoing connections, which could seize it meanwhile,
 * and each process starts its search elsewhere.
 */
final class Ports {

  private static final int LOWEST = 11_000;
  private static final int COUNT = 20_000;
  private static final int TRIES_MAX = 500; // then something is wrong with binding as such

  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % COUNT));

  private Ports() {}

  /** The wanted port if it is free, or a free one if 0 is wanted. */
  static int settle(int wanted) throws CassandraStartException {
    if (wanted == 0) {
      return choose();
    }
    if (!isFree(wanted)) {
      throw new CassandraStartException(
          Reason.PORT_BUSY, "port " + wanted + " on 127.0.0.1 is in use");
    }
    return wanted;
  }

  private static int choose() throws CassandraStartException {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new CassandraStartException(Reason.PORT_BUSY, "no free port on 127.0.0.1");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as Cassandra does, so that a port just left is free
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
