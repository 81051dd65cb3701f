package io.karst.server;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.karst.server.ListenOptions.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** What TLS needs, from files. */
final class TlsContext {

  private TlsContext() {}

  static SslContext of(TlsFiles files) throws StartException {
    requireReadable(files.certificate());
    requireReadable(files.key());
    try {
      SslContextBuilder builder =
          GrpcSslContexts.forServer(files.certificate().toFile(), files.key().toFile());
      if (files.clientAuthorities().isPresent()) {
        requireReadable(files.clientAuthorities().get());
        builder
            .trustManager(files.clientAuthorities().get().toFile())
            .clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new StartException(
          ExitCode.TLS,
          "cannot use " + files.certificate() + " with " + files.key()
              + ": not PEM, or not a pair");
    }
  }

  private static void requireReadable(Path file) throws StartException {
    if (!Files.isReadable(file)) {
      throw new StartException(ExitCode.TLS, "cannot read " + file);
    }
  }
}
