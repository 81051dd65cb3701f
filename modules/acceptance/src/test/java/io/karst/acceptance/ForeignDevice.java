package io.karst.acceptance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Statement;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.CreateChallengeRequest;
import io.karst.wire.v1.CreateTokenRequest;
import io.karst.wire.v1.DeviceList;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.RegisterDeviceRequest;
import io.karst.wire.v1.SignedKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * A device whose Olm account and ratchets live in a foreign library, registered at a live server.
 *
 * <p>The account's signing key is lent to us through the foreign pickle, because not every binding
 * signs bytes that are not text; whatever is encrypted or decrypted is the foreign library's work.
 */
final class ForeignDevice {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ForeignPeer peer;
  private final Channel channel;
  private final DeviceAddress address;
  private final DeviceIdentity identity;
  private final int account;
  private final Function<byte[], byte[]> signer;
  private String token = "";

  ForeignDevice(
      ForeignPeer peer, Channel channel, DeviceAddress address, Function<String, Account> lend) {
    this.peer = peer;
    this.channel = channel;
    this.address = address;
    JsonObject keys = peer.ask("account");
    this.account = keys.get("account").getAsInt();
    this.identity = new DeviceIdentity(
        address.device(),
        Bytes.copyOf(base64(keys.get("ed25519").getAsString())),
        Bytes.copyOf(base64(keys.get("curve25519").getAsString())));
    Account lent = lend.apply(pickle());
    this.signer = statement -> lent.sign(statement).bytes();
  }

  DeviceAddress address() {
    return address;
  }

  DeviceIdentity identity() {
    return identity;
  }

  ForeignPeer peer() {
    return peer;
  }

  int account() {
    return account;
  }

  ByteString sign(Statement statement) {
    return ByteString.copyFrom(signer.apply(statement.bytes().toArray()));
  }

  /** A stub that speaks as this device. */
  <S extends AbstractStub<S>> S as(Function<Channel, S> stub) {
    Metadata metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + token);
    return stub.apply(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  void register(String enrolmentToken) {
    Statement list =
        DeviceStatements.deviceList(address.member(), 1, Bytes.EMPTY, List.of(identity));
    RegisterDeviceRequest.Builder request = RegisterDeviceRequest.newBuilder()
        .setEnrolmentToken(enrolmentToken)
        .setDeviceList(DeviceList.newBuilder()
            .setMemberId(address.member().value())
            .setVersion(1)
            .addDevices(wire(identity))
            .setSignerDeviceId(address.device().value())
            .setSignature(sign(list)));
    keys("oneTimeKeys", false).forEach(request::addOneTimeKeys);
    request.setFallbackKey(keys("fallbackKey", true).get(0));
    DeviceServiceGrpc.newBlockingStub(channel).registerDevice(request.build());
    authenticate();
  }

  private void authenticate() {
    var auth = AuthServiceGrpc.newBlockingStub(channel);
    ByteString challenge = auth.createChallenge(CreateChallengeRequest.newBuilder()
            .setMemberId(address.member().value())
            .setDeviceId(address.device().value())
            .build())
        .getChallenge();
    Statement proof = DeviceStatements.deviceProof(address, Bytes.copyOf(challenge.toByteArray()));
    token = auth.createToken(CreateTokenRequest.newBuilder()
            .setMemberId(address.member().value())
            .setDeviceId(address.device().value())
            .setChallenge(challenge)
            .setSignature(sign(proof))
            .build())
        .getToken();
  }

  private List<SignedKey> keys(String operation, boolean fallback) {
    JsonObject answer = peer.ask(operation, "account", account, "count", 20);
    return answer.getAsJsonArray("keys").asList().stream()
        .map(key -> signed(key, fallback))
        .toList();
  }

  private SignedKey signed(JsonElement json, boolean fallback) {
    JsonObject key = json.getAsJsonObject();
    long id = number(base64(key.get("id").getAsString()));
    Bytes bytes = Bytes.copyOf(base64(key.get("key").getAsString()));
    return SignedKey.newBuilder()
        .setKeyId(id)
        .setCurve25519Key(ByteString.copyFrom(bytes.toArray()))
        .setFallback(fallback)
        .setSignature(sign(DeviceStatements.oneTimeKey(address, id, bytes, fallback)))
        .build();
  }

  private String pickle() {
    return peer.ask("accountPickle", "account", account, "key", pickleKeyText())
        .get("pickle")
        .getAsString();
  }

  /** The key under which pickles change hands in these tests: 32 fixed bytes. */
  static byte[] pickleKey() {
    return "interop pickle key of 32 bytes..".getBytes(StandardCharsets.US_ASCII);
  }

  static String pickleKeyText() {
    return Base64.getEncoder().encodeToString(pickleKey());
  }

  static io.karst.wire.v1.DeviceIdentity wire(DeviceIdentity identity) {
    return io.karst.wire.v1.DeviceIdentity.newBuilder()
        .setDeviceId(identity.device().value())
        .setEd25519Key(ByteString.copyFrom(identity.ed25519Key().toArray()))
        .setCurve25519Key(ByteString.copyFrom(identity.curve25519Key().toArray()))
        .build();
  }

  static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static long number(byte[] bigEndian) {
    long value = 0;
    for (byte part : bigEndian) {
      value = value << 8 | (part & 0xff);
    }
    return value;
  }
}
