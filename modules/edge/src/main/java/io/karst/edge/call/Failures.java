package io.karst.edge.call;

import io.grpc.StatusRuntimeException;
import io.karst.actors.journal.JournalUnreadable;
import io.karst.actors.member.MembersUnavailable;
import io.karst.domain.id.InvalidId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.edge.status.Statuses;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever went wrong into a refusal.
 *
 * <p>The text of an exception is never sent: what nobody foresaw is logged under a request id, and
 * the id is sent. Thread-safe.
 */
public final class Failures {

  /** Name of the fact that finds a failure in the server's log. */
  public static final String REQUEST_ID = "request_id";

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final RequestIds requestIds;

  public Failures(RequestIds requestIds) {
    this.requestIds = requestIds;
  }

  /** The status that ends a call which failed like this. */
  public StatusRuntimeException status(Throwable failure) {
    return Statuses.exception(refusal(failure));
  }

  public Refusal refusal(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof RefusedException refused) {
      return refused.refusal();
    }
    if (cause instanceof InvalidId invalid) {
      return Refusal.of(invalid.reason());
    }
    if (cause instanceof JournalUnreadable unreadable) {
      return Refusal.of(unreadable.reason());
    }
    if (cause instanceof TimeoutException || cause instanceof MembersUnavailable) {
      // Whoever was asked may still do it: callers retry, and every command tolerates that.
      return Refusal.of(Reason.UNAVAILABLE);
    }
    String id = requestIds.next();
    LOG.error("request {} failed", id, cause);
    return new Refusal(Reason.INTERNAL, Map.of(REQUEST_ID, id), List.of());
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? cause : failure;
  }
}
