package io.karst.client.live;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.karst.testkit.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A road between a client and the server on which calls can be held up, answers lost, and both
 * replaced by others.
 *
 * <p>Else it carries every call as it is. Thread-safe.
 */
final class Road implements AutoCloseable {

  private final ManagedChannel exit;
  private final Server entrance;
  private final Set<RoadCall> travelling = ConcurrentHashMap.newKeySet();
  private final Map<String, Barrier> barriers = new ConcurrentHashMap<>();
  private final Map<String, Loss> losses = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> carried = new ConcurrentHashMap<>();
  private final Map<String, UnaryOperator<byte[]>> asked = new ConcurrentHashMap<>();
  private final Map<String, UnaryOperator<byte[]>> told = new ConcurrentHashMap<>();

  /** Where calls of one method wait. */
  private record Barrier(CompletableFuture<Void> reached, CompletableFuture<Void> opened) {}

  /** What becomes of an answer. */
  enum Loss {
    NONE,
    /** The caller learns that the line broke. */
    BROKEN,
    /** The caller goes on waiting. */
    SILENT
  }

  private Road(ServerProcess server) {
    exit = Grpc.newChannelBuilderForAddress(
            server.host(), server.port(), InsecureChannelCredentials.create())
        .build();
    try {
      entrance = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
          .fallbackHandlerRegistry(new AnyMethod())
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Road to(ServerProcess server) {
    return new Road(server);
  }

  int port() {
    return entrance.getPort();
  }

  /** From now on, calls of this method wait here. */
  void hold(MethodDescriptor<?, ?> method) {
    barriers.put(
        method.getFullMethodName(),
        new Barrier(new CompletableFuture<>(), new CompletableFuture<>()));
  }

  /** Waits until a call of this method waits. */
  void awaitHeld(MethodDescriptor<?, ?> method) {
    Live.get(Optional.ofNullable(barriers.get(method.getFullMethodName()))
        .orElseThrow()
        .reached());
  }

  /** Lets the calls of this method go on. */
  void release(MethodDescriptor<?, ?> method) {
    Optional.ofNullable(barriers.remove(method.getFullMethodName()))
        .orElseThrow()
        .opened()
        .complete(null);
  }

  /** The next answer of this method gets lost. */
  void lose(Loss loss, MethodDescriptor<?, ?> method) {
    losses.put(method.getFullMethodName(), loss);
  }

  /** From now on, this is asked of the server in place of what the client asks. */
  <Q> void asking(MethodDescriptor<Q, ?> method, UnaryOperator<Q> change) {
    asked.put(
        method.getFullMethodName(),
        bytes -> AsItIs.INSTANCE.parse(method.streamRequest(
            change.apply(method.parseRequest(AsItIs.INSTANCE.stream(bytes))))));
  }

  /** From now on, the client is told this in place of what the server answers. */
  <A> void telling(MethodDescriptor<?, A> method, UnaryOperator<A> lie) {
    told.put(
        method.getFullMethodName(),
        bytes -> AsItIs.INSTANCE.parse(
            method.streamResponse(lie.apply(method.parseResponse(AsItIs.INSTANCE.stream(bytes))))));
  }

  /** From now on, everything is carried as it is. */
  void beHonest() {
    asked.clear();
    told.clear();
  }

  byte[] asked(String method, byte[] message) {
    return asked.getOrDefault(method, UnaryOperator.identity()).apply(message);
  }

  byte[] told(String method, byte[] message) {
    return told.getOrDefault(method, UnaryOperator.identity()).apply(message);
  }

  /** Every call and stream that is under way ends as if the line broke. */
  void cut() {
    travelling.forEach(call -> call.end(Status.UNAVAILABLE));
  }

  /** How many calls of this method have come by. */
  int carried(MethodDescriptor<?, ?> method) {
    return count(method.getFullMethodName()).get();
  }

  /** What a call of a method waits for; done when nothing is held. */
  CompletableFuture<Void> barrier(String method) {
    Barrier barrier = barriers.get(method);
    if (barrier == null) {
      return CompletableFuture.completedFuture(null);
    }
    barrier.reached().complete(null);
    return barrier.opened();
  }

  /** What becomes of the answer that has just come. */
  Loss loss(String method) {
    return Optional.ofNullable(losses.remove(method)).orElse(Loss.NONE);
  }

  void arrived(RoadCall call) {
    travelling.remove(call);
  }

  @Override
  public void close() {
    entrance.shutdownNow();
    exit.shutdownNow();
  }

  private AtomicInteger count(String method) {
    return carried.computeIfAbsent(method, first -> new AtomicInteger());
  }

  private ServerCall.Listener<byte[]> carry(ServerCall<byte[], byte[]> in, Metadata headers) {
    MethodDescriptor<byte[], byte[]> method = in.getMethodDescriptor();
    count(method.getFullMethodName()).incrementAndGet();
    RoadCall call = new RoadCall(this, in, exit.newCall(method, CallOptions.DEFAULT));
    travelling.add(call);
    return call.start(headers);
  }

  /** Knows every method, as one that carries bytes. */
  private final class AnyMethod extends HandlerRegistry {

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
      MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(
              AsItIs.INSTANCE, AsItIs.INSTANCE)
          .setType(MethodDescriptor.MethodType.UNKNOWN)
          .setFullMethodName(name)
          .build();
      return ServerMethodDefinition.create(method, Road.this::carry);
    }
  }

  private enum AsItIs implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
