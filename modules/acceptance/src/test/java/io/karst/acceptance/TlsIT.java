package io.karst.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.Tls;
import io.karst.client.api.GroupChannel;
import io.karst.testkit.ServerProcess;
import io.karst.testkit.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK and a server that speaks TLS alone. */
class TlsIT {

  private static final long SEED = 8_446;

  @TempDir
  private Path folder;

  @Test
  void aMessageTravelsUnderAnAuthorityThatIsTrustedAndUnderNoOther() throws Exception {
    var random = new RecordingRandom(SEED);
    var own = TestCertificate.in(folder, "server");
    var other = TestCertificate.in(folder, "other");
    try (ServerProcess server = ServerProcess.start(
        "--tls-cert", own.certificate().toString(), "--tls-key", own.key().toString())) {
      try (Person ann =
          Person.register(server, Tls.trusting(own.certificate()), folder, "ann", random)) {
        GroupChannel caves = ann.create("caves", List.of());
        assertThat(caves.send("hello").get(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS))
            .isNotNull();
      }
      Tls wrong = Tls.trusting(other.certificate());
      assertThatThrownBy(() -> Person.register(server, wrong, folder, "bob", random))
          .isInstanceOf(ExecutionException.class);
    }
  }
}
