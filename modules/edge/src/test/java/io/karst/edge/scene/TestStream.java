package io.karst.edge.scene;

import io.grpc.stub.ClientCallStreamObserver;
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
import java.util.function.Predicate;

/** A delivery stream whose client reads when it is told to. */
public final class TestStream implements AutoCloseable {

  private final Heard<SubscribeRequest, SubscribeResponse> heard;
  private final ClientCallStreamObserver<SubscribeRequest> requests;

  TestStream(DeliveryServiceGrpc.DeliveryServiceStub stub) {
    this(stub, true);
  }

  private TestStream(DeliveryServiceGrpc.DeliveryServiceStub stub, boolean reading) {
    heard = new Heard<>(reading);
    requests = (ClientCallStreamObserver<SubscribeRequest>) stub.subscribe(heard);
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
    Object next = heard.next();
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
    Object next = heard.next();
    while (!(next instanceof Throwable)) {
      next = heard.next();
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
}
