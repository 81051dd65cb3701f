package io.karst.bench.group;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.karst.bench.measure.Contender;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.bench.server.Target;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The devices of the load, one group of all of them, and many groups of one each. Not thread-safe.
 */
public final class Fleet implements AutoCloseable {

  /**
   * How large it is.
   *
   * @param devices that write, each with a connection of its own
   * @param groups of one device each, dealt out to the devices
   * @param payload bytes of plaintext that an envelope would have
   */
  public record Size(int devices, int groups, int payload) {}

  /** Answers to a frame that are awaited at a time, at most: what the server reads on for. */
  private static final int FRAMES_MAX = 64;

  private final Size size;
  private final SplittableRandom random;
  private final List<Device> devices = new ArrayList<>();
  private final Map<Device, List<Session>> ofOneGroup = new LinkedHashMap<>();
  private final Map<Device, List<Session>> ofManyGroups = new LinkedHashMap<>();

  private Fleet(Size size, SplittableRandom random) {
    this.size = size;
    this.random = random;
  }

  /** Registers devices and creates groups. */
  public static Fleet launch(Target target, Size size, SplittableRandom random) throws LoadFailure {
    var fleet = new Fleet(size, random);
    try {
      fleet.register(target);
      fleet.createGroups();
      return fleet;
    } catch (LoadFailure | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** All devices write to one group. */
  public Contender oneGroup(int frameSize, int envelopesInFlight) {
    var label = new Contender.Label(
        "one-group-frames-of-" + frameSize, "1 group, frames of " + frameSize, "frame");
    return new GroupLoad(label, ofOneGroup, frameSize, frames(frameSize, envelopesInFlight));
  }

  /** Each device writes to its share of the many groups in turn. */
  public Contender manyGroups(int frameSize, int envelopesInFlight) {
    var label = new Contender.Label(
        "many-groups-frames-of-" + frameSize,
        size.groups() + " groups, frames of " + frameSize,
        "frame");
    return new GroupLoad(label, ofManyGroups, frameSize, frames(frameSize, envelopesInFlight));
  }

  /**
   * Reads every log and compares it with what was acknowledged.
   *
   * @return how many envelopes were found
   */
  public long readBack() throws LoadFailure, InterruptedException {
    List<Session> shared = ofOneGroup.values().stream().flatMap(List::stream).toList();
    long envelopes = ReadBack.compare(devices.get(0), shared.get(0).group(), shared);
    for (Map.Entry<Device, List<Session>> owner : ofManyGroups.entrySet()) {
      for (Session session : owner.getValue()) {
        envelopes += ReadBack.compare(owner.getKey(), session.group(), List.of(session));
      }
    }
    return envelopes;
  }

  /** How many envelopes the server said are durable. */
  public long acknowledged() {
    return Stream.of(ofOneGroup, ofManyGroups)
        .flatMap(all -> all.values().stream())
        .flatMap(List::stream)
        .mapToLong(session -> session.acknowledged().count())
        .sum();
  }

  @Override
  public void close() {
    devices.forEach(Device::close);
  }

  private void register(Target target) throws LoadFailure {
    String name = "load-" + Long.toHexString(random.nextLong());
    for (int i = 0; i < size.devices(); i++) {
      DeviceAddress address = DeviceAddress.of(name + "-" + i, "bench");
      ManagedChannel channel = channel(target);
      try {
        devices.add(
            Device.register(DeviceKeys.generate(address), channel, target.enrolmentToken()));
      } catch (LoadFailure e) {
        channel.shutdownNow();
        throw e;
      }
    }
  }

  private void createGroups() throws LoadFailure {
    GroupId shared = new NewGroup(devices, random).create();
    for (Device device : devices) {
      ofOneGroup.put(device, List.of(session(shared, device)));
    }
    for (int i = 0; i < size.groups(); i++) {
      Device owner = devices.get(i % devices.size());
      GroupId own = new NewGroup(List.of(owner), random).create();
      ofManyGroups.computeIfAbsent(owner, device -> new ArrayList<>()).add(session(own, owner));
    }
  }

  private Session session(GroupId group, Device device) {
    return Session.open(group, device.keys(), size.payload(), random.split());
  }

  private static int frames(int frameSize, int envelopesInFlight) {
    return Math.max(1, Math.min(FRAMES_MAX, envelopesInFlight / frameSize));
  }

  /**
   * Answers are handled where they arrive: a hand-off to another thread would cost more than the
   * handling.
   */
  static ManagedChannel channel(Target target) throws LoadFailure {
    return Grpc.newChannelBuilder(target.server().toString(), credentials(target))
        .directExecutor()
        .build();
  }

  private static ChannelCredentials credentials(Target target) throws LoadFailure {
    if (target.authorities().isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    try {
      return TlsChannelCredentials.newBuilder()
          .trustManager(target.authorities().get().toFile())
          .build();
    } catch (IOException e) {
      throw new LoadFailure(
          Kind.USAGE, "cannot read " + target.authorities().get() + " (" + e.getMessage() + ")");
    }
  }
}
