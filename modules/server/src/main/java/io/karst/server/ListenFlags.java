package io.karst.server;

import io.karst.server.ListenOptions.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say where to listen. */
final class ListenFlags {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Interface to listen on. Default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "7400",
      description = "Port to listen on; 0 chooses a free one. Default: ${DEFAULT-VALUE}")
  private int port = UpCommand.PORT;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate chain, PEM. Needed on anything but loopback.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key, PEM, PKCS#8.")
  private @Nullable Path key;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description = "Ask clients for certificates of these authorities, PEM.")
  private @Nullable Path clientAuthorities;

  @Option(
      names = "--insecure-listen",
      description = "Listen without TLS although others may listen in.")
  private boolean insecure;

  ListenOptions options() throws StartException {
    return new ListenOptions(host, ListenOptions.requirePort(port), tls(), insecure);
  }

  private Optional<TlsFiles> tls() throws StartException {
    if (certificate == null && key == null && clientAuthorities == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw new StartException(ExitCode.USAGE, "TLS needs both --tls-cert and --tls-key");
    }
    return Optional.of(new TlsFiles(certificate, key, Optional.ofNullable(clientAuthorities)));
  }
}
