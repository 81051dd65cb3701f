package io.karst.acceptance.scenario;

import io.karst.acceptance.Auditor;
import io.karst.testkit.ServerProcess;
import java.nio.file.Path;
import java.util.List;

/** A server, the clock that it and the test share, and its auditor. */
final class Site {

  private final SharedClock clock;
  private final ServerProcess server;
  private final Auditor auditor;

  private Site(List<String> settings) {
    Path clockFile = ScenarioServer.clockFile();
    clock = SharedClock.in(clockFile);
    server = ScenarioServer.start(clockFile, settings);
    try {
      auditor = Auditor.register(server, Home.folder(), clock, Town.random());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** As it is in a deployment. */
  static Site everyday() {
    return Everyday.SITE;
  }

  /** What is not used for half a second leaves memory: the journal alone remembers it. */
  static Site forgetful() {
    return Forgetful.SITE;
  }

  SharedClock clock() {
    return clock;
  }

  ServerProcess server() {
    return server;
  }

  Auditor auditor() {
    return auditor;
  }

  /** Started by whoever asks first; it ends with the test's JVM. */
  private static final class Everyday {
    static final Site SITE = new Site(List.of());
  }

  /** Likewise. */
  private static final class Forgetful {
    static final Site SITE =
        new Site(List.of("karst.actors.idle-timeout=500ms", "karst.actors.feed.renew-interval=2s"));
  }
}
