package io.karst.client.owner;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.Explanation;
import io.karst.client.api.OwnerChannel;
import io.karst.client.channel.AccessQuestions;
import io.karst.client.channel.EntrySource;
import io.karst.client.channel.Receiver;
import io.karst.client.epoch.Directory;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.work.DeviceContext;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.DeviceStatements;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** What own devices share, over a device's connection and store. Thread-safe. */
public final class LiveOwnerChannel implements OwnerChannel {

  private final DeviceContext context;
  private final GroupId log;
  private final OwnerSender sender;
  private final Receiver receiver;

  public LiveOwnerChannel(
      DeviceContext context, Directory directory, EpochWatcher watcher, EntrySource source) {
    this.context = context;
    this.log = DeviceStatements.ownerLogId(context.self().member());
    this.sender = new OwnerSender(context, log, directory, watcher);
    OwnerRepair repair = new OwnerRepair(context, directory, sender);
    this.receiver =
        new Receiver(context, log, source, new OwnerReader(context, log, directory, repair));
  }

  /** Sends what an earlier run left. On the device's thread. */
  public void resume() {
    sender.resume();
  }

  /** Delivers nothing more. Completes when what was taken is stored. On the device's thread. */
  public CompletableFuture<Integer> stop() {
    return receiver.stop();
  }

  /** Ends the subscriber. On the device's thread. */
  public void close() {
    receiver.close();
  }

  @Override
  public GroupId id() {
    return log;
  }

  @Override
  public CompletableFuture<Receipt> send(Content content) {
    return context.serve(() -> sender.send(content));
  }

  @Override
  public Flow.Publisher<ChannelEvent> receive() {
    return receiver;
  }

  @Override
  public CompletableFuture<Explanation> explain(long offset, DeviceId device) {
    var reader = new DeviceAddress(context.self().member(), device);
    return context.serve(() -> new AccessQuestions(context, log).explain(offset, reader));
  }
}
