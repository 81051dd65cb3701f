package io.karst.client;

import io.grpc.Channel;
import io.karst.client.api.LinkCode;
import io.karst.client.device.Linking;
import io.karst.client.device.Registration;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.transport.ServerCalls;
import io.karst.client.transport.TokenExchange;
import io.karst.client.transport.TokenHolder;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.DeviceLoop;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.signature.Signatures;
import io.karst.proof.statement.Statement;
import java.util.concurrent.CompletableFuture;

/** What one open store works with: its thread, its token, its calls. */
final class Workplace implements AutoCloseable {

  private final ClientOptions options;
  private final DeviceAddress address;
  private final DeviceMemory memory;
  private final DeviceLoop loop;
  private final ServerCalls calls;
  private volatile Runnable closing;

  Workplace(ClientOptions options, Channel channel, DeviceMemory memory, DeviceAddress address) {
    this.options = options;
    this.address = address;
    this.memory = memory;
    this.loop = DeviceLoop.threaded("karst-" + address);
    this.closing = () -> loop.close(memory::close);
    var exchange = new TokenExchange(channel, address, this::sign, options.callDeadline());
    this.calls = new ServerCalls(
        channel,
        new TokenHolder(options.clock(), exchange::draw),
        new ServerCalls.Timing(options.callDeadline(), loop.scheduler(), options.random()));
  }

  CompletableFuture<Void> register(String enrolmentToken) {
    return new Registration(memory, loop, calls, options.clock(), options.random())
        .register(address, enrolmentToken);
  }

  /** Draws the keys of a device that is to be linked. */
  LinkCode linkCode() {
    return loop.submit(() -> memory.transaction(store ->
            Linking.prepare(store, address, options.random(), options.clock().instant())))
        .join();
  }

  /** Completes once the device was linked. */
  CompletableFuture<Void> linked(LinkCode code) {
    return new Linking(context()).await(code);
  }

  /** Of a device that is in the store. */
  DeviceContext context() {
    DeviceIdentity identity = loop.submit(
            () -> memory.transaction(unsealed -> identity(unsealed.account())))
        .join();
    return new DeviceContext(
        address,
        identity,
        loop,
        memory,
        calls,
        new Signatures(),
        options.clock(),
        options.random(),
        options.executor());
  }

  /** From now on, closing it is up to who works here. */
  void handOver(Runnable closing) {
    this.closing = closing;
  }

  @Override
  public void close() {
    closing.run();
  }

  private CompletableFuture<Bytes> sign(Statement statement) {
    byte[] bytes = statement.bytes().toArray();
    return loop.submit(() -> memory.transaction(
        unsealed -> Bytes.copyOf(unsealed.account().sign(bytes).bytes())));
  }

  private DeviceIdentity identity(Account account) {
    return new DeviceIdentity(
        address.device(),
        Bytes.copyOf(account.identityKeys().ed25519().bytes()),
        Bytes.copyOf(account.identityKeys().curve25519().bytes()));
  }
}
