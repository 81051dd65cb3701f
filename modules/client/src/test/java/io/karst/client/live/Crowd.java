package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.karst.client.wire.DeviceWire;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Statement;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.CreateChallengeRequest;
import io.karst.wire.v1.CreateTokenRequest;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.LeaveRequest;
import io.karst.wire.v1.RegisterDeviceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Many members with one device each and real keys, who do nothing but be there, and leave. */
final class Crowd implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel = Grpc.newChannelBuilder(
          SERVER.endpoint(), InsecureChannelCredentials.create())
      .build();
  private final List<Member> members = new ArrayList<>();

  private record Member(DeviceAddress address, Account account) {}

  /** Registers so many, whose names begin like this. */
  static Crowd register(String name, int size) {
    var crowd = new Crowd();
    var random = new Random(name.hashCode());
    for (int i = 0; i < size; i++) {
      var address = DeviceAddress.of("%s-%03d".formatted(name, i), "phone");
      var member = new Member(address, Account.create(random::nextBytes));
      crowd.register(member);
      crowd.members.add(member);
    }
    return crowd;
  }

  List<MemberId> ids() {
    return members.stream().map(member -> member.address().member()).toList();
  }

  /** One of them leaves by itself. */
  void leave(int member, GroupId group) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token(members.get(member)));
    var unused = GroupServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .leave(LeaveRequest.newBuilder().setGroupId(group.value()).build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private void register(Member member) {
    var request = RegisterDeviceRequest.newBuilder()
        .setEnrolmentToken(SERVER.enrolmentToken())
        .setDeviceList(DeviceWire.deviceList(list(member)))
        .setFallbackKey(DeviceWire.signedKey(fallback(member)))
        .build();
    var unused = ClientCalls.blockingUnaryCall(
        channel, DeviceServiceGrpc.getRegisterDeviceMethod(), CallOptions.DEFAULT, request);
  }

  private String token(Member member) {
    var auth = AuthServiceGrpc.newBlockingStub(channel);
    String id = member.address().member().value();
    String device = member.address().device().value();
    var challenge = auth.createChallenge(CreateChallengeRequest.newBuilder()
            .setMemberId(id)
            .setDeviceId(device)
            .build())
        .getChallenge();
    Statement proof = DeviceStatements.deviceProof(
        member.address(), Bytes.copyOf(challenge.asReadOnlyByteBuffer()));
    return auth.createToken(CreateTokenRequest.newBuilder()
            .setMemberId(id)
            .setDeviceId(device)
            .setChallenge(challenge)
            .setSignature(ByteString.copyFrom(sign(member, proof).toArray()))
            .build())
        .getToken();
  }

  private static DeviceList list(Member member) {
    var keys = member.account().identityKeys();
    var identity = new DeviceIdentity(
        member.address().device(),
        Bytes.copyOf(keys.ed25519().bytes()),
        Bytes.copyOf(keys.curve25519().bytes()));
    Statement statement =
        DeviceStatements.deviceList(member.address().member(), 1, Bytes.EMPTY, List.of(identity));
    return new DeviceList(
        member.address().member(),
        1,
        Bytes.EMPTY,
        List.of(identity),
        identity.device(),
        sign(member, statement));
  }

  private static SignedKey fallback(Member member) {
    var unused = member.account().generateFallbackKey();
    var key = member.account().fallbackKey().entrySet().iterator().next();
    Bytes publicKey = Bytes.copyOf(key.getValue().bytes());
    long id = key.getKey().value();
    Statement statement = DeviceStatements.oneTimeKey(member.address(), id, publicKey, true);
    return new SignedKey(id, publicKey, true, sign(member, statement));
  }

  private static Bytes sign(Member member, Statement statement) {
    return Bytes.copyOf(member.account().sign(statement.bytes().toArray()).bytes());
  }
}
