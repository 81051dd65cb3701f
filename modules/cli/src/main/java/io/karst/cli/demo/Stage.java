package io.karst.cli.demo;

import io.karst.cli.profile.Endpoint;
import io.karst.cli.session.Sessions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.api.Device;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Where the play takes place: a server, and a folder for the devices. One thread. */
final class Stage implements AutoCloseable {

  private final Sessions sessions;
  private final Endpoint server;
  private final String enrolmentToken;
  private final Path folder;
  private final String ending;
  private final Deque<Performer> cast = new ArrayDeque<>();

  /**
   * Sets a stage.
   *
   * @param ending makes the members' ids different from those of other plays on the same server
   */
  Stage(Sessions sessions, Endpoint server, String enrolmentToken, Path folder, String ending) {
    this.sessions = sessions;
    this.server = server;
    this.enrolmentToken = enrolmentToken;
    this.folder = folder;
    this.ending = ending;
  }

  Endpoint server() {
    return server;
  }

  /** Registers a device that speaks with the server directly. */
  Performer enter(String name) {
    return enter(name, server);
  }

  /** Registers a device that speaks with the server by way of another address. */
  Performer enter(String name, Endpoint by) {
    KarstClient client = sessions.connect(by, Optional.empty());
    try {
      var store = StoreLocation.of(folder.resolve(name + ".db"), ("demo " + ending).toCharArray());
      Device device = sessions
          .waiting(server)
          .until(client.register(
              store, new MemberId(name + "-" + ending), new DeviceId("demo"), enrolmentToken));
      var performer = new Performer(name, client, device, sessions.waiting(server));
      cast.push(performer);
      return performer;
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  @Override
  public void close() {
    while (!cast.isEmpty()) {
      cast.pop().close();
    }
  }
}
