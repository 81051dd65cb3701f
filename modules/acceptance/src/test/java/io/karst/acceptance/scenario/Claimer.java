package io.karst.acceptance.scenario;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.karst.client.transport.TokenExchange;
import io.karst.client.wire.DeviceWire;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Statement;
import io.karst.testkit.ServerProcess;
import io.karst.wire.v1.ClaimKeysRequest;
import io.karst.wire.v1.DeviceRef;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.DeviceServiceGrpc.DeviceServiceBlockingStub;
import io.karst.wire.v1.RegisterDeviceRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A device that takes other devices' one-time keys and does nothing with them. */
final class Claimer implements AutoCloseable {

  /** More than a device has on the server. */
  private static final int CLAIMS_MAX = 200;

  /** Each takes some milliseconds. */
  private static final int LOOKS_MAX = 5_000;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final DeviceAddress self;
  private final Account account = Account.create(Town.random());
  private final ManagedChannel channel;
  private final DeviceServiceBlockingStub devices;

  private Claimer(ServerProcess server, DeviceAddress self) {
    this.self = self;
    this.channel = Grpc.newChannelBuilder(server.endpoint(), InsecureChannelCredentials.create())
        .build();
    register(server.enrolmentToken());
    this.devices = stub();
  }

  static Claimer register(Site site, String name) {
    return new Claimer(site.server(), DeviceAddress.of(name, "phone"));
  }

  /** Takes key after key, until the server hands out the fallback key. Answers how many it took. */
  int takesAllOneTimeKeysOf(DeviceAddress device) {
    int taken = 0;
    while (!takesFallbackOf(device)) {
      taken++;
      if (taken > CLAIMS_MAX) {
        throw new AssertionError(device + " has more than " + CLAIMS_MAX + " keys");
      }
    }
    return taken;
  }

  /** Asks until there is a one-time key again, and takes it. */
  void awaitsOneTimeKeyOf(DeviceAddress device) {
    int looks = 0;
    while (takesFallbackOf(device)) {
      looks++;
      if (looks > LOOKS_MAX) {
        throw new AssertionError(device + " offers no new keys");
      }
    }
  }

  private boolean takesFallbackOf(DeviceAddress device) {
    ClaimKeysRequest one = ClaimKeysRequest.newBuilder()
        .addDevices(DeviceRef.newBuilder()
            .setMemberId(device.member().value())
            .setDeviceId(device.device().value()))
        .build();
    return devices.claimKeys(one).getKeys(0).getKey().getFallback();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private DeviceServiceBlockingStub stub() {
    var exchange = new TokenExchange(
        channel,
        self,
        statement -> CompletableFuture.completedFuture(sign(statement)),
        Duration.ofSeconds(Town.WAIT_SECONDS_MAX));
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + Town.get(exchange.draw()).value());
    return DeviceServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private void register(String enrolmentToken) {
    var keys = account.identityKeys();
    var identity = new DeviceIdentity(
        self.device(),
        Bytes.copyOf(keys.ed25519().bytes()),
        Bytes.copyOf(keys.curve25519().bytes()));
    var statement = DeviceStatements.deviceList(self.member(), 1, Bytes.EMPTY, List.of(identity));
    var list = new DeviceList(
        self.member(), 1, Bytes.EMPTY, List.of(identity), self.device(), sign(statement));
    RegisterDeviceRequest request = RegisterDeviceRequest.newBuilder()
        .setEnrolmentToken(enrolmentToken)
        .setDeviceList(DeviceWire.deviceList(list))
        .setFallbackKey(DeviceWire.signedKey(fallback()))
        .build();
    var unused = ClientCalls.blockingUnaryCall(
        channel, DeviceServiceGrpc.getRegisterDeviceMethod(), CallOptions.DEFAULT, request);
  }

  private SignedKey fallback() {
    var unused = account.generateFallbackKey();
    var key = account.fallbackKey().entrySet().iterator().next();
    Bytes bytes = Bytes.copyOf(key.getValue().bytes());
    long id = key.getKey().value();
    return new SignedKey(id, bytes, true, sign(DeviceStatements.oneTimeKey(self, id, bytes, true)));
  }

  private Bytes sign(Statement statement) {
    return Bytes.copyOf(account.sign(statement.bytes().toArray()).bytes());
  }
}
