package io.karst.simulation;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.karst.edge.call.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One device's way to the server, in place of gRPC's: messages take their time, arrive in order
 * within a call, and calls get lost on either half of the way, are repeated, or break off.
 */
final class Road extends Channel {

  private static final Duration NOTICED = Duration.ofMillis(50);
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration STREAM_LIFE_MAX = Duration.ofMinutes(2);

  private final World world;
  private final Dice dice;
  private final Set<Call<?, ?>> open = new LinkedHashSet<>();
  private Optional<Principal> principal = Optional.empty();
  private boolean cut;
  private boolean dead;

  Road(World world, Dice dice) {
    this.world = world;
    this.dice = dice;
  }

  /** From now on the server knows who calls. */
  void knownAs(Principal who) {
    principal = Optional.of(who);
  }

  /** Nothing gets through, and what is open breaks. */
  void cut() {
    cut = true;
    List.copyOf(open).forEach(Call::breakOff);
  }

  void mend() {
    cut = false;
  }

  /** The device is gone: it hears nothing more, and the server finds out. */
  void abandon() {
    dead = true;
    List.copyOf(open).forEach(Call::breakOff);
  }

  @Override
  public String authority() {
    return "simulation";
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return new Call<>(method);
  }

  /** What is under way in one direction arrives in order. */
  private final class Direction {

    private Duration last = Duration.ZERO;

    void carry(Runnable arrival) {
      Duration at = world.time().now().plus(world.weather().latency(dice));
      last = at.compareTo(last) > 0 ? at : last;
      world.time().after(last.minus(world.time().now()), arrival);
    }
  }

  private final class Call<Q, A> extends ClientCall<Q, A> implements Backend.Caller<A> {

    private final MethodDescriptor<Q, A> method;
    private final boolean unary;
    private final Weather.Fate fate;
    private final Direction there = new Direction();
    private final Direction back = new Direction();
    private final Deque<A> answers = new ArrayDeque<>();
    private @Nullable Listener<A> listener;
    private Optional<Backend.Callee> callee = Optional.empty();
    private Optional<Status> closed = Optional.empty();
    private Metadata trailers = new Metadata();
    private int requested;
    private boolean ended;

    Call(MethodDescriptor<Q, A> method) {
      this.method = method;
      this.unary = method.getType() == MethodType.UNARY;
      this.fate = unary ? world.weather().fate(dice) : Weather.Fate.ARRIVES;
    }

    @Override
    public void start(Listener<A> to, Metadata headers) {
      listener = to;
      open.add(this);
      if (cut || dead) {
        world.time().after(NOTICED, () -> end(Status.UNAVAILABLE));
      } else if (fate == Weather.Fate.REQUEST_LOST) {
        boolean quick = dice.percent(50);
        world
            .time()
            .after(
                quick ? NOTICED : DEADLINE,
                () -> end(quick ? Status.UNAVAILABLE : Status.DEADLINE_EXCEEDED));
      } else {
        callee = Optional.of(world.backend().accept(method.getFullMethodName(), principal, this));
        if (!unary && dice.percent(world.weather().broken() * 10)) {
          long life = dice.between(1, STREAM_LIFE_MAX.toMillis());
          world.time().after(Duration.ofMillis(life), this::breakOff);
        }
      }
    }

    @Override
    public void sendMessage(Q message) {
      byte[] bytes = bytes(method.streamRequest(message));
      toServer(end -> end.message(bytes));
      if (fate == Weather.Fate.REPEATED && callee.isPresent()) {
        Backend.Callee again =
            world.backend().accept(method.getFullMethodName(), principal, new Nobody<>());
        there.carry(() -> again.message(bytes));
        there.carry(again::halfClose);
      }
    }

    @Override
    public void halfClose() {
      toServer(Backend.Callee::halfClose);
    }

    @Override
    public void request(int count) {
      requested += count;
      deliver();
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
      callee.ifPresent(end -> there.carry(end::cancel));
      world.time().after(Duration.ZERO, () -> end(Status.CANCELLED));
    }

    @Override
    public void answer(A message) {
      if (fate != Weather.Fate.ANSWER_LOST) {
        back.carry(() -> {
          answers.add(message);
          deliver();
        });
      }
    }

    @Override
    public void close(Status status, Metadata with) {
      boolean lost = fate == Weather.Fate.ANSWER_LOST;
      back.carry(() -> {
        closed = Optional.of(lost ? Status.UNAVAILABLE : status);
        trailers = lost ? new Metadata() : with;
        deliver();
      });
    }

    void breakOff() {
      if (!ended) {
        callee.ifPresent(end -> there.carry(end::cancel));
        world.time().after(NOTICED, () -> end(Status.UNAVAILABLE));
      }
    }

    private void toServer(java.util.function.Consumer<Backend.Callee> what) {
      if (!ended) {
        callee.ifPresent(end -> there.carry(() -> what.accept(end)));
      }
    }

    private void deliver() {
      while (requested > 0 && !answers.isEmpty() && hears()) {
        requested--;
        listener().onMessage(answers.remove());
      }
      if (answers.isEmpty()) {
        closed.ifPresent(this::end);
      }
    }

    private void end(Status status) {
      open.remove(this);
      if (hears()) {
        ended = true;
        listener().onClose(status, trailers);
      }
    }

    private boolean hears() {
      return !ended && !dead;
    }

    private Listener<A> listener() {
      return java.util.Objects.requireNonNull(listener, "a call is started first");
    }
  }

  /** Hears the answer to what was sent twice. */
  private static final class Nobody<A> implements Backend.Caller<A> {

    @Override
    public void answer(A message) {}

    @Override
    public void close(Status status, Metadata trailers) {}
  }

  private static byte[] bytes(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("a message in memory can be read", e);
    }
  }
}
