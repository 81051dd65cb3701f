package io.karst.edge.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.DeviceAddress;
import io.karst.edge.call.Failures;
import io.karst.edge.call.MessageLimits;
import io.karst.edge.call.Principal;
import io.karst.edge.call.RequestIds;
import io.karst.edge.call.StrictService;
import io.karst.edge.scene.Heard;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.wire.v1.CommitPart;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CommitResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.SealedKey;
import io.karst.wire.v1.SealedKeyPart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests in parts over a real socket; behind it nothing but who takes the whole. */
class UploadsTest {

  private static final Principal ADA = new Principal(
      DeviceAddress.of("ada", "phone"), AccountRole.MEMBER, Bytes.copyOf(new byte[32]));

  private final ConformanceInterceptor conformance = new ConformanceInterceptor();
  private final BlockingQueue<Runnable> timers = new LinkedBlockingQueue<>();
  private final BlockingQueue<CommitRequest> taken = new LinkedBlockingQueue<>();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    var failures = new Failures(new RequestIds(bytes -> bytes[0] = 7));
    var uploads = new Uploads(this::timer, failures);
    ServiceDescriptor commits = ServiceDescriptor.newBuilder(GroupServiceGrpc.SERVICE_NAME)
        .setSchemaDescriptor(GroupServiceGrpc.getServiceDescriptor().getSchemaDescriptor())
        .addMethod(GroupServiceGrpc.getCommitStreamMethod())
        .build();
    var service = new StrictService(commits, failures)
        .stream(GroupServiceGrpc.getCommitStreamMethod(), uploads.commits(this::take))
            .build();
    server = NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .maxInboundMessageSize(MessageLimits.TRANSPORT_BYTES_MAX)
        .intercept(new AsAda())
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

  private Runnable timer(Duration delay, Runnable task) {
    assertThat(delay).isEqualTo(Uploads.TIME_MAX);
    timers.add(task);
    return () -> {};
  }

  private CompletionStage<CommitResponse> take(Principal principal, CommitRequest request) {
    taken.add(request);
    return CompletableFuture.completedStage(
        CommitResponse.newBuilder().setEpoch(request.getExpectedEpoch() + 1).build());
  }

  @Test
  void partsArePutTogetherInTheirOrder() {
    List<SealedKey> keys = keys(300, 257);
    var upload = new Upload();
    upload.send(first(keys.subList(0, 20)));
    upload.send(part(keys.subList(20, 148)));
    upload.send(part(keys.subList(148, 149)));
    upload.send(part(keys.subList(149, 277)));
    upload.send(part(keys.subList(277, 300)));
    assertThat(upload.answer().getEpoch()).isEqualTo(5);
    assertThat(taken.remove())
        .isEqualTo(CommitRequest.newBuilder()
            .setExpectedEpoch(4)
            .addAllSealedKeys(keys)
            .build());
  }

  @Test
  void oneThatBreaksOffIsNeverTaken() {
    var upload = new Upload();
    upload.send(first(List.of()));
    upload.send(part(keys(1, 10)));
    upload.call.cancel("gone", null);
    assertThat(upload.heard.next()).isInstanceOf(Throwable.class);
    assertNothingTaken();
  }

  @Test
  void oneThatTakesTooLongIsEnded() throws InterruptedException {
    var upload = new Upload();
    upload.send(first(List.of()));
    Runnable late = timers.poll(60, TimeUnit.SECONDS);
    assertThat(late).isNotNull();
    late.run();
    assertThat(upload.refusal().getReason()).isEqualTo("DEADLINE_EXCEEDED");
    assertNothingTaken();
  }

  @Test
  void theRequestComesFirstAndOnce() {
    assertRefused("FIELD_MISSING", "commit");
    assertRefused("FIELD_MISSING", "commit", part(keys(1, 10)));
    assertRefused("FIELD_MISSING", "commit", CommitPart.getDefaultInstance());
    assertRefused("FIELD_INVALID", "commit", first(List.of()), first(List.of()));
    assertNothingTaken();
  }

  @Test
  void aPartHasABoundedNumberOfKeys() {
    assertTaken(first(keys(127, 10)), part(keys(127, 10)));
    assertTaken(first(keys(128, 10)), part(keys(128, 10)));
    assertRefused("TOO_MANY_ITEMS", "commit.sealed_keys", first(keys(129, 10)));
    assertRefused("TOO_MANY_ITEMS", "sealed_keys", first(List.of()), part(keys(129, 10)));
    assertRefused("FIELD_MISSING", "sealed_keys", first(List.of()), part(List.of()));
  }

  @Test
  void allPartsHaveABoundedNumberOfKeys() {
    var parts = new ArrayList<CommitPart>();
    parts.add(first(List.of()));
    parts.addAll(Collections.nCopies(7, part(keys(128, 10))));
    parts.add(part(keys(104, 10)));
    assertTaken(parts.toArray(CommitPart[]::new));
    parts.add(part(keys(1, 10)));
    assertRefused("TOO_MANY_ITEMS", "sealed_keys", parts.toArray(CommitPart[]::new));
  }

  @Test
  void allPartsHaveABoundedNumberOfBytes() {
    CommitPart half = part(keys(100, 5000));
    assertTaken(first(List.of()), half, half);
    var upload = new Upload();
    upload.send(first(List.of()));
    upload.send(half);
    upload.send(half);
    upload.send(half);
    assertThat(upload.refusal().getReason()).isEqualTo("MESSAGE_TOO_LARGE");
  }

  @Test
  void aMemberHasABoundedNumberAndGetsItsPlacesBack() {
    var open = new ArrayList<Upload>();
    for (int i = 0; i < Uploads.MEMBER_MAX; i++) {
      var upload = new Upload();
      upload.send(first(List.of()));
      open.add(upload);
    }
    awaitTimers(Uploads.MEMBER_MAX);
    assertThat(new Upload().refusal().getReason()).isEqualTo("OVERLOADED");
    open.forEach(Upload::answer);
    open.clear();
    for (int i = 0; i < Uploads.MEMBER_MAX; i++) {
      assertTaken(first(List.of()));
    }
  }

  /** Each upload that the server has begun has one. */
  private void awaitTimers(int count) {
    try {
      for (int i = 0; i < count; i++) {
        assertThat(timers.poll(60, TimeUnit.SECONDS)).isNotNull();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void assertTaken(CommitPart... parts) {
    var upload = new Upload();
    List.of(parts).forEach(upload::send);
    assertThat(upload.answer().getEpoch()).isEqualTo(5);
    taken.clear();
  }

  private void assertRefused(String reason, String field, CommitPart... parts) {
    var upload = new Upload();
    List.of(parts).forEach(upload::send);
    upload.call.onCompleted();
    ErrorInfo info = upload.refusal();
    assertThat(info.getReason()).isEqualTo(reason);
    assertThat(info.getMetadataMap()).containsEntry("field", field);
  }

  private void assertNothingTaken() {
    assertTaken(first(List.of()));
    assertThat(taken).isEmpty();
  }

  private static CommitPart first(List<SealedKey> keys) {
    return CommitPart.newBuilder()
        .setCommit(CommitRequest.newBuilder().setExpectedEpoch(4).addAllSealedKeys(keys))
        .build();
  }

  private static CommitPart part(List<SealedKey> keys) {
    return CommitPart.newBuilder()
        .setSealedKeys(SealedKeyPart.newBuilder().addAllSealedKeys(keys))
        .build();
  }

  private static List<SealedKey> keys(int count, int bytes) {
    var keys = new ArrayList<SealedKey>();
    for (int i = 0; i < count; i++) {
      keys.add(SealedKey.newBuilder()
          .setMemberId("m" + i)
          .setOlmMessage(ByteString.copyFrom(new byte[bytes]))
          .build());
    }
    return keys;
  }

  /** The client's side of one upload. */
  private final class Upload {

    private final Heard<CommitPart, CommitResponse> heard = new Heard<>(true);
    private final ClientCallStreamObserver<CommitPart> call = (ClientCallStreamObserver<CommitPart>)
        GroupServiceGrpc.newStub(channel).commitStream(heard);

    void send(CommitPart part) {
      call.onNext(part);
    }

    CommitResponse answer() {
      call.onCompleted();
      Object answer = heard.next();
      assertThat(answer).isInstanceOf(CommitResponse.class);
      assertThat(heard.next()).isEqualTo("completed");
      return (CommitResponse) answer;
    }

    ErrorInfo refusal() {
      return ConformanceInterceptor.info((Throwable) heard.next());
    }
  }

  private static final class AsAda implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Context context = Context.current().withValue(Principal.KEY, ADA);
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
