package io.karst.edge.scene;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.edge.message.Fields;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.AccessServiceGrpc;
import io.karst.wire.v1.AuditServiceGrpc;
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
import java.util.Random;
import java.util.stream.LongStream;

/** A device with real keys; what it sends is signed as it should be. */
public final class TestDevice {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final TestServer server;
  private final DeviceAddress address;
  private final SigningKey key;
  private final Random random;
  private String token = "";

  public TestDevice(TestServer server, String member) {
    this.server = server;
    this.random = server.random();
    this.address = DeviceAddress.of(member, "phone");
    this.key = new SigningKey(random);
  }

  static TestDevice registered(TestServer server, String member, AccountRole role) {
    var device = new TestDevice(server, member);
    DeviceServiceGrpc.newBlockingStub(server.channel())
        .registerDevice(device.registration(server.enrolmentToken(role), 20));
    device.token = device.newToken();
    return device;
  }

  public DeviceAddress address() {
    return address;
  }

  public SigningKey key() {
    return key;
  }

  public Random random() {
    return random;
  }

  public RegisterDeviceRequest registration(String enrolmentToken, int oneTimeKeys) {
    return RegisterDeviceRequest.newBuilder()
        .setEnrolmentToken(enrolmentToken)
        .setDeviceList(deviceList())
        .addAllOneTimeKeys(oneTimeKeys(1, oneTimeKeys))
        .setFallbackKey(signedKey(0, true))
        .build();
  }

  public DeviceList deviceList() {
    var list = DeviceStatements.deviceList(address.member(), 1, Bytes.EMPTY, List.of(identity()));
    return DeviceList.newBuilder()
        .setMemberId(address.member().value())
        .setVersion(1)
        .addDevices(io.karst.wire.v1.DeviceIdentity.newBuilder()
            .setDeviceId(address.device().value())
            .setEd25519Key(Fields.bytes(identity().ed25519Key()))
            .setCurve25519Key(Fields.bytes(identity().curve25519Key())))
        .setSignerDeviceId(address.device().value())
        .setSignature(Fields.bytes(key.sign(list)))
        .build();
  }

  /** The Curve25519 key follows from the other: nothing here agrees on secrets. */
  public DeviceIdentity identity() {
    byte[] curve = key.publicKey().toArray();
    curve[31] &= 0x3f;
    return new DeviceIdentity(address.device(), key.publicKey(), Bytes.copyOf(curve));
  }

  public RosterEntry rosterEntry() {
    return new RosterEntry(address.member(), 1, identity());
  }

  public List<SignedKey> oneTimeKeys(long first, int count) {
    return LongStream.range(first, first + count)
        .mapToObj(id -> signedKey(id, false))
        .toList();
  }

  public SignedKey signedKey(long id, boolean fallback) {
    byte[] curve = new byte[32];
    new Random(id).nextBytes(curve);
    curve[31] &= 0x3f;
    return signed(id, curve, fallback);
  }

  /** A signed key of these bytes, whether or not they are a point of the curve. */
  public SignedKey signed(long id, byte[] curve, boolean fallback) {
    var statement = DeviceStatements.oneTimeKey(address, id, Bytes.copyOf(curve), fallback);
    return SignedKey.newBuilder()
        .setKeyId(id)
        .setCurve25519Key(ByteString.copyFrom(curve))
        .setFallback(fallback)
        .setSignature(Fields.bytes(key.sign(statement)))
        .build();
  }

  /** Proves itself and gets a token. */
  public String newToken() {
    var auth = AuthServiceGrpc.newBlockingStub(server.channel());
    var challenge = auth.createChallenge(CreateChallengeRequest.newBuilder()
        .setMemberId(address.member().value())
        .setDeviceId(address.device().value())
        .build());
    return auth.createToken(answer(challenge.getChallenge())).getToken();
  }

  public CreateTokenRequest answer(ByteString challenge) {
    var proof = DeviceStatements.deviceProof(address, Fields.bytes(challenge));
    return CreateTokenRequest.newBuilder()
        .setMemberId(address.member().value())
        .setDeviceId(address.device().value())
        .setChallenge(challenge)
        .setSignature(Fields.bytes(key.sign(proof)))
        .build();
  }

  public GroupServiceGrpc.GroupServiceBlockingStub groups() {
    return authorized(GroupServiceGrpc.newBlockingStub(server.channel()));
  }

  public GroupServiceGrpc.GroupServiceStub groupsAsync() {
    return authorized(GroupServiceGrpc.newStub(server.channel()));
  }

  public DeviceServiceGrpc.DeviceServiceBlockingStub devices() {
    return authorized(DeviceServiceGrpc.newBlockingStub(server.channel()));
  }

  public DeliveryServiceGrpc.DeliveryServiceBlockingStub delivery() {
    return authorized(DeliveryServiceGrpc.newBlockingStub(server.channel()));
  }

  public AuditServiceGrpc.AuditServiceBlockingStub audit() {
    return authorized(AuditServiceGrpc.newBlockingStub(server.channel()));
  }

  public AccessServiceGrpc.AccessServiceBlockingStub access() {
    return authorized(AccessServiceGrpc.newBlockingStub(server.channel()));
  }

  public String token() {
    return token;
  }

  /** Opens its delivery stream on the shared connection. */
  public TestStream subscribe() {
    return subscribe(server.channel());
  }

  public TestStream subscribe(Channel channel) {
    return new TestStream(authorized(DeliveryServiceGrpc.newStub(channel)));
  }

  /** The stub, with the device's token in every call. */
  public <S extends AbstractStub<S>> S authorized(S stub) {
    return authorized(stub, token);
  }

  public static <S extends AbstractStub<S>> S authorized(S stub, String token) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
