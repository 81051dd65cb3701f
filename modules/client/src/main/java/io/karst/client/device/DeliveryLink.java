package io.karst.client.device;

import io.karst.client.api.SecurityProblem;
import io.karst.client.api.ServerRefusal;
import io.karst.client.channel.EntrySink;
import io.karst.client.channel.EntrySource;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The device's stream: opened again whenever it ends, with everything that is subscribed to.
 *
 * <p>Used on the device's thread.
 */
final class DeliveryLink implements EntrySource {

  private final DeviceContext context;
  private final InboxReader inbox;
  private final Consumer<Boolean> onChange;
  private final Consumer<SecurityProblem> onProblem;
  private final Runnable onRevoked;
  private final Map<GroupId, EntrySink> wanted = new HashMap<>();
  private Optional<Connection> connection = Optional.empty();
  private boolean closed;

  /**
   * {@code onChange} is told whether there is a connection, each time that this changes;
   * {@code onProblem} of what the server says on the stream that does not verify; {@code onRevoked}
   * once, when the server takes nothing of this device any more.
   */
  DeliveryLink(
      DeviceContext context,
      InboxReader inbox,
      Consumer<Boolean> onChange,
      Consumer<SecurityProblem> onProblem,
      Runnable onRevoked) {
    this.onRevoked = onRevoked;
    this.context = context;
    this.inbox = inbox;
    this.onChange = onChange;
    this.onProblem = onProblem;
  }

  /** Keeps a connection from now on. */
  void open() {
    var unused = context
        .calls()
        .<Boolean>retried(Retries.ofStreams(), failed -> live())
        .whenCompleteAsync((lived, failure) -> openAgain(), context.loop());
  }

  void close() {
    closed = true;
    connection.ifPresent(Connection::close);
  }

  @Override
  public void subscribe(GroupId group, EntrySink sink) {
    wanted.put(group, sink);
    connection.ifPresent(current -> current.subscribe(group, sink));
  }

  @Override
  public void unsubscribe(GroupId group) {
    wanted.remove(group);
    connection.ifPresent(current -> current.unsubscribe(group));
  }

  /** The server ended a subscription, for good. */
  void ended(GroupId group, EntrySink sink, Throwable reason) {
    if (wanted.remove(group, sink)) {
      sink.ended(reason);
    }
  }

  /** The stream brought something that does not verify. */
  void warned(SecurityProblem problem) {
    onProblem.accept(problem);
  }

  /** A connection that lived well is followed by the next one at once; else the waits grow. */
  private void openAgain() {
    if (!closed) {
      open();
    }
  }

  /** Completes when the connection has ended. */
  private CompletableFuture<Boolean> live() {
    return context.loop().start(() -> {
      if (closed) {
        return CompletableFuture.completedFuture(true);
      }
      Connection opened = new Connection(context, this, inbox);
      connection = Optional.of(opened);
      wanted.forEach(opened::subscribe);
      return opened
          .heard()
          .thenAcceptAsync(first -> onChange.accept(true), context.loop())
          .thenCompose(told -> opened.ended())
          .whenCompleteAsync(
              (good, failure) -> {
                down(opened);
                revokedBy(failure);
              },
              context.loop());
    });
  }

  /** A revoked device does not come back: its id is never used again. */
  private void revokedBy(@Nullable Throwable failure) {
    boolean revoked = failure != null
        && Failures.of(failure) instanceof ServerRefusal refusal
        && refusal.reason() == Reason.DEVICE_REVOKED;
    if (revoked && !closed) {
      closed = true;
      onRevoked.run();
    }
  }

  private void down(Connection gone) {
    connection = connection.filter(current -> current != gone);
    if (gone.heard().isDone() && !gone.heard().isCompletedExceptionally()) {
      onChange.accept(false);
    }
  }
}
