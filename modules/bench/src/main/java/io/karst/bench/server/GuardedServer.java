package io.karst.bench.server;

import io.karst.server.Main;
import java.io.IOException;
import java.io.OutputStream;

/** Runs the server for as long as whoever started it lives: until its standard input ends. */
public final class GuardedServer {

  private GuardedServer() {}

  /** Takes the server's arguments. */
  public static void main(String[] arguments) {
    var guard = new Thread(GuardedServer::outlive, "guard");
    guard.setDaemon(true);
    guard.start();
    Main.main(arguments);
  }

  private static void outlive() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The same as its end.
    }
    System.exit(0);
  }
}
