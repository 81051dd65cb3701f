package io.karst.cli.session;

import io.karst.cli.CommandFailure;
import io.karst.cli.profile.GroupNames;
import io.karst.client.KarstClient;
import io.karst.client.api.Device;
import io.karst.client.api.GroupChannel;
import io.karst.domain.id.GroupId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An open device, its connection, and its user's names for groups. Owned by one command; one
 * thread.
 */
public final class Session implements AutoCloseable {

  private final KarstClient client;
  private final Device device;
  private final Waiting waiting;
  private final GroupNames names;
  private Runnable forgetHook = () -> {};

  Session(KarstClient client, Device device, Waiting waiting, GroupNames names) {
    this.client = client;
    this.device = device;
    this.waiting = waiting;
    this.names = names;
  }

  public Device device() {
    return device;
  }

  public GroupNames names() {
    return names;
  }

  /** Waits for the server's answer, no longer than the user allows. */
  public <T> T await(CompletableFuture<T> future) {
    return waiting.until(future);
  }

  /** The device's groups, as its inbox has them by now, in ascending order of id. */
  public List<GroupChannel> groups() throws IOException {
    await(device.synchronize());
    List<GroupChannel> groups = device.groups();
    names.remember(groups.stream().map(GroupChannel::id).toList());
    return groups;
  }

  /** The group that the user means; without a word, the only one there is. */
  public GroupChannel group(Optional<String> text) throws IOException {
    groups();
    if (text.isEmpty()) {
      return device.group(only(names.all()));
    }
    return device.group(GroupText.one(text.get(), names.meant(text.get())));
  }

  /** The user's name for a group, or the beginning of its id. */
  public String shownName(GroupId id) {
    return names.nameOf(id).orElseGet(() -> GroupText.abbreviated(id));
  }

  private static GroupId only(List<GroupId> all) {
    if (all.size() != 1) {
      throw CommandFailure.usage(
          all.isEmpty() ? "you are in no group" : "which group? You are in " + all.size());
    }
    return all.get(0);
  }

  /**
   * Closes the device when the process is told to end, as by Ctrl-C: then its place in each group's
   * log is recorded, and nothing is shown twice.
   */
  void closeAtTermination(Runnable before) {
    var hook = new Thread(
        () -> {
          before.run();
          client.close();
        },
        "karst-close");
    Runtime.getRuntime().addShutdownHook(hook);
    forgetHook = () -> Runtime.getRuntime().removeShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      forgetHook.run();
    } catch (IllegalStateException e) {
      // The process ends: the hook closes the client, or has.
      return;
    }
    client.close();
  }
}
