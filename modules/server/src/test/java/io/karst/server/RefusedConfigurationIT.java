package io.karst.server;

import static io.karst.server.StartAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.testkit.ServerProgram;
import io.karst.testkit.ServerProgram.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when {@code serve} is given a wrong configuration. */
class RefusedConfigurationIT {

  @TempDir
  private Path folder;

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.conf");
    assertRefused(
        ServerProgram.run("serve", "--config", file.toString()),
        ExitCode.USAGE,
        "karst: cannot read configuration file " + file);
    assertRefused(
        ServerProgram.run("serve"),
        ExitCode.USAGE,
        "karst: Missing required option: '--config=FILE'; see karst serve --help");
  }

  @Test
  void aMalformedFileIsToldByItsLine() {
    Ended ended = ServeFile.in(folder).with("karst.server { port = ").serveToItsEnd();

    assertThat(ended.complaints()).hasSize(1);
    assertRefused(ended, ExitCode.USAGE, ended.complaints().get(0));
    assertThat(ended.complaints().get(0)).startsWith("karst: " + file() + ": 5: ");
  }

  @Test
  void aMisspeltSettingIsNotIgnored() {
    assertRefused(
        ServeFile.in(folder).with("karst.server.prot = 7400").serveToItsEnd(),
        ExitCode.USAGE,
        "karst: " + file() + ": 4: unknown setting karst.server.prot");
  }

  @Test
  void aSettingOfTheWrongTypeIsToldByItsLine() {
    assertRefused(
        ServeFile.in(folder).with("karst.server.port = seven").serveToItsEnd(),
        ExitCode.USAGE,
        "karst: " + file() + ": 4: karst.server.port has type STRING rather than NUMBER");
  }

  @Test
  void aSettingOfTheActorsIsReadBeforeAnythingStarts() {
    Ended ended = ServeFile.in(folder).with("karst.actors.start-timeout = soon").serveToItsEnd();

    assertThat(ended.complaints()).hasSize(1);
    assertRefused(ended, ExitCode.USAGE, ended.complaints().get(0));
    assertThat(ended.complaints().get(0)).contains("start-timeout");
  }

  @Test
  void aSecretThatIsTooShortIsNamed() throws IOException {
    ServeFile file = ServeFile.in(folder);
    Path secret = Files.write(folder.resolve("secret"), new byte[31]);
    assertRefused(
        file.serveToItsEnd(),
        ExitCode.USAGE,
        "karst: secret file " + secret + " does not have 32 bytes");
  }

  @Test
  void plainTextOutsideOfLoopbackIsRefused() {
    assertRefused(
        ServeFile.in(folder).with("karst.server.host = \"0.0.0.0\"").serveToItsEnd(),
        ExitCode.USAGE,
        "karst: refusing to listen on 0.0.0.0 without TLS: give a certificate and key, or say"
            + " --insecure-listen (insecure-listen = true) if something else protects it");
  }

  @Test
  void aBusyPortOfTheClusterIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      Ended ended = ServeFile.in(folder)
          .with("pekko.remote.artery.canonical.port = " + port)
          .serveToItsEnd();

      assertRefused(
          ended,
          ExitCode.PORT_BUSY,
          "karst: cannot listen on 127.0.0.1:" + port + ": the port is busy");
    }
  }

  @Test
  void aCassandraThatCannotBeReachedIsNamed() throws IOException {
    int nobodys;
    try (var left = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobodys = left.getLocalPort();
    }
    Ended ended = ServeFile.in(folder)
        .with("datastax-java-driver.basic.contact-points = [\"127.0.0.1:" + nobodys + "\"]")
        .with("karst.actors.start-timeout = 2s")
        .serveToItsEnd();

    assertRefused(
        ended,
        ExitCode.CASSANDRA,
        "karst: Cassandra at [127.0.0.1:" + nobodys + "] cannot be reached for 2 s now");
  }

  private Path file() {
    return folder.resolve("karst.conf");
  }
}
