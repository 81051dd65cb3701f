package io.karst.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.karst.client.api.LocalMistake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Makes channels to servers. */
final class Connections {

  /** Answers stay below this; an answer that does not is refused before it is held in memory. */
  private static final int ANSWER_BYTES_MAX = 4 * 1024 * 1024;

  private Connections() {}

  static ManagedChannel open(ClientOptions options) {
    ChannelCredentials credentials = options.tls().match(new Credentials(options.host()));
    return Grpc.newChannelBuilderForAddress(options.host(), options.port(), credentials)
        .maxInboundMessageSize(ANSWER_BYTES_MAX)
        .build();
  }

  private record Credentials(String host) implements Tls.Cases<ChannelCredentials> {

    @Override
    public ChannelCredentials verified(Tls.Verified tls) {
      TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder();
      try {
        if (tls.trusted().isPresent()) {
          builder.trustManager(tls.trusted().get().toFile());
        }
        if (tls.own().isPresent()) {
          Tls.OwnCertificate own = tls.own().get();
          builder.keyManager(own.chain().toFile(), own.key().toFile());
        }
        return builder.build();
      } catch (IOException e) {
        throw new LocalMistake(
            LocalMistake.Kind.TLS_UNUSABLE, "a certificate or key file cannot be read", e);
      }
    }

    @Override
    public ChannelCredentials plainText(Tls.PlainText tls) {
      if (!tls.anywhere() && !isLoopback()) {
        throw new LocalMistake(
            LocalMistake.Kind.TLS_REQUIRED,
            host + " is not a loopback address: plain text would show tokens to the network");
      }
      return InsecureChannelCredentials.create();
    }

    private boolean isLoopback() {
      try {
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException e) {
        return false;
      }
    }
  }
}
