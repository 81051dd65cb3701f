package io.karst.client.transport;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.karst.client.api.BadAnswer;
import io.karst.crypto.key.RandomBytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Unary calls to one server. Futures fail with a {@link io.karst.client.api.KarstException}.
 *
 * <p>Thread-safe.
 */
public final class ServerCalls {

  /** What a request in parts, of 1 MiB at most, takes longer than one message. */
  private static final Duration UPLOAD_TIME = Duration.ofSeconds(30);

  private final Channel channel;
  private final CallOptions options;
  private final TokenHolder tokens;
  private final Timing timing;

  /**
   * When calls end and when they are made again.
   *
   * @param deadline for each single call
   * @param scheduler starts the retries
   * @param random draws their delays
   */
  public record Timing(Duration deadline, ScheduledExecutorService scheduler, RandomBytes random) {}

  /** Calls with a device's token. */
  public ServerCalls(Channel channel, TokenHolder tokens, Timing timing) {
    this(
        channel,
        CallOptions.DEFAULT.withCallCredentials(new BearerCredentials(tokens)),
        tokens,
        timing);
  }

  private ServerCalls(Channel channel, CallOptions options, TokenHolder tokens, Timing timing) {
    this.channel = channel;
    this.options = options;
    this.tokens = tokens;
    this.timing = timing;
  }

  /** Calls without a token: what a device does before the server knows it. */
  public ServerCalls anonymous() {
    return new ServerCalls(channel, CallOptions.DEFAULT, tokens, timing);
  }

  /** Makes a call, and makes it again while it fails in passing, a bounded number of times. */
  public <Q, A> CompletableFuture<A> call(MethodDescriptor<Q, A> method, Q request) {
    return retried(Retries.ofCalls(), failed -> once(method, request));
  }

  /** As {@link #call}, with a request of several parts. */
  public <Q, A> CompletableFuture<A> upload(MethodDescriptor<Q, A> method, List<Q> parts) {
    return retried(Retries.ofCalls(), failed -> uploadOnce(method, parts));
  }

  private <Q, A> CompletableFuture<A> uploadOnce(MethodDescriptor<Q, A> method, List<Q> parts) {
    Duration longer = timing.deadline().plus(UPLOAD_TIME);
    CallOptions bounded = options.withDeadlineAfter(longer.toMillis(), TimeUnit.MILLISECONDS);
    Single<A> single = new Single<>(this::forgetRefusedToken);
    StreamObserver<Q> call =
        ClientCalls.asyncClientStreamingCall(channel.newCall(method, bounded), single);
    parts.forEach(call::onNext);
    call.onCompleted();
    return single.answer;
  }

  /** Does a piece of work, and does it again while it fails in passing. */
  public <T> CompletableFuture<T> retried(Patience patience, Attempt<T> attempt) {
    RetryPolicy<T> policy = RetryPolicy.<T>builder()
        .handleIf(failure -> patience.again().test(failure))
        .withMaxRetries(patience.retriesMax())
        .withDelayFn(before ->
            patience.delays().after(before.getAttemptCount(), before.getLastException(), drawn()))
        .build();
    return Failsafe.with(policy)
        .with(timing.scheduler())
        .getStageAsync(context -> attempt.start(context.getAttemptCount()));
  }

  /** From 0 to 1. */
  private double drawn() {
    int bits = ByteBuffer.wrap(timing.random().next(Integer.BYTES)).getInt();
    return Integer.toUnsignedLong(bits) / (double) (1L << Integer.SIZE);
  }

  /** Makes a call once. */
  public <Q, A> CompletableFuture<A> once(MethodDescriptor<Q, A> method, Q request) {
    CallOptions bounded =
        options.withDeadlineAfter(timing.deadline().toMillis(), TimeUnit.MILLISECONDS);
    Single<A> single = new Single<>(this::forgetRefusedToken);
    ClientCalls.asyncUnaryCall(channel.newCall(method, bounded), request, single);
    return single.answer;
  }

  /** The options of a stream. */
  CallOptions options() {
    return options;
  }

  Channel channel() {
    return channel;
  }

  /** A call without a token and without retry, for who has none yet. */
  static <Q, A> CompletableFuture<A> unary(
      Channel channel, CallOptions options, MethodDescriptor<Q, A> method, Q request) {
    Single<A> single = new Single<>(failure -> {});
    ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, single);
    return single.answer;
  }

  void forgetRefusedToken(Throwable failure) {
    if (Retries.isTokenRefused(failure)) {
      tokens.forget();
    }
  }

  /** Starts one attempt, knowing how many have failed before. */
  @FunctionalInterface
  public interface Attempt<T> {
    CompletionStage<T> start(int failedBefore);
  }

  /** Completes a future with the one answer of a unary call. */
  private static final class Single<A> implements StreamObserver<A> {

    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private final Consumer<Throwable> onFailure;

    Single(Consumer<Throwable> onFailure) {
      this.onFailure = onFailure;
    }

    @Override
    public void onNext(A value) {
      answer.complete(value);
    }

    @Override
    public void onError(Throwable thrown) {
      Throwable failure = Failures.of(thrown);
      onFailure.accept(failure);
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      answer.completeExceptionally(new BadAnswer("the server gave no answer"));
    }
  }
}
