package io.karst.client.transport;

import static io.karst.client.wire.WireBytes.bytes;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.karst.client.wire.WireBytes;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Statement;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.CreateChallengeRequest;
import io.karst.wire.v1.CreateChallengeResponse;
import io.karst.wire.v1.CreateTokenRequest;
import io.karst.wire.v1.CreateTokenResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Draws access tokens: the device signs a challenge with its identity key. Thread-safe. */
public final class TokenExchange {

  private final Channel channel;
  private final DeviceAddress device;
  private final Function<Statement, CompletableFuture<Bytes>> signer;
  private final Duration deadline;

  /** The signer answers the device's Ed25519 signature, 64 bytes. */
  public TokenExchange(
      Channel channel,
      DeviceAddress device,
      Function<Statement, CompletableFuture<Bytes>> signer,
      Duration deadline) {
    this.channel = channel;
    this.device = device;
    this.signer = signer;
    this.deadline = deadline;
  }

  /** Draws one token. A challenge is accepted once, so a failure starts from a new one. */
  public CompletableFuture<TokenHolder.Token> draw() {
    CreateChallengeRequest request = CreateChallengeRequest.newBuilder()
        .setMemberId(device.member().value())
        .setDeviceId(device.device().value())
        .build();
    return ServerCalls.unary(
            channel, options(), AuthServiceGrpc.getCreateChallengeMethod(), request)
        .thenCompose(this::answer)
        .thenApply(TokenExchange::token);
  }

  private CompletableFuture<CreateTokenResponse> answer(CreateChallengeResponse response) {
    Bytes challenge = bytes(response.getChallenge());
    return signer
        .apply(DeviceStatements.deviceProof(device, challenge))
        .thenCompose(signature -> ServerCalls.unary(
            channel,
            options(),
            AuthServiceGrpc.getCreateTokenMethod(),
            CreateTokenRequest.newBuilder()
                .setMemberId(device.member().value())
                .setDeviceId(device.device().value())
                .setChallenge(response.getChallenge())
                .setSignature(bytes(signature))
                .build()));
  }

  private static TokenHolder.Token token(CreateTokenResponse response) {
    return new TokenHolder.Token(
        response.getToken(), WireBytes.time(response.getExpiresAtMillis()));
  }

  private CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }
}
