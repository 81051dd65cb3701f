package io.karst.acceptance;

import io.karst.client.ClientOptions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.Tls;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Device;
import io.karst.client.api.GroupChannel;
import io.karst.crypto.key.RandomBytes;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.testkit.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A member with one device, through the public SDK against a live server. */
final class Person implements AutoCloseable {

  /** A contended machine takes seconds for what takes milliseconds elsewhere. */
  static final long WAIT_SECONDS_MAX = 90;

  private final KarstClient client;
  private final Device device;

  private Person(KarstClient client, Device device) {
    this.client = client;
    this.device = device;
  }

  static Person register(ServerProcess server, Path folder, String name, RandomBytes random)
      throws Exception {
    return register(server, Tls.loopbackOnly(), folder, name, random);
  }

  static Person register(
      ServerProcess server, Tls tls, Path folder, String name, RandomBytes random)
      throws Exception {
    KarstClient client = KarstClient.connect(
        ClientOptions.of(server.host(), server.port(), tls, Clock.systemUTC(), random));
    Device device = client
        .register(
            StoreLocation.of(folder.resolve(name + ".db"), "correct horse".toCharArray()),
            new MemberId(name),
            new DeviceId("phone"),
            server.enrolmentToken())
        .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    return new Person(client, device);
  }

  MemberId id() {
    return device.address().member();
  }

  Device device() {
    return device;
  }

  GroupChannel create(String name, List<MemberId> members) throws Exception {
    return device.createGroup(name, members).get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
  }

  /** The channel of a group that this device was added to, once it has read its inbox. */
  GroupChannel group(GroupId id) throws Exception {
    device.synchronize().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    return device.group(id);
  }

  /** Everything that happens in a group from here on. */
  static Ears listen(GroupChannel channel) {
    Ears ears = new Ears();
    channel.receive().subscribe(ears);
    return ears;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  /** Collects a channel's events. */
  static final class Ears implements Flow.Subscriber<ChannelEvent> {

    private final BlockingQueue<ChannelEvent> events = new LinkedBlockingQueue<>();

    /** The next event of a type; others before it are passed over. */
    <E extends ChannelEvent> E next(Class<E> type) throws InterruptedException {
      while (true) {
        ChannelEvent event = events.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError(
              "no " + type.getSimpleName() + " within " + WAIT_SECONDS_MAX + " seconds");
        }
        if (type.isInstance(event)) {
          return type.cast(event);
        }
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChannelEvent event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable problem) {}

    @Override
    public void onComplete() {}
  }
}
