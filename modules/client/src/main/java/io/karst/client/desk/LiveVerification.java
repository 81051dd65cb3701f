package io.karst.client.desk;

import io.karst.client.api.verification.Trust.Way;
import io.karst.client.api.verification.Verification;
import io.karst.client.api.verification.VerificationState;
import io.karst.client.verification.Exchange;
import io.karst.client.verification.Step;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A verification that the desk runs.
 *
 * <p>The application's side is thread-safe; all else is for the device's thread.
 */
final class LiveVerification implements Verification {

  private final GroupId group;
  private final DeviceAddress peer;
  private final Way way;
  private final Desk desk;
  private final Executor subscribers;
  private final Object lock = new Object();
  private Bytes id;
  private Exchange exchange;
  private Optional<Long> askedAt = Optional.empty();
  private VerificationState told;
  private List<CompletableFuture<VerificationState>> waiters = new ArrayList<>();

  /** Where and with whom. */
  record Place(GroupId group, DeviceAddress peer, Way way) {}

  LiveVerification(Place place, Bytes id, Exchange exchange, Desk desk, Executor subscribers) {
    this.group = place.group();
    this.peer = place.peer();
    this.way = place.way();
    this.id = id;
    this.exchange = exchange;
    this.desk = desk;
    this.subscribers = subscribers;
    this.told = exchange.state();
  }

  Bytes id() {
    return id;
  }

  Way way() {
    return way;
  }

  Exchange exchange() {
    return exchange;
  }

  /** Offset of the request that this side has sent, until the other side has answered. */
  Optional<Long> askedAt() {
    return exchange.isAsking() ? askedAt : Optional.empty();
  }

  void asked(long offset) {
    askedAt = Optional.of(offset);
  }

  /** Whether the other side has asked, and this person has not answered. */
  boolean isOffered() {
    return exchange.state() instanceof VerificationState.Offered;
  }

  /** Goes on with what the other side has asked for, in place of what this side has. */
  void continueAs(Bytes newId, Exchange offered) {
    id = newId;
    exchange = offered;
    askedAt = Optional.empty();
  }

  /** Tells who waits, when the state has changed. Answers whether it just ended as verified. */
  boolean tell() {
    VerificationState now = exchange.state();
    List<CompletableFuture<VerificationState>> toTell;
    synchronized (lock) {
      if (now.equals(told)) {
        return false;
      }
      told = now;
      toTell = waiters;
      waiters = new ArrayList<>();
    }
    toTell.forEach(waiter -> subscribers.execute(() -> waiter.complete(now)));
    return now instanceof VerificationState.Verified;
  }

  @Override
  public DeviceAddress peer() {
    return peer;
  }

  @Override
  public GroupId group() {
    return group;
  }

  @Override
  public VerificationState state() {
    synchronized (lock) {
      return told;
    }
  }

  @Override
  public CompletableFuture<VerificationState> next(VerificationState known) {
    synchronized (lock) {
      if (!told.equals(known)) {
        return CompletableFuture.completedFuture(told);
      }
      var next = new CompletableFuture<VerificationState>();
      waiters.add(next);
      return next;
    }
  }

  @Override
  public CompletableFuture<Void> accept() {
    return act(Exchange::accept);
  }

  @Override
  public CompletableFuture<Void> confirm() {
    return act(Exchange::confirm);
  }

  @Override
  public CompletableFuture<Void> deny() {
    return act(Exchange::deny);
  }

  @Override
  public CompletableFuture<Void> cancel() {
    return act(Exchange::cancel);
  }

  private CompletableFuture<Void> act(Function<Exchange, List<Step>> action) {
    return desk.act(this, action);
  }
}
