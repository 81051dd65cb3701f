package io.karst.client;

import io.grpc.ManagedChannel;
import io.karst.client.api.AuditClient;
import io.karst.client.api.Device;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.PendingDevice;
import io.karst.client.device.LiveAudit;
import io.karst.client.device.LiveDevice;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.store.AccountRow;
import io.karst.client.transport.Failures;
import io.karst.crypto.key.Ed25519Implementation;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client over one channel. Thread-safe. */
final class ConnectedClient implements KarstClient {

  /** Calls that are under way get so long to end. */
  private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ConnectedClient.class);

  private final ClientOptions options;
  private final ManagedChannel channel;
  private final Set<Workplace> open = ConcurrentHashMap.newKeySet();

  ConnectedClient(ClientOptions options) {
    this.options = options;
    this.channel = Connections.open(options);
    LOG.atDebug().addArgument(Ed25519Implementation::inUse).log("signatures by {}");
  }

  @Override
  public CompletableFuture<Device> register(
      StoreLocation store, MemberId member, DeviceId device, String enrolmentToken) {
    return register(store, new DeviceAddress(member, device), enrolmentToken, this::device);
  }

  @Override
  public PendingDevice link(StoreLocation store, MemberId member, DeviceId device) {
    DeviceAddress self = new DeviceAddress(member, device);
    DeviceMemory memory = new DeviceFiles(store, options.random()).prepare();
    Workplace workplace = keep(new Workplace(options, channel, memory, self));
    try {
      return new LinkedDevice(workplace, workplace.linkCode(), options.executor(), this::device);
    } catch (RuntimeException e) {
      open.remove(workplace);
      workplace.close();
      throw Failures.asRuntime(e);
    }
  }

  @Override
  public Device open(StoreLocation store) {
    return device(workplace(store));
  }

  @Override
  public CompletableFuture<AuditClient> registerAuditor(
      StoreLocation store, MemberId member, DeviceId device, String enrolmentToken) {
    return register(store, new DeviceAddress(member, device), enrolmentToken, this::auditor);
  }

  @Override
  public AuditClient openAuditor(StoreLocation store) {
    return auditor(workplace(store));
  }

  @Override
  public void close() {
    open.forEach(Workplace::close);
    channel.shutdown();
    try {
      if (!channel.awaitTermination(CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private Device device(Workplace workplace) {
    LiveDevice device = new LiveDevice(workplace.context(), () -> open.remove(workplace));
    workplace.handOver(device::close);
    device.start();
    return device;
  }

  private AuditClient auditor(Workplace workplace) {
    LiveAudit auditor = new LiveAudit(workplace.context(), () -> open.remove(workplace));
    workplace.handOver(auditor::close);
    return auditor;
  }

  private <T> CompletableFuture<T> register(
      StoreLocation store,
      DeviceAddress address,
      String enrolmentToken,
      Function<Workplace, T> opening) {
    DeviceMemory memory = new DeviceFiles(store, options.random()).prepare();
    Workplace workplace = keep(new Workplace(options, channel, memory, address));
    return workplace
        .register(enrolmentToken)
        .handleAsync(
            (registered, failure) -> {
              if (failure != null) {
                open.remove(workplace);
                workplace.close();
                throw Failures.asRuntime(failure);
              }
              return opening.apply(workplace);
            },
            options.executor());
  }

  private Workplace workplace(StoreLocation store) {
    DeviceMemory memory = new DeviceFiles(store, options.random()).open();
    try {
      AccountRow row = memory
          .transaction(unsealed -> unsealed.tables().account().find())
          .filter(AccountRow::registered)
          .orElseThrow(() -> new LocalMistake(
              LocalMistake.Kind.STORE_NOT_FOUND,
              "the device in " + store.database() + " was never registered"));
      return keep(new Workplace(options, channel, memory, row.address()));
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  private Workplace keep(Workplace workplace) {
    open.add(workplace);
    return workplace;
  }
}
