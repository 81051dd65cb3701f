package io.karst.client.device;

import io.karst.client.api.AuditClient;
import io.karst.client.api.Explanation;
import io.karst.client.api.LocalMistake;
import io.karst.client.channel.AccessQuestions;
import io.karst.client.transport.MessageStream;
import io.karst.client.transport.Retries;
import io.karst.client.wire.WireBytes;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Listener;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.AuditServiceGrpc;
import io.karst.wire.v1.ReplayRequest;
import io.karst.wire.v1.ReplayResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** An auditor's device. Thread-safe. */
public final class LiveAudit implements AuditClient {

  /** So many new tokens in a row that the server does not take: it takes none. */
  static final int TOKENS_MAX = 3;

  private final DeviceContext context;
  private final Runnable onClosed;

  /** Those under way, as many as the application reads at once. On the device's thread. */
  private final Set<Replay> replays = new HashSet<>();

  /** {@code onClosed} hears of the device's end. */
  public LiveAudit(DeviceContext context, Runnable onClosed) {
    this.context = context;
    this.onClosed = onClosed;
  }

  @Override
  public DeviceAddress address() {
    return context.self();
  }

  @Override
  public Flow.Publisher<JournalRecord> replay(GroupId group) {
    return subscriber -> {
      Replay replay = new Replay(group, subscriber);
      context.loop().post(replay::begin);
    };
  }

  @Override
  public CompletableFuture<Explanation> explain(GroupId group, long offset, DeviceAddress device) {
    return new AccessQuestions(context, group).explain(offset, device);
  }

  @Override
  public void close() {
    context.loop().close(this::end);
    onClosed.run();
  }

  private void end() {
    LocalMistake closed = new LocalMistake(LocalMistake.Kind.CLOSED, "the device is closed");
    List.copyOf(replays).forEach(replay -> replay.close(closed));
    context.memory().close();
  }

  /**
   * One reading of a journal: the next answer is asked for once the one before it was taken. On the
   * device's thread.
   *
   * <p>A device whose clock is behind the server's believes in a token that has ended. It draws
   * another and reads again; what was taken already is passed by.
   */
  private final class Replay
      implements MessageStream.Listener<ReplayResponse>, Listener.Owner<JournalRecord> {

    private final GroupId group;
    private final Listener<JournalRecord> listener;
    private Optional<MessageStream<ReplayRequest, ReplayResponse>> stream = Optional.empty();
    private boolean delivering;
    private Optional<Runnable> then = Optional.empty();
    private long last;
    private int refusedTokens;

    Replay(GroupId group, Flow.Subscriber<? super JournalRecord> subscriber) {
      this.group = group;
      this.listener = new Listener<>(subscriber, context.loop(), context.subscribers(), this);
    }

    void begin() {
      replays.add(this);
      listener.begin();
      open();
    }

    private void open() {
      var opened = MessageStream.open(
          context.calls(), AuditServiceGrpc.getReplayMethod(), context.loop()::post, this);
      stream = Optional.of(opened);
      opened.send(ReplayRequest.newBuilder().setGroupId(group.value()).build());
      opened.halfClose();
    }

    @Override
    public void heard(ReplayResponse message) {
      List<JournalRecord> records = message.getRecordsList().stream()
          .filter(record -> record.getSequenceNumber() > last)
          .map(record ->
              new JournalRecord(record.getSequenceNumber(), WireBytes.bytes(record.getRecord())))
          .toList();
      if (!records.isEmpty()) {
        last = records.get(records.size() - 1).sequenceNumber();
        refusedTokens = 0;
      }
      delivering = true;
      var unused = listener
          .deliver(records)
          .thenAcceptAsync(
              taken -> {
                delivering = false;
                then.ifPresentOrElse(Runnable::run, () -> stream.ifPresent(MessageStream::next));
              },
              context.loop());
    }

    @Override
    public void completed() {
      finish(listener::complete);
    }

    @Override
    public void failed(Throwable reason) {
      if (Retries.isTokenRefused(reason) && refusedTokens < TOKENS_MAX && listener.isOpen()) {
        refusedTokens++;
        onceTaken(this::open);
      } else {
        finish(() -> listener.fail(reason));
      }
    }

    @Override
    public void demanded() {}

    @Override
    public void cancelled(Listener<JournalRecord> gone) {
      stream.ifPresent(open -> open.cancel("the reader cancelled"));
    }

    /** Ends it from here. */
    void close(Throwable reason) {
      listener.stop();
      listener.fail(reason);
      stream.ifPresent(open -> open.cancel("the device is closed"));
    }

    private void finish(Runnable last) {
      onceTaken(() -> {
        replays.remove(this);
        last.run();
      });
    }

    /** Once the reader has taken everything, which may be long after the server said it all. */
    private void onceTaken(Runnable next) {
      if (delivering) {
        then = Optional.of(() -> {
          then = Optional.empty();
          next.run();
        });
      } else {
        next.run();
      }
    }
  }
}
