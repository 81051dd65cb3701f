package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;

import io.karst.client.ClientOptions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.Tls;
import io.karst.client.api.Device;
import io.karst.client.api.GroupChannel;
import io.karst.crypto.key.RandomBytes;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A member with one device and a client of its own.
 *
 * <p>All draw from one source, in the order in which they come to it. To begin it elsewhere, set
 * {@code -Dkarst.seed}.
 */
final class Person implements AutoCloseable {

  /** Each takes some milliseconds. */
  private static final int LOOKS_MAX = 2000;

  private static final String PASSWORD = "correct horse";

  private static final long SEED = Long.getLong("karst.seed", 20_262);
  private static final Random RANDOM = new Random(SEED);

  private static final AtomicInteger NEXT = new AtomicInteger();

  static {
    System.out.println("seed " + SEED);
  }

  private final MemberId id;
  private final Path store;
  private final int port;
  private KarstClient client;
  private Device device;

  private Person(MemberId id, Path store, int port, KarstClient client, Device device) {
    this.id = id;
    this.store = store;
    this.port = port;
    this.client = client;
    this.device = device;
  }

  /** Registers somebody whose name begins like this. */
  static Person register(String name) {
    return register(name, SERVER.port());
  }

  /** Registers somebody who reaches the server by this road alone. */
  static Person register(String name, Road road) {
    return register(name, road.port());
  }

  private static Person register(String name, int port) {
    MemberId id = new MemberId(name + "-" + NEXT.incrementAndGet());
    return register(id, new DeviceId("phone"), port, SERVER.enrolmentToken());
  }

  /** Registers a member with a token that was made for it. */
  static Person register(MemberId id, DeviceId device, String token) {
    return register(id, device, SERVER.port(), token);
  }

  private static Person register(MemberId id, DeviceId deviceId, int port, String token) {
    KarstClient client = connect(port);
    Path store = folder().resolve("device.db");
    Device device = get(client.register(at(store), id, deviceId, token));
    return new Person(id, store, port, client, device);
  }

  /** Closes the device, as the end of its program would. */
  void shut() {
    client.close();
  }

  /** Opens the device again that was shut. */
  void open() {
    client = connect(port);
    device = client.open(at(store));
  }

  MemberId id() {
    return id;
  }

  Device device() {
    return device;
  }

  /** Where the device lives. */
  Path store() {
    return store;
  }

  /** Creates a group with these as plain members. */
  GroupChannel create(Person... others) {
    return get(
        device.createGroup("friends", List.of(others).stream().map(Person::id).toList()));
  }

  /** The group once this member's inbox was read. */
  GroupChannel group(GroupId group) {
    get(device.synchronize());
    return device.group(group);
  }

  /** The same in a large group, whose members are told a few at a time. */
  GroupChannel groupOnceTold(GroupId group) {
    for (int look = 0; look < LOOKS_MAX; look++) {
      get(device.synchronize());
      if (device.groups().stream().anyMatch(known -> known.id().equals(group))) {
        break;
      }
    }
    return device.group(group);
  }

  @Override
  public void close() {
    shut();
  }

  static KarstClient connect(int port) {
    return KarstClient.connect(ClientOptions.of(
        "127.0.0.1", port, Tls.loopbackOnly(), Clock.systemUTC(), RANDOM::nextBytes));
  }

  /** A place for another device of this member. */
  StoreLocation place(String device) {
    return at(store.resolveSibling(device + ".db"));
  }

  static StoreLocation at(Path store) {
    return StoreLocation.of(store, PASSWORD.toCharArray());
  }

  static char[] password() {
    return PASSWORD.toCharArray();
  }

  /** Where all draw from. */
  static RandomBytes random() {
    return RANDOM::nextBytes;
  }

  private static Path folder() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "people").toAbsolutePath());
      return Files.createTempDirectory(parent, "person");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
