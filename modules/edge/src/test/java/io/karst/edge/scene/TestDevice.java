package io.karst.edge.scene;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.Device;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.Fields;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.AccessServiceGrpc;
import io.karst.wire.v1.AuditServiceGrpc;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.ChangeDevicesRequest;
import io.karst.wire.v1.CreateChallengeRequest;
import io.karst.wire.v1.CreateTokenRequest;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.DeviceList;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.RegisterDeviceRequest;
import io.karst.wire.v1.SignedKey;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A device with real keys; what it sends is signed as it should be. */
public final class TestDevice {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final TestServer server;
  private final DeviceAddress address;
  private final SigningKey key;
  private final Random random;
  private DeviceList newest;
  private String token = "";

  public TestDevice(TestServer server, String member) {
    this(server, DeviceAddress.of(member, "phone"), new SigningKey(server.random()));
  }

  private TestDevice(TestServer server, DeviceAddress address, SigningKey key) {
    this.server = server;
    this.random = server.random();
    this.address = address;
    this.key = key;
    this.newest = list(1, Bytes.EMPTY, List.of(identity()));
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

  /** The newest of its member that it knows. */
  public DeviceList deviceList() {
    return newest;
  }

  private DeviceList list(long version, Bytes previous, List<DeviceIdentity> devices) {
    var statement = DeviceStatements.deviceList(address.member(), version, previous, devices);
    return DeviceMapping.list(new io.karst.domain.device.DeviceList(
        address.member(), version, previous, devices, address.device(), key.sign(statement)));
  }

  /** Adds another device to its member. */
  public TestDevice link(String device) {
    var added = new TestDevice(
        server,
        new DeviceAddress(address.member(), new DeviceId(device)),
        new SigningKey(server.random()));
    newest = next(Stream.concat(known().devices().stream(), Stream.of(added.identity())));
    devices()
        .changeDevices(ChangeDevicesRequest.newBuilder()
            .setDeviceList(newest)
            .setFallbackKey(added.signedKey(0, true))
            .setLinkProof(ByteString.copyFrom(new byte[Device.LINK_PROOF_LENGTH]))
            .build());
    added.newest = newest;
    added.token = added.newToken();
    return added;
  }

  /** Takes another device off its member's list. */
  public void revoke(TestDevice other) {
    newest = next(known().devices().stream().filter(device -> !device.equals(other.identity())));
    devices()
        .changeDevices(ChangeDevicesRequest.newBuilder().setDeviceList(newest).build());
  }

  private DeviceList next(Stream<DeviceIdentity> devices) {
    return list(
        newest.getVersion() + 1,
        DeviceLists.hash(known()),
        devices.sorted(Comparator.comparing(DeviceIdentity::device)).toList());
  }

  private io.karst.domain.device.DeviceList known() {
    return DeviceMapping.list(newest);
  }

  /** The same device, with the same token, at another node. */
  public TestDevice at(TestServer node) {
    var there = new TestDevice(node, address, key);
    there.newest = newest;
    there.token = token;
    return there;
  }

  /** The Curve25519 key follows from the other: nothing here agrees on secrets. */
  public DeviceIdentity identity() {
    byte[] curve = key.publicKey().toArray();
    curve[31] &= 0x3f;
    return new DeviceIdentity(address.device(), key.publicKey(), Bytes.copyOf(curve));
  }

  public RosterEntry rosterEntry() {
    return new RosterEntry(address.member(), newest.getVersion(), identity());
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
