package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.testkit.ServerProgram;
import io.karst.testkit.ServerProgram.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when a start fails before Cassandra is asked for anything. */
class RefusedStartIT {

  @TempDir
  private Path folder;

  @Test
  void aBusyPortIsSaidBeforeCassandraStarts() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      Ended ended = up("--port", Integer.toString(port));

      assertRefused(
          ended,
          ExitCode.PORT_BUSY,
          "karst: cannot listen on 127.0.0.1:" + port + ": the port is busy");
      assertThat(folder.resolve("data/cassandra")).doesNotExist();
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNotABusyPort() {
    // From a range that is reserved for examples, so that no machine has it.
    Ended ended = up("--host", "192.0.2.1", "--port", "7400", "--insecure-listen");

    assertRefused(
        ended,
        ExitCode.USAGE,
        "karst: cannot listen on 192.0.2.1:7400: no interface of this machine has this address");
  }

  @Test
  void plainTextOutsideOfLoopbackIsRefusedAndLeavesNothingBehind() {
    Ended ended = up("--host", "0.0.0.0");

    assertRefused(
        ended,
        ExitCode.USAGE,
        "karst: refusing to listen on 0.0.0.0 without TLS: give a certificate and key, or say"
            + " --insecure-listen (insecure-listen = true) if something else protects it");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aCertificateThatIsNoneIsNamed() throws IOException {
    Path certificate = Files.writeString(folder.resolve("chain.pem"), "not a certificate");
    Path key = folder.resolve("key.pem");

    assertRefused(
        up("--tls-cert", certificate.toString(), "--tls-key", key.toString()),
        ExitCode.TLS,
        "karst: cannot read " + key);
    Files.writeString(key, "not a key");
    assertRefused(
        up("--tls-cert", certificate.toString(), "--tls-key", key.toString()),
        ExitCode.TLS,
        "karst: cannot use " + certificate + " with " + key + ": not PEM, or not a pair");
  }

  @Test
  void aDataFolderThatIsAFileOrCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("data"));
    assertRefused(up(), ExitCode.DATA_FOLDER, "karst: " + file + " is not a folder");

    // Nobody can make a folder there, not even root.
    Ended ended = ServerProgram.run("up", "--data", "/proc/karst", "--port", "0");
    assertThat(ended.complaints())
        .singleElement()
        .asString()
        .startsWith("karst: cannot write data folder /proc/karst (");
    assertRefused(ended, ExitCode.DATA_FOLDER, ended.complaints().get(0));
  }

  @Test
  void aMissingJava17IsNamed() {
    var arguments = List.of("up", "--data", folder.resolve("data").toString(), "--port", "0");
    Map<String, String> environment = Map.of("KARST_CASSANDRA_JAVA_HOME", folder.toString());
    try (var program = ServerProgram.start(environment, arguments)) {
      assertRefused(
          program.awaitEnd(),
          ExitCode.USAGE,
          "karst: KARST_CASSANDRA_JAVA_HOME=" + folder + " is not a Java 17");
    }
  }

  @Test
  void aMisspeltOptionGetsOneLine() {
    assertRefused(
        up("--prot", "7400"),
        ExitCode.USAGE,
        "karst: Unknown options: '--prot', '7400'; see karst up --help");
  }

  private Ended up(String... options) {
    var arguments =
        new java.util.ArrayList<>(List.of("up", "--data", folder.resolve("data").toString()));
    arguments.addAll(List.of(options));
    return ServerProgram.run(arguments.toArray(String[]::new));
  }

  private void assertRefused(Ended ended, ExitCode code, String line) {
    StartAssertions.assertRefused(ended, code, line);
    StartAssertions.assertNothingRunsIn(folder);
  }
}
