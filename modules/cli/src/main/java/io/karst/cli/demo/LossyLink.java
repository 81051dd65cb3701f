package io.karst.cli.demo;

import io.karst.cli.profile.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A connection that can lose answers: forwards bytes between a loopback port and a server until
 * told to swallow what the server says.
 *
 * <p>Thread-safe. It knows nothing of what it carries.
 */
final class LossyLink implements AutoCloseable {

  /** A device keeps one or two connections; more would mean that it reconnects without end. */
  private static final int CONNECTIONS_MAX = 64;

  private static final int BUFFER_BYTES = 16 * 1024;

  private final Endpoint server;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    var thread = new Thread(task, "karst-demo-link");
    thread.setDaemon(true);
    return thread;
  });
  private volatile boolean swallowing;

  LossyLink(Endpoint server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, CONNECTIONS_MAX, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", listener.getLocalPort());
  }

  /** From now on the server's bytes are read and thrown away. */
  void loseAnswers() {
    swallowing = true;
  }

  /** Cuts every connection; new ones lose nothing. */
  void cutAndHeal() {
    sockets.forEach(LossyLink::closeQuietly);
    sockets.clear();
    swallowing = false;
  }

  private void accept() {
    while (!listener.isClosed() && sockets.size() < CONNECTIONS_MAX) {
      try {
        Socket device = listener.accept();
        sockets.add(device);
        threads.execute(() -> join(device));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void join(Socket device) {
    try (device;
        var toServer = new Socket(server.host(), server.port())) {
      sockets.add(toServer);
      threads.execute(() -> carry(device, toServer, false));
      carry(toServer, device, true);
      sockets.remove(toServer);
    } catch (IOException e) {
      closeQuietly(device);
    }
    sockets.remove(device);
  }

  /** Carries bytes one way until either end closes. */
  private void carry(Socket from, Socket to, boolean answers) {
    var buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!(answers && swallowing)) {
          out.write(buffer, 0, read);
          out.flush();
        }
      }
    } catch (IOException e) {
      closeQuietly(from);
    }
    closeQuietly(to);
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more can be done with a socket that does not close.
    }
  }

  @Override
  public void close() {
    closeQuietly(listener);
    cutAndHeal();
    threads.shutdownNow();
  }
}
