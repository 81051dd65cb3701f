package io.karst.server.health;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of a service that has no end of its own, so that they can be ended when the server
 * stops: else each stop would wait for its full time. Thread-safe.
 */
final class OpenWatches implements ServerInterceptor {

  private final Set<ServerCall<?, ?>> calls = ConcurrentHashMap.newKeySet();

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    calls.add(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onCancel() {
        calls.remove(call);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        calls.remove(call);
        super.onComplete();
      }
    };
  }

  /** To be called when nothing more will be sent on them. */
  void end() {
    calls.forEach(
        call -> call.close(Status.UNAVAILABLE.withDescription("stopping"), new Metadata()));
  }
}
