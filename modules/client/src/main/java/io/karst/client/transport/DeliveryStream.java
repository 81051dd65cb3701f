package io.karst.client.transport;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.util.concurrent.Executor;

/**
 * A device's one stream to the server, from its start to its end.
 *
 * <p>One message is asked for at a time, after the one before it was dealt with: a device that is busy stops the server. Used from one thread, the
 * owner's, on which the listener is called as well.
 */
public final class DeliveryStream {

  private final ClientCall<SubscribeRequest, SubscribeResponse> call;
  private boolean ended;

  private DeliveryStream(ClientCall<SubscribeRequest, SubscribeResponse> call) {
    this.call = call;
  }

  /** What happens on the stream. */
  public interface Listener {

    /** A message; the next one comes after this returned. */
    void heard(SubscribeResponse response);

    /** The stream is over, for a reason as of {@link Failures}. Called once, last. */
    void ended(Throwable reason);
  }

  /** Opens the stream. */
  public static DeliveryStream open(ServerCalls calls, Executor owner, Listener listener) {
    ClientCall<SubscribeRequest, SubscribeResponse> call =
        calls.channel().newCall(DeliveryServiceGrpc.getSubscribeMethod(), calls.options());
    DeliveryStream stream = new DeliveryStream(call);
    call.start(stream.new Relay(calls, owner, listener), new Metadata());
    call.request(1);
    return stream;
  }

  /** Sends a message, unless the stream is over. */
  public void send(SubscribeRequest request) {
    if (!ended) {
      call.sendMessage(request);
    }
  }

  /** Ends the stream; the listener is told. */
  public void cancel(String why) {
    if (!ended) {
      call.cancel(why, null);
    }
  }

  /** Carries what gRPC says over to the owner's thread. */
  private final class Relay extends ClientCall.Listener<SubscribeResponse> {

    private final ServerCalls calls;
    private final Executor owner;
    private final Listener listener;

    Relay(ServerCalls calls, Executor owner, Listener listener) {
      this.calls = calls;
      this.owner = owner;
      this.listener = listener;
    }

    @Override
    public void onMessage(SubscribeResponse message) {
      owner.execute(() -> {
        if (!ended) {
          listener.heard(message);
          call.request(1);
        }
      });
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      Throwable reason = Failures.of(status.asRuntimeException(trailers));
      calls.forgetRefusedToken(reason);
      owner.execute(() -> {
        ended = true;
        listener.ended(reason);
      });
    }
  }
}
