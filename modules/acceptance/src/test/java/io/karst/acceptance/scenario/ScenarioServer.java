package io.karst.acceptance.scenario;

import io.karst.server.Main;
import io.karst.testkit.ServerLaunch;
import io.karst.testkit.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The server as it is, by a clock that the test moves. */
public final class ScenarioServer {

  private static final String CLOCK = "karst.scenario.clock";

  private ScenarioServer() {}

  /** Runs in the server's process. */
  public static void main(String[] arguments) {
    Path file = Path.of(System.getProperty(CLOCK, "clock"));
    System.exit(Main.run(SharedClock.in(file), arguments));
  }

  /** A place for the clock's file. */
  static Path clockFile() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
      return Files.createTempDirectory(parent, "clock").resolve("ahead");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it.
   *
   * @param settings of the actors, each as {@code path=value}
   */
  static ServerProcess start(Path clock, List<String> settings) {
    List<String> flags = new ArrayList<>(List.of("-D" + CLOCK + "=" + clock));
    flags.add("-Dlogback.configurationFile=" + ownClasses().resolve("scenario-logback.xml"));
    settings.forEach(setting -> flags.add("-D" + setting));
    return ServerProcess.start(
        new ServerLaunch(ScenarioServer.class.getName(), List.of(ownClasses()), flags));
  }

  private static Path ownClasses() {
    try {
      return Path.of(ScenarioServer.class
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
