package io.karst.edge.scene;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.Cursor;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.Entries;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SubscribeGroup;
import io.karst.wire.v1.SubscribeInbox;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A delivery stream whose client reads when it is told to. */
public final class TestStream implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final ClientCallStreamObserver<SubscribeRequest> requests;

  TestStream(DeliveryServiceGrpc.DeliveryServiceStub stub) {
    this(stub, true);
  }

  private TestStream(DeliveryServiceGrpc.DeliveryServiceStub stub, boolean reading) {
    var observer = new Observer(reading);
    requests = (ClientCallStreamObserver<SubscribeRequest>) stub.subscribe(observer);
  }

  /** A stream whose client takes nothing until {@link #read} says so. */
  public static TestStream stalled(DeliveryServiceGrpc.DeliveryServiceStub stub) {
    return new TestStream(stub, false);
  }

  public void say(SubscribeRequest request) {
    requests.onNext(request);
  }

  public void fromBeginning(GroupId group) {
    say(group(group).setBeginning(true));
  }

  public void fromEpoch(GroupId group, long epoch) {
    say(group(group).setEpoch(epoch));
  }

  public void after(GroupId group, Cursor cursor) {
    say(group(group).setCursor(cursor));
  }

  public void inbox() {
    say(SubscribeRequest.newBuilder()
        .setInbox(SubscribeInbox.getDefaultInstance())
        .build());
  }

  private static SubscribeGroup.Builder group(GroupId group) {
    return SubscribeGroup.newBuilder().setGroupId(group.value());
  }

  private void say(SubscribeGroup.Builder group) {
    say(SubscribeRequest.newBuilder().setGroup(group).build());
  }

  /** Takes so many messages more. */
  public void read(int messages) {
    requests.request(messages);
  }

  /** The next message, whatever it is; fails when the stream ends. */
  public SubscribeResponse next() {
    Object next = poll();
    if (next instanceof SubscribeResponse response) {
      return response;
    }
    throw new AssertionError("the stream ended: " + next);
  }

  /** The next message of this kind; others are skipped. */
  public SubscribeResponse next(Predicate<SubscribeResponse> kind) {
    SubscribeResponse message = next();
    while (!kind.test(message)) {
      message = next();
    }
    return message;
  }

  /** Why the stream ended. */
  public Throwable end() {
    Object next = poll();
    while (!(next instanceof Throwable)) {
      next = poll();
    }
    return (Throwable) next;
  }

  /** Entries up to this offset, included; of one subscription. */
  public List<LogEntry> entriesUpTo(long offset) {
    var entries = new ArrayList<LogEntry>();
    while (entries.isEmpty() || entries.get(entries.size() - 1).getOffset() < offset) {
      Entries more = next(SubscribeResponse::hasEntries).getEntries();
      entries.addAll(more.getEntriesList());
    }
    return entries;
  }

  /** Whether anything is waiting to be taken out. */
  public boolean isQuiet() {
    return heard.isEmpty();
  }

  @Override
  public void close() {
    requests.cancel("the test is over", null);
  }

  private Object poll() {
    try {
      Object next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private final class Observer
      implements ClientResponseObserver<SubscribeRequest, SubscribeResponse> {

    private final boolean reading;

    Observer(boolean reading) {
      this.reading = reading;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SubscribeRequest> call) {
      if (!reading) {
        call.disableAutoRequestWithInitial(0);
      }
    }

    @Override
    public void onNext(SubscribeResponse message) {
      heard.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure);
    }

    @Override
    public void onCompleted() {
      heard.add("completed");
    }
  }
}
