package io.karst.client.transport;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.Executor;

/**
 * A stream to the server, from its start to its end.
 *
 * <p>The owner asks for each message by itself: an owner that is busy stops the server. Used from
 * one thread, the owner's, on which the listener is called as well.
 */
public final class MessageStream<Q, A> {

  private final ClientCall<Q, A> call;
  private boolean ended;

  private MessageStream(ClientCall<Q, A> call) {
    this.call = call;
  }

  /** What happens on a stream. */
  public interface Listener<A> {

    /** A message. */
    void heard(A message);

    /** The server has said everything. Called instead of {@link #failed}, last. */
    void completed();

    /**
     * The stream is over, for a reason as of {@link Failures}. Called instead of
     * {@link #completed}, last.
     */
    void failed(Throwable reason);
  }

  /** Opens a stream and asks for its first message. */
  public static <Q, A> MessageStream<Q, A> open(
      ServerCalls calls, MethodDescriptor<Q, A> method, Executor owner, Listener<A> listener) {
    ClientCall<Q, A> call = calls.channel().newCall(method, calls.options());
    MessageStream<Q, A> stream = new MessageStream<>(call);
    call.start(stream.new Relay(calls, owner, listener), new Metadata());
    call.request(1);
    return stream;
  }

  /** Asks for the next message. */
  public void next() {
    if (!ended) {
      call.request(1);
    }
  }

  /** Sends a message, unless the stream is over. */
  public void send(Q message) {
    if (!ended) {
      call.sendMessage(message);
    }
  }

  /** Has nothing more to say. */
  public void halfClose() {
    call.halfClose();
  }

  /** Ends the stream; the listener is told. */
  public void cancel(String why) {
    if (!ended) {
      call.cancel(why, null);
    }
  }

  /** Carries what gRPC says over to the owner's thread. */
  private final class Relay extends ClientCall.Listener<A> {

    private final ServerCalls calls;
    private final Executor owner;
    private final Listener<A> listener;

    Relay(ServerCalls calls, Executor owner, Listener<A> listener) {
      this.calls = calls;
      this.owner = owner;
      this.listener = listener;
    }

    @Override
    public void onMessage(A message) {
      owner.execute(() -> {
        if (!ended) {
          listener.heard(message);
        }
      });
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      Throwable reason = Failures.of(status.asRuntimeException(trailers));
      calls.forgetRefusedToken(reason);
      owner.execute(() -> {
        ended = true;
        if (status.isOk()) {
          listener.completed();
        } else {
          listener.failed(reason);
        }
      });
    }
  }
}
