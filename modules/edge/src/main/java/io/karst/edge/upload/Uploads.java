package io.karst.edge.upload;

import com.google.protobuf.Message;
import io.grpc.ServerCallHandler;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Arrival;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Unary;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.CommitPart;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CreateGroupPart;
import io.karst.wire.v1.CreateGroupRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The uploads that are under way on this node.
 *
 * <p>Thread-safe. What an upload has brought is in memory alone: one that breaks off leaves
 * nothing.
 */
public final class Uploads {

  /** Of this node: they hold 1 MiB each at most. */
  static final int UPLOADS_MAX = 64;

  /** Of one member: a commit, and what its broken connection left for some seconds. */
  static final int MEMBER_MAX = 4;

  /** From the first byte to the last; a slow line brings 1 MiB in that time. */
  static final Duration TIME_MAX = Duration.ofSeconds(30);

  private final Timer timer;
  private final Failures failures;
  private final Map<MemberId, Integer> open = new HashMap<>();
  private int total;

  public Uploads(Timer timer, Failures failures) {
    this.timer = timer;
    this.failures = failures;
  }

  /** A commit in parts, answered as if it had come in one. */
  public <R> ServerCallHandler<Arrival<CommitPart>, R> commits(Unary<CommitRequest, R> whole) {
    return handler(SealedKeyParts::commit, whole);
  }

  /** A creation in parts, answered as if it had come in one. */
  public <R> ServerCallHandler<Arrival<CreateGroupPart>, R> creations(
      Unary<CreateGroupRequest, R> whole) {
    return handler(SealedKeyParts::creation, whole);
  }

  private <P extends Message, Q, R> ServerCallHandler<Arrival<P>, R> handler(
      UploadHandler.Begin<P, Q> parts, Unary<Q, R> whole) {
    return new UploadHandler<>(this, parts, whole);
  }

  Timer timer() {
    return timer;
  }

  Failures failures() {
    return failures;
  }

  /** Takes a place; throws {@code OVERLOADED} when there is none. */
  synchronized void enter(MemberId member) {
    if (total >= UPLOADS_MAX || open.getOrDefault(member, 0) >= MEMBER_MAX) {
      throw new RefusedException(Reason.OVERLOADED);
    }
    total++;
    open.merge(member, 1, Integer::sum);
  }

  /** Gives a place back. */
  synchronized void leave(MemberId member) {
    total--;
    open.computeIfPresent(member, (id, count) -> count > 1 ? count - 1 : null);
  }
}
