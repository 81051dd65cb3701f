package io.karst.edge.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.CreateChallengeRequest;
import io.karst.wire.v1.CreateChallengeResponse;
import io.karst.wire.v1.CreateTokenRequest;
import io.karst.wire.v1.CreateTokenResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of bytes that are no request, and of methods that fail, over a real socket. */
class StrictServiceTest {

  private final ConformanceInterceptor conformance = new ConformanceInterceptor();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    var failures = new Failures(new RequestIds(bytes -> bytes[0] = 7));
    var service = new StrictService(AuthServiceGrpc.getServiceDescriptor(), failures)
        .open(AuthServiceGrpc.getCreateChallengeMethod(), StrictServiceTest::byMemberId)
        .open(AuthServiceGrpc.getCreateTokenMethod(), StrictServiceTest::echo)
        .build();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = NettyServerBuilder.forAddress(address)
        .maxInboundMessageSize(MessageLimits.TRANSPORT_BYTES_MAX)
        .addService(service)
        .build()
        .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
        .usePlaintext()
        .intercept(conformance)
        .build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    conformance.verify();
  }

  private static CompletionStage<CreateChallengeResponse> byMemberId(
      CreateChallengeRequest request) {
    return switch (request.getMemberId()) {
      case "throws" -> throw new IllegalStateException("secret text");
      case "fails" -> CompletableFuture.failedStage(new IOException("secret text"));
      case "refuses" ->
        CompletableFuture.failedStage(
            new CompletionException(new RefusedException(Reason.GROUP_NOT_FOUND)));
      case "parses" -> parsed(new MemberId("no name"));
      case "times out" -> CompletableFuture.failedStage(new TimeoutException("secret text"));
      case "never" -> new CompletableFuture<>();
      default -> CompletableFuture.completedStage(CreateChallengeResponse.getDefaultInstance());
    };
  }

  private static CompletionStage<CreateChallengeResponse> parsed(MemberId member) {
    throw new AssertionError(member + " is no member id");
  }

  private static CompletionStage<CreateTokenResponse> echo(CreateTokenRequest request) {
    return CompletableFuture.completedStage(CreateTokenResponse.newBuilder()
        .setExpiresAtMillis(request.getChallenge().size())
        .build());
  }

  @Test
  void bytesThatAreNoMessageAreMalformed() {
    assertThat(refusalOf(new byte[] {(byte) 0xff, (byte) 0xff})).isEqualTo("MALFORMED_MESSAGE");
    assertThat(refusalOf(new byte[] {0x0a, 5, 'a'})).isEqualTo("MALFORMED_MESSAGE");
  }

  @Test
  void aStringThatIsNotUtf8IsToldFromBytesThatAreNoMessage() {
    assertThat(refusalOf(new byte[] {0x0a, 2, (byte) 0xc3, 0x28})).isEqualTo("INVALID_UTF8");
  }

  @Test
  void aMessageOfTheLargestSizeIsTakenAndOneByteMoreIsNot() {
    int overhead = challenge(1 << 19).getSerializedSize() - (1 << 19);
    int largest = MessageLimits.REQUEST_BYTES_MAX - overhead;
    assertThat(token(challenge(largest), CallOptions.DEFAULT)).isEqualTo(largest);
    var refusal = refusal(() -> token(challenge(largest + 1), CallOptions.DEFAULT));
    assertThat(refusal.getReason()).isEqualTo("MESSAGE_TOO_LARGE");
    assertThat(refusal.getMetadataMap()).containsEntry("limit", "1048576");
  }

  @Test
  void aCompressedMessageIsMeasuredAsItUnfolds() {
    var compressed = CallOptions.DEFAULT.withCompression("gzip");
    assertThat(token(challenge(1000), compressed)).isEqualTo(1000);
    assertThat(refusal(() -> token(challenge(8 << 20), compressed)).getReason())
        .isEqualTo("MESSAGE_TOO_LARGE");
  }

  @Test
  void anUnknownMethodStaysUnimplemented() {
    var failure = failure(() -> call("karst.v1.AuthService/Nothing", new byte[0]));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void theTextOfAnExceptionIsNeverSent() {
    for (String how : new String[] {"throws", "fails"}) {
      var failure = failure(() -> challengeFor(how));
      assertThat(failure.getStatus().getDescription()).isEqualTo("INTERNAL");
      assertThat(failure.getTrailers().toString()).doesNotContain("secret text");
      assertThat(ConformanceInterceptor.info(failure).getMetadataMap()).containsKey("request_id");
    }
  }

  @Test
  void aTimeoutBehindTheEdgeIsUnavailable() {
    assertThat(refusal(() -> challengeFor("times out")).getReason()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void refusalsAreFoundInsideOtherExceptions() {
    assertThat(refusal(() -> challengeFor("refuses")).getReason()).isEqualTo("GROUP_NOT_FOUND");
    assertThat(refusal(() -> challengeFor("parses")).getReason()).isEqualTo("ID_INVALID");
  }

  @Test
  void theClientsDeadlineEndsTheCall() {
    var stub =
        AuthServiceGrpc.newBlockingStub(channel).withDeadlineAfter(200, TimeUnit.MILLISECONDS);
    var request = CreateChallengeRequest.newBuilder().setMemberId("never").build();
    assertThat(failure(() -> stub.createChallenge(request)).getStatus().getCode())
        .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  private CreateChallengeResponse challengeFor(String member) {
    return AuthServiceGrpc.newBlockingStub(channel)
        .createChallenge(CreateChallengeRequest.newBuilder().setMemberId(member).build());
  }

  private static CreateTokenRequest challenge(int bytes) {
    return CreateTokenRequest.newBuilder()
        .setChallenge(ByteString.copyFrom(new byte[bytes]))
        .build();
  }

  private long token(CreateTokenRequest request, CallOptions options) {
    return ClientCalls.blockingUnaryCall(
            channel, AuthServiceGrpc.getCreateTokenMethod(), options, request)
        .getExpiresAtMillis();
  }

  private String refusalOf(byte[] request) {
    return refusal(() -> call("karst.v1.AuthService/CreateChallenge", request)).getReason();
  }

  private void call(String method, byte[] request) {
    var descriptor = MethodDescriptor.<byte[], byte[]>newBuilder(new Raw(), new Raw())
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(method)
        .build();
    byte[] answer =
        ClientCalls.blockingUnaryCall(channel, descriptor, CallOptions.DEFAULT, request);
    throw new AssertionError("answered: " + new String(answer, UTF_8));
  }

  private static ErrorInfo refusal(Runnable call) {
    return ConformanceInterceptor.info(failure(call));
  }

  private static StatusRuntimeException failure(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  /** Sends bytes as they are. */
  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
