package io.karst.client.transport;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Puts a device's token on each call. */
final class BearerCredentials extends CallCredentials {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final TokenHolder tokens;

  BearerCredentials(TokenHolder tokens) {
    this.tokens = tokens;
  }

  @Override
  public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
    CompletableFuture<TokenHolder.Token> drawn = tokens.token();
    var unused =
        drawn.whenCompleteAsync((token, failure) -> apply(token, failure, applier), executor);
  }

  private static void apply(
      TokenHolder.@Nullable Token token, @Nullable Throwable failure, MetadataApplier applier) {
    if (failure != null || token == null) {
      applier.fail(Status.UNAUTHENTICATED.withCause(failure));
      return;
    }
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token.value());
    applier.apply(headers);
  }
}
