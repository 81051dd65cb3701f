package io.karst.client.channel;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.ServerRefusal;
import io.karst.client.gap.GapFiller;
import io.karst.client.store.GroupRow;
import io.karst.client.wire.LogItem;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Listener;
import io.karst.client.work.Outcomes;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.SubscribeGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Brings a group's log to one subscriber at a time, from where the last one stopped.
 *
 * <p>The group is subscribed to only while somebody listens. A run of entries is read on a copy,
 * delivered, and then stored together with the place behind it: a crash in between delivers the run
 * again. Used on the device's thread.
 */
public final class Receiver
    implements EntrySink, Flow.Publisher<ChannelEvent>, Listener.Owner<ChannelEvent> {

  /**
   * A sender that lost its line tries again within half of this: what has not come then will not
   * come by itself.
   */
  static final Duration QUIET_MIN = Duration.ofSeconds(60);

  private final DeviceContext context;
  private final EntrySource source;
  private final StepReader reader;
  private final EntryBuffer buffer;
  private final GapFiller filler;
  private Optional<Listener<ChannelEvent>> listener = Optional.empty();
  private Optional<Listener<ChannelEvent>> lastTold = Optional.empty();
  private Optional<Throwable> ended = Optional.empty();
  private CompletableFuture<Integer> run = CompletableFuture.completedFuture(0);
  private boolean reading;
  private boolean parked;
  private boolean unsettled;
  private long arrivals;

  public Receiver(DeviceContext context, GroupId group, EntrySource source, StepReader reader) {
    this.context = context;
    this.source = source;
    this.reader = reader;
    this.buffer = new EntryBuffer(group);
    this.filler = new GapFiller(context, group);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ChannelEvent> subscriber) {
    Listener<ChannelEvent> added =
        new Listener<>(subscriber, context.loop(), context.subscribers(), this);
    context.loop().post(() -> attach(added));
  }

  /**
   * Delivers nothing more. Completes when it is stored what the subscriber has taken, also one that
   * has cancelled while it was taking it.
   */
  public CompletableFuture<Integer> stop() {
    boolean delivering = lastTold.filter(Listener::isDelivering).isPresent();
    listener.ifPresent(Listener::stop);
    return delivering ? run : CompletableFuture.completedFuture(0);
  }

  /** Ends the subscriber: the device is closed. */
  public void close() {
    listener.ifPresent(
        one -> one.fail(new LocalMistake(LocalMistake.Kind.CLOSED, "the device is closed")));
    listener = Optional.empty();
  }

  @Override
  public void demanded() {
    advance();
  }

  @Override
  public void cancelled(Listener<ChannelEvent> gone) {
    if (listener.filter(gone::equals).isPresent()) {
      listener = Optional.empty();
      source.unsubscribe(row().id());
      resetUnlessReading();
    }
  }

  @Override
  public SubscribeGroup start() {
    return buffer.start(row());
  }

  @Override
  public void started(Start start) {
    buffer.startAt(start.nextOffset(), LogStep.started(start));
    advance();
  }

  @Override
  public void entries(List<LogItem> items, int bytes) {
    buffer.add(items, bytes, row().position().nextOffset());
    unsettled = true;
    if (buffer.isFull() && !parked) {
      parked = true;
      source.unsubscribe(row().id());
    }
    advance();
  }

  @Override
  public void caughtUp(Head head) {
    buffer.add(LogStep.caughtUp(head));
    unsettled = true;
    advance();
  }

  @Override
  public void ended(Throwable reason) {
    ended = Optional.of(reason);
    advance();
  }

  private void attach(Listener<ChannelEvent> added) {
    added.begin();
    if (listener.isPresent() || reading) {
      added.fail(new LocalMistake(
          LocalMistake.Kind.ALREADY_RECEIVING, "somebody receives from this group already"));
      return;
    }
    listener = Optional.of(added);
    source.subscribe(row().id(), this);
  }

  /** Goes on, unless it is under way, nobody wants more, or there is nothing. */
  private void advance() {
    if (reading || listener.isEmpty()) {
      return;
    }
    if (buffer.isEmpty()) {
      ended.ifPresent(this::end);
    } else if (listener.get().wantsMore()) {
      read(listener.get());
    }
  }

  private void read(Listener<ChannelEvent> to) {
    reading = true;
    lastTold = Optional.of(to);
    CompletableFuture<Integer> read = new CompletableFuture<>();
    Outcomes.follow(() -> reader.read(buffer.first(StepReader.STEPS_MAX), to), read);
    run = read;
    var unused = read.whenCompleteAsync(
        (steps, failure) -> {
          reading = false;
          if (failure == null) {
            buffer.remove(steps);
            goOn();
          } else {
            to.fail(failure);
            cancelled(to);
          }
        },
        context.loop());
  }

  private void goOn() {
    resetUnlessReading();
    if (parked && buffer.hasRoom()) {
      parked = false;
      source.subscribe(row().id(), this);
    }
    if (listener.isPresent()) {
      filler.next(answer -> add(LogStep.filled(answer)));
      awaitQuiet();
    }
    advance();
  }

  /** Once everything was read, looks after a while whether more has come. */
  private void awaitQuiet() {
    if (!unsettled || !buffer.isEmpty()) {
      return;
    }
    long seen = ++arrivals;
    context.loop().schedule(QUIET_MIN, () -> {
      if (seen == arrivals && listener.isPresent() && !reading && buffer.isEmpty()) {
        unsettled = false;
        add(LogStep.quiet());
      }
    });
  }

  private void add(LogStep step) {
    buffer.add(step);
    advance();
  }

  /** Who comes next reads from the place that is stored. */
  private void resetUnlessReading() {
    if (listener.isEmpty() && !reading) {
      buffer.clear();
      filler.reset();
      arrivals++;
      parked = false;
      ended = Optional.empty();
    }
  }

  private void end(Throwable reason) {
    Listener<ChannelEvent> to = listener.orElseThrow();
    listener = Optional.empty();
    resetUnlessReading();
    if (is(reason, Reason.GROUP_NOT_FOUND)) {
      leave();
      to.complete();
    } else if (is(reason, Reason.CURSOR_UNKNOWN) || is(reason, Reason.CURSOR_AHEAD)) {
      long size = row().position().nextOffset();
      to.fail(
          new SecurityViolation(new SecurityProblem.LogForked(row().id(), size, context.self())));
    } else {
      to.fail(reason);
    }
  }

  private static boolean is(Throwable failure, Reason reason) {
    return failure instanceof ServerRefusal refusal && refusal.reason() == reason;
  }

  /** The member is out: there is nothing more to hear, which is no failure. */
  private void leave() {
    GroupRow out = row().withStanding(GroupRow.Standing.OUT);
    context.memory().transaction(memory -> {
      memory.tables().groups().save(out);
      return true;
    });
  }

  private GroupRow row() {
    return reader.row();
  }
}
