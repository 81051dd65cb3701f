package io.karst.client.live;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/** One call on a {@link Road}. Thread-safe. */
final class RoadCall extends ServerCall.Listener<byte[]> {

  private final Road road;
  private final String method;
  private final ServerCall<byte[], byte[]> in;
  private final ClientCall<byte[], byte[]> out;
  private CompletableFuture<Void> forth;
  private Road.Loss loss = Road.Loss.NONE;
  private boolean ended;

  RoadCall(Road road, ServerCall<byte[], byte[]> in, ClientCall<byte[], byte[]> out) {
    this.road = road;
    this.method = in.getMethodDescriptor().getFullMethodName();
    this.in = in;
    this.out = out;
    this.forth = road.barrier(method);
  }

  RoadCall start(Metadata headers) {
    out.start(new Back(), headers);
    in.request(1);
    out.request(1);
    return this;
  }

  /** Ends it towards both sides. */
  synchronized void end(Status status) {
    out.cancel("the line broke", null);
    close(status, new Metadata());
  }

  @Override
  public void onMessage(byte[] message) {
    byte[] asked = road.asked(method, message);
    onward(() -> {
      out.sendMessage(asked);
      in.request(1);
    });
  }

  @Override
  public void onHalfClose() {
    onward(out::halfClose);
  }

  @Override
  public void onCancel() {
    out.cancel("the caller went away", null);
    road.arrived(this);
  }

  private synchronized void onward(Runnable step) {
    forth = forth.thenRun(() -> {
      synchronized (this) {
        if (!ended) {
          step.run();
        }
      }
    });
  }

  private synchronized void close(Status status, Metadata trailers) {
    if (!ended) {
      ended = true;
      road.arrived(this);
      in.close(status, trailers);
    }
  }

  /** What the server says. */
  private final class Back extends ClientCall.Listener<byte[]> {

    @Override
    public void onHeaders(Metadata headers) {
      synchronized (RoadCall.this) {
        loss = road.loss(method);
        if (!ended && loss == Road.Loss.NONE) {
          in.sendHeaders(headers);
        }
      }
    }

    @Override
    public void onMessage(byte[] message) {
      synchronized (RoadCall.this) {
        if (!ended && loss == Road.Loss.NONE) {
          in.sendMessage(road.told(method, message));
          out.request(1);
        }
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      switch (loss) {
        case NONE -> close(status, trailers);
        case BROKEN -> close(Status.UNAVAILABLE, new Metadata());
        case SILENT -> {}
      }
    }
  }
}
