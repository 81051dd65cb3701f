package io.karst.client.channel;

import io.karst.client.api.Content;
import io.karst.client.api.KarstException;
import io.karst.client.api.ServerRefusal;
import io.karst.client.epoch.Committer;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.Epochs;
import io.karst.client.epoch.Heads;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.Fate;
import io.karst.client.store.EpochRow;
import io.karst.client.store.OutboundRow;
import io.karst.client.store.OutboxRow;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Drain;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.GroupServiceGrpc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Brings the outbox into the log: one frame at a time, so that nothing overtakes anything.
 *
 * <p>What the server did not answer is sent again as it is: the server knows it by its client id.
 * Only what the server refused is encrypted anew. Used on the device's thread.
 */
final class Sender {

  /** So many remedies without a single receipt: they do not help. */
  static final int REMEDIES_MAX = 16;

  private final DeviceContext context;
  private final GroupId group;
  private final Epochs epochs;
  private final Committer committer;
  private final EpochWatcher watcher;
  private final Outbox outbox;
  private final Map<ClientId, CompletableFuture<Receipt>> promised = new HashMap<>();
  private final Drain drain;
  private boolean awake;
  private int remedies;

  Sender(DeviceContext context, GroupId group, LiveChannel.Parts parts) {
    this.context = context;
    this.group = group;
    this.epochs = parts.epochs();
    this.committer = parts.committer();
    this.watcher = parts.watcher();
    this.outbox = new Outbox(context, group);
    this.drain = new Drain(context.loop(), this::next, this::fail);
  }

  /** Completes when the log holds the message. */
  CompletableFuture<Receipt> send(Content content) {
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    promised.put(outbox.add(content), receipt);
    resume();
    return receipt;
  }

  /** Goes on with what waits, also from an earlier run. */
  void resume() {
    // Later, so that messages which are sent in one go are encrypted in one go.
    if (!awake) {
      awake = true;
      context.loop().post(this::wake);
    }
  }

  /**
   * Encrypts and stores what is new, as far as the device can speak in the newest epoch. Answers
   * whether the outbox may go on.
   */
  boolean store() {
    try {
      var unused = outbox.encrypt();
      return true;
    } catch (KarstException e) {
      fail(e);
      return false;
    }
  }

  /** Stores what is new at once, also while a frame is under way. */
  private void wake() {
    awake = false;
    if (store()) {
      drain.wake();
    }
  }

  /** Answers whether there is more to do. */
  private CompletableFuture<Boolean> next() {
    if (outbox.encrypt() == Outbox.Encrypted.NEEDS_EPOCH) {
      return remedied(Reason.DEVICE_NOT_IN_ROSTER, () -> spoken(outbox::encrypt));
    }
    Optional<Frame> frame = context.memory().transaction(memory -> Frame.next(memory, group));
    return frame.isEmpty()
        ? CompletableFuture.completedFuture(false)
        : append(frame.get())
            .thenComposeAsync(verdict -> apply(frame.get(), verdict), context.loop());
  }

  private CompletableFuture<Verdict> append(Frame frame) {
    return context.calls().retried(Retries.untilDone(), failed -> appendOnce(frame));
  }

  /** A refusal of the whole frame is the fate of each of its envelopes. */
  private CompletableFuture<Verdict> appendOnce(Frame frame) {
    return context
        .calls()
        .once(GroupServiceGrpc.getAppendMethod(), frame.request())
        .thenApply(response -> waitable(Verdict.of(frame, response)))
        .exceptionally(failure -> whole(frame, failure));
  }

  /** An answer that only says "later" is a failure in passing. */
  private static Verdict waitable(Verdict verdict) {
    if (verdict.remedy() == Fate.Remedy.WAIT && !verdict.progresses()) {
      throw new ServerRefusal(Reason.OVERLOADED);
    }
    return verdict;
  }

  private static Verdict whole(Frame frame, Throwable failure) {
    Throwable cause = Failures.of(failure);
    if (cause instanceof ServerRefusal refusal && !Retries.isPassing(refusal)) {
      return Verdict.of(frame, refusal.reason());
    }
    throw Failures.asRuntime(cause);
  }

  private CompletableFuture<Boolean> apply(Frame frame, Verdict verdict) {
    context.memory().transaction(memory -> record(memory, frame, verdict));
    for (int i = 0; i < frame.rows().size(); i++) {
      OutboxRow row = frame.rows().get(i);
      verdict.fates().get(i).match(new Promise(row.envelope().clientId()));
    }
    if (verdict.progresses()) {
      remedies = 0;
    }
    return switch (verdict.remedy()) {
      case NONE, WAIT -> CompletableFuture.completedFuture(true);
      case BIND -> remedied(Reason.SESSION_UNKNOWN, () -> announceAgain(frame));
      case ADOPT -> remedied(Reason.STALE_EPOCH, () -> adopt(verdict));
      case ROTATE -> remedied(Reason.ROTATION_REQUIRED, this::rotate);
    };
  }

  private boolean record(Unsealed memory, Frame frame, Verdict verdict) {
    for (int i = 0; i < frame.rows().size(); i++) {
      if (!(verdict.fates().get(i) instanceof Fate.Kept)) {
        memory.tables().outbox().remove(group, frame.rows().get(i).position());
      }
    }
    if (verdict.progresses()) {
      frame
          .unannounced()
          .flatMap(own -> current(memory, own))
          .ifPresent(own -> memory.tables().sessions().saveOutbound(own.withAnnounced()));
    }
    verdict
        .head()
        .flatMap(head -> Heads.observe(memory, group, head, context.self()))
        .ifPresent(watcher::warned);
    return true;
  }

  /** The session may have moved on, or gone, while the frame was under way. */
  private static Optional<OutboundRow> current(Unsealed memory, OutboundRow sent) {
    return memory.tables().sessions().outbound(sent.group(), sent.epoch());
  }

  /** Starts a remedy. */
  private interface Remedy {
    CompletableFuture<Boolean> start();
  }

  private CompletableFuture<Boolean> remedied(Reason reason, Remedy remedy) {
    remedies++;
    return remedies > REMEDIES_MAX
        ? CompletableFuture.failedFuture(new ServerRefusal(reason))
        : context.calls().retried(Retries.untilDone(), failed -> remedy.start());
  }

  private CompletableFuture<Boolean> announceAgain(Frame frame) {
    boolean there = context.memory().transaction(memory -> {
      Optional<OutboundRow> own = frame.own().flatMap(sent -> current(memory, sent));
      own.ifPresent(row -> memory.tables().sessions().saveOutbound(row.unannounced()));
      return own.isPresent();
    });
    return there ? CompletableFuture.completedFuture(true) : encryptAnew();
  }

  private CompletableFuture<Boolean> adopt(Verdict verdict) {
    CompletableFuture<Void> adopted = verdict
        .current()
        .map(epochs::adopt)
        .orElseGet(() -> committer.view(group).thenApply(view -> null));
    return adopted.thenComposeAsync(done -> encryptAnew(), context.loop());
  }

  /**
   * Starts an epoch in which this device can speak. When it has done so too often, what waits waits
   * on: somebody else may start one, or the keys may come back.
   */
  private CompletableFuture<Boolean> rotate() {
    long newest = context
        .memory()
        .transaction(memory -> memory.tables().epochs().newest(group))
        .map(EpochRow::number)
        .orElse(0L);
    return committer.renew(group, newest).thenComposeAsync(epoch -> encryptAnew(), context.loop());
  }

  private CompletableFuture<Boolean> encryptAnew() {
    return outbox.encryptAnew() == Outbox.Encrypted.DONE
        ? CompletableFuture.completedFuture(true)
        : remedied(Reason.DEVICE_NOT_IN_ROSTER, () -> spoken(outbox::encryptAnew));
  }

  /** Encrypts as soon as there is an epoch to speak in, which may have come meanwhile. */
  private CompletableFuture<Boolean> spoken(Supplier<Outbox.Encrypted> encrypting) {
    return encrypting.get() == Outbox.Encrypted.DONE
        ? CompletableFuture.completedFuture(true)
        : rotate();
  }

  /**
   * Nothing of what waits can be sent. A device that was closed keeps it for its next run. Who
   * waits is told in any case, also when the disk refuses to forget.
   */
  private void fail(Throwable cause) {
    List<CompletableFuture<Receipt>> waiting = List.copyOf(promised.values());
    promised.clear();
    remedies = 0;
    try {
      if (!Retries.isClosed(cause)) {
        outbox.clear();
      }
    } finally {
      waiting.forEach(receipt -> receipt.completeExceptionally(cause));
    }
  }

  /** Tells who waits for a message what became of it. */
  private final class Promise implements Fate.Cases<Boolean> {

    private final ClientId clientId;

    Promise(ClientId clientId) {
      this.clientId = clientId;
    }

    @Override
    public Boolean delivered(Fate.Delivered fate) {
      CompletableFuture<Receipt> receipt = promised.remove(clientId);
      return receipt != null && receipt.complete(fate.receipt());
    }

    @Override
    public Boolean kept(Fate.Kept fate) {
      return false;
    }

    @Override
    public Boolean refused(Fate.Refused fate) {
      CompletableFuture<Receipt> receipt = promised.remove(clientId);
      return receipt != null && receipt.completeExceptionally(new ServerRefusal(fate.reason()));
    }
  }
}
