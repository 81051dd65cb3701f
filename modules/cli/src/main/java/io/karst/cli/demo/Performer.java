package io.karst.cli.demo;

import io.karst.cli.session.Waiting;
import io.karst.client.KarstClient;
import io.karst.client.api.Device;
import io.karst.client.api.GroupChannel;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.concurrent.CompletableFuture;

/** A device in the play, with a connection of its own. */
final class Performer implements AutoCloseable {

  private final String name;
  private final KarstClient client;
  private final Device device;
  private final Waiting waiting;

  Performer(String name, KarstClient client, Device device, Waiting waiting) {
    this.name = name;
    this.client = client;
    this.device = device;
    this.waiting = waiting;
  }

  /** As the play calls it; its member id has a random ending, so that the play can be repeated. */
  String name() {
    return name;
  }

  MemberId member() {
    return device.address().member();
  }

  Device device() {
    return device;
  }

  /** The group at this end, once the device has read its inbox. */
  GroupChannel group(GroupId id) {
    await(device.synchronize());
    return device.group(id);
  }

  Ears listen(GroupChannel channel) {
    return Ears.on(channel, waiting.timeout());
  }

  <T> T await(CompletableFuture<T> future) {
    return waiting.until(future);
  }

  @Override
  public void close() {
    client.close();
  }
}
