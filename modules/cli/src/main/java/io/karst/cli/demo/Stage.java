package io.karst.cli.demo;

import io.karst.audit.AuditReport;
import io.karst.audit.report.TableReport;
import io.karst.cli.audit.GroupAudit;
import io.karst.cli.profile.Endpoint;
import io.karst.cli.session.Sessions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.api.AuditClient;
import io.karst.client.api.Device;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
      Device device = sessions
          .waiting(server)
          .until(client.register(
              store(name),
              new MemberId(name + "-" + ending),
              new DeviceId("demo"),
              enrolmentToken));
      var performer = new Performer(name, client, device, sessions.waiting(server));
      cast.push(performer);
      return performer;
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** An auditor enters, who holds no key, and replays the group's log. */
  void audit(GroupId group, String auditorToken, Narrator narrator, PrintStream out) {
    narrator.scene("An auditor, who holds no key, replays the log");
    try (KarstClient client = sessions.connect(server, Optional.empty())) {
      var member = new MemberId("auditor-" + ending);
      AuditClient auditor = sessions
          .waiting(server)
          .until(
              client.registerAuditor(store("auditor"), member, new DeviceId("demo"), auditorToken));
      var writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
      AuditReport report =
          new GroupAudit(sessions.patience()).replay(auditor, group, () -> new TableReport(writer));
      narrator.check("the log is sound", report.sound());
    }
  }

  private StoreLocation store(String name) {
    return StoreLocation.of(folder.resolve(name + ".db"), ("demo " + ending).toCharArray());
  }

  @Override
  public void close() {
    while (!cast.isEmpty()) {
      cast.pop().close();
    }
  }
}
