package io.karst.edge.auth;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a call's listener until it is known whether the call may begin.
 *
 * <p>What the transport says meanwhile is kept: it is little, since nobody has asked for a message
 * yet. Thread-safe.
 */
final class PendingListener<Q> extends ServerCall.Listener<Q> {

  private final List<Consumer<ServerCall.Listener<Q>>> kept = new ArrayList<>();
  private ServerCall.@Nullable Listener<Q> begun;

  /** The call has begun; what was kept comes first. */
  synchronized void begin(ServerCall.Listener<Q> listener) {
    begun = listener;
    kept.forEach(event -> event.accept(listener));
    kept.clear();
  }

  private synchronized void pass(Consumer<ServerCall.Listener<Q>> event) {
    if (begun == null) {
      kept.add(event);
    } else {
      event.accept(begun);
    }
  }

  @Override
  public void onMessage(Q message) {
    pass(listener -> listener.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    pass(ServerCall.Listener::onHalfClose);
  }

  @Override
  public void onCancel() {
    pass(ServerCall.Listener::onCancel);
  }

  @Override
  public void onComplete() {
    pass(ServerCall.Listener::onComplete);
  }

  @Override
  public void onReady() {
    pass(ServerCall.Listener::onReady);
  }
}
