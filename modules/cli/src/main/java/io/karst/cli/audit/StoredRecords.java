package io.karst.cli.audit;

import io.karst.cli.CommandFailure;
import io.karst.client.api.AuditClient.JournalRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The records of a journal as they arrive, for a loop that takes one after the other.
 *
 * <p>The SDK's threads put records in, one other thread takes them out. No more than
 * {@value #AHEAD_MAX} wait here.
 */
final class StoredRecords implements Flow.Subscriber<JournalRecord>, Iterator<byte[]> {

  /**
   * Enough to keep the network busy while records are judged; a record has at most a few hundred
   * kB.
   */
  private static final int AHEAD_MAX = 16;

  /** A record, or the end and what ended it. */
  private sealed interface Arrival {}

  private record Stored(JournalRecord record) implements Arrival {}

  private record End(Optional<Throwable> failure) implements Arrival {}

  private final Duration patience;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private Optional<Arrival> next = Optional.empty();

  /** Waits for each record no longer than this. */
  StoredRecords(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.set(given);
    given.request(AHEAD_MAX);
  }

  @Override
  public void onNext(JournalRecord record) {
    arrivals.add(new Stored(record));
  }

  @Override
  public void onError(Throwable failure) {
    arrivals.add(new End(Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    arrivals.add(new End(Optional.empty()));
  }

  /** Waits until it is clear whether the server answers records. Throws its refusal. */
  void begin() {
    arrived();
  }

  /** Waits for the next record. Throws what ended the reading early. */
  @Override
  public boolean hasNext() {
    return arrived() instanceof Stored;
  }

  @Override
  public byte[] next() {
    if (arrived() instanceof Stored stored) {
      next = Optional.empty();
      Flow.Subscription given = subscription.get();
      if (given != null) {
        given.request(1);
      }
      return stored.record().record().toArray();
    }
    throw new NoSuchElementException("the journal has ended");
  }

  private Arrival arrived() {
    Arrival arrival = next.orElseGet(this::await);
    next = Optional.of(arrival);
    if (arrival instanceof End end && end.failure().isPresent()) {
      throw new CompletionException(end.failure().get());
    }
    return arrival;
  }

  private Arrival await() {
    try {
      Arrival arrival = arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (arrival == null) {
        throw CommandFailure.unreachable(
            "no record from the server within " + patience.toSeconds() + " s");
      }
      return arrival;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unreachable("interrupted");
    }
  }
}
