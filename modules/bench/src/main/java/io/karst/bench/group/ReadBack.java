package io.karst.bench.group;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.Pong;
import io.karst.wire.v1.SubscribeGroup;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole log through the API, as a device does that begins at its beginning: every offset
 * must be there once, and every envelope that was acknowledged at the place that was acknowledged.
 * Callbacks come one at a time.
 */
final class ReadBack implements ClientResponseObserver<SubscribeRequest, SubscribeResponse> {

  /** Ample for some millions of entries on a slow machine. */
  private static final int READ_MINUTES_MAX = 10;

  private final GroupId group;
  private final Map<ByteString, PlaceSum> found = new HashMap<>();
  private final CompletableFuture<Void> read = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<SubscribeRequest> requests;
  private long next;

  private ReadBack(GroupId group) {
    this.group = group;
  }

  /**
   * Compares a log with what its sessions were told.
   *
   * @return how many envelopes are in the log
   */
  static long compare(Device reader, GroupId group, List<Session> sessions)
      throws LoadFailure, InterruptedException {
    var log = new ReadBack(group);
    log.read(reader);
    for (Session session : sessions) {
      PlaceSum there = log.found.getOrDefault(session.id(), new PlaceSum());
      if (!there.agreesWith(session.acknowledged())) {
        throw new LoadFailure(
            Kind.LOST,
            "group %s: %d envelopes of a session were acknowledged, %d are in its log, or elsewhere"
                .formatted(group, session.acknowledged().count(), there.count()));
      }
    }
    return log.found.values().stream().mapToLong(PlaceSum::count).sum();
  }

  private void read(Device reader) throws LoadFailure, InterruptedException {
    var stream = reader.delivery().subscribe(this);
    stream.onNext(SubscribeRequest.newBuilder()
        .setGroup(SubscribeGroup.newBuilder().setGroupId(group.value()).setBeginning(true))
        .build());
    try {
      read.get(READ_MINUTES_MAX, TimeUnit.MINUTES);
      stream.onCompleted();
    } catch (TimeoutException e) {
      throw new LoadFailure(Kind.UNREACHABLE, "cannot read group " + group + " in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LoadFailure failure
          ? failure
          : Answers.failure("cannot read group " + group, e);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubscribeRequest> stream) {
    requests = stream;
  }

  @Override
  public void onNext(SubscribeResponse response) {
    switch (response.getResponseCase()) {
      case ENTRIES -> response.getEntries().getEntriesList().forEach(this::take);
      case CAUGHT_UP -> caughtUp(response.getCaughtUp().getCursor().getHead().getSize());
      case ENDED ->
        fail(Kind.REFUSED, "cannot be read: " + response.getEnded().getRefusal().getReason());
      case PING -> pong(response.getPing().getNonce());
      case STARTED, INBOX_ITEMS, RESPONSE_NOT_SET -> {
        // Says nothing of the log.
      }
    }
  }

  @Override
  public void onError(Throwable thrown) {
    read.completeExceptionally(thrown);
  }

  @Override
  public void onCompleted() {
    fail(Kind.REFUSED, "cannot be read to its end");
  }

  private void take(LogEntry entry) {
    if (entry.getOffset() != next) {
      fail(Kind.LOST, "has offset " + entry.getOffset() + " where " + next + " belongs");
    }
    next = entry.getOffset() + 1;
    if (entry.hasEnvelope()) {
      found
          .computeIfAbsent(entry.getEnvelope().getSessionId(), id -> new PlaceSum())
          .add(entry.getEnvelope().getMessageIndex(), entry.getOffset());
    }
  }

  private void caughtUp(long size) {
    if (size != next) {
      fail(Kind.LOST, "has " + size + " entries and shows " + next);
    }
    read.complete(null);
  }

  private void fail(Kind kind, String what) {
    read.completeExceptionally(new LoadFailure(kind, "group " + group + " " + what));
  }

  private void pong(long nonce) {
    if (requests != null) {
      requests.onNext(SubscribeRequest.newBuilder()
          .setPong(Pong.newBuilder().setNonce(nonce))
          .build());
    }
  }
}
