package io.karst.bench.group;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.karst.bench.measure.LoadFailure;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.CreateChallengeRequest;
import io.karst.wire.v1.CreateTokenRequest;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.DeviceList;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.RegisterDeviceRequest;
import io.karst.wire.v1.SignedKey;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One device of the load, with a connection of its own, as devices have. Not thread-safe. */
final class Device {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** A third of what a token lasts. */
  private static final long TOKEN_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);

  private final DeviceKeys keys;
  private final ManagedChannel channel;
  private ClientInterceptor token = MetadataUtils.newAttachHeadersInterceptor(new Metadata());
  private long tokenSince;

  private Device(DeviceKeys keys, ManagedChannel channel) {
    this.keys = keys;
    this.channel = channel;
  }

  /** Registers a new member with this one device. The channel is closed with the device. */
  static Device register(DeviceKeys keys, ManagedChannel channel, String enrolmentToken)
      throws LoadFailure {
    enrol(keys, channel, enrolmentToken);
    var device = new Device(keys, channel);
    device.renewToken();
    return device;
  }

  /** Registers a new member with this one device, which does nothing after that. */
  static void enrol(DeviceKeys keys, ManagedChannel channel, String enrolmentToken)
      throws LoadFailure {
    var request = RegisterDeviceRequest.newBuilder()
        .setEnrolmentToken(enrolmentToken)
        .setDeviceList(list(keys))
        .setFallbackKey(fallbackKey(keys))
        .build();
    Answers.of(
        "cannot register " + keys.address(),
        () -> DeviceServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(Answers.CALL_SECONDS_MAX, TimeUnit.SECONDS)
            .registerDevice(request));
  }

  DeviceKeys keys() {
    return keys;
  }

  GroupServiceGrpc.GroupServiceStub groups() throws LoadFailure {
    return GroupServiceGrpc.newStub(channel).withInterceptors(freshToken());
  }

  GroupServiceGrpc.GroupServiceBlockingStub groupCalls() throws LoadFailure {
    return GroupServiceGrpc.newBlockingStub(channel)
        .withInterceptors(freshToken())
        .withDeadlineAfter(Answers.CALL_SECONDS_MAX, TimeUnit.SECONDS);
  }

  DeliveryServiceGrpc.DeliveryServiceStub delivery() throws LoadFailure {
    return DeliveryServiceGrpc.newStub(channel).withInterceptors(freshToken());
  }

  void close() {
    channel.shutdownNow();
  }

  private ClientInterceptor freshToken() throws LoadFailure {
    if (System.nanoTime() - tokenSince > TOKEN_NANOS_MAX) {
      renewToken();
    }
    return token;
  }

  private void renewToken() throws LoadFailure {
    var metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + Answers.of("cannot get a token", this::newToken));
    token = MetadataUtils.newAttachHeadersInterceptor(metadata);
    tokenSince = System.nanoTime();
  }

  private String newToken() {
    var auth = AuthServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(Answers.CALL_SECONDS_MAX, TimeUnit.SECONDS);
    String member = keys.address().member().value();
    String device = keys.address().device().value();
    var challenge = auth.createChallenge(CreateChallengeRequest.newBuilder()
            .setMemberId(member)
            .setDeviceId(device)
            .build())
        .getChallenge();
    var proof = DeviceStatements.deviceProof(
        keys.address(), Bytes.copyOf(challenge.asReadOnlyByteBuffer()));
    return auth.createToken(CreateTokenRequest.newBuilder()
            .setMemberId(member)
            .setDeviceId(device)
            .setChallenge(challenge)
            .setSignature(keys.sign(proof))
            .build())
        .getToken();
  }

  private static DeviceList list(DeviceKeys keys) {
    var statement = DeviceStatements.deviceList(
        keys.address().member(), 1, Bytes.EMPTY, List.of(keys.identity()));
    return DeviceList.newBuilder()
        .setMemberId(keys.address().member().value())
        .setVersion(1)
        .addDevices(wire(keys.identity()))
        .setSignerDeviceId(keys.address().device().value())
        .setSignature(keys.sign(statement))
        .build();
  }

  static io.karst.wire.v1.DeviceIdentity wire(DeviceIdentity identity) {
    return io.karst.wire.v1.DeviceIdentity.newBuilder()
        .setDeviceId(identity.device().value())
        .setEd25519Key(Raw.of(identity.ed25519Key()))
        .setCurve25519Key(Raw.of(identity.curve25519Key()))
        .build();
  }

  private static SignedKey fallbackKey(DeviceKeys keys) {
    Bytes key = DeviceKeys.agreementKey();
    return SignedKey.newBuilder()
        .setKeyId(1)
        .setCurve25519Key(Raw.of(key))
        .setFallback(true)
        .setSignature(keys.sign(DeviceStatements.oneTimeKey(keys.address(), 1, key, true)))
        .build();
  }
}
