package io.karst.edge.delivery;

import io.karst.actors.group.GroupView;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.epoch.EpochStart;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.FetchRangeRequest;
import io.karst.wire.v1.FetchRangeResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds envelopes of a session by their indices.
 *
 * <p>The epoch's first row is found by bisection, and the rows after it are read in order: no index
 * is kept. Thread-safe.
 */
public final class RangeMethods {

  /** Bytes read from the journal at a time. */
  private static final int PART_BYTES = 256 << 10;

  /** Parts that one call reads: 1 MiB, as much as a call may send. */
  private static final int PARTS_MAX = 4;

  private final GroupJournal journal;
  private final EpochRecords epochs;

  public RangeMethods(GroupJournal journal, EpochRecords epochs) {
    this.journal = journal;
    this.epochs = epochs;
  }

  /** Envelopes of the range that the caller may read, as in the log's history. */
  public CompletionStage<FetchRangeResponse> fetch(Principal principal, FetchRangeRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    RangeSearch.Wanted wanted = wanted(request);
    long fromOffset = Fields.natural("from_offset", request.getFromOffset());
    return epochs.view(group, principal.address()).thenCompose(view -> {
      requireReached(view, wanted.epoch(), fromOffset);
      return epochs
          .start(group, wanted.epoch())
          .thenCompose(start -> mayRead(view, start, principal.address().member())
              ? search(view, wanted, Math.max(fromOffset, start.offset()))
              : CompletableFuture.completedStage(FetchRangeResponse.getDefaultInstance()));
    });
  }

  private static RangeSearch.Wanted wanted(FetchRangeRequest request) {
    long epoch = Fields.atLeast(1, "epoch", request.getEpoch());
    var session = Fields.exactly(Fields.HASH_LENGTH, "session_id", request.getSessionId());
    long from = index("from_index", request.getFromIndex());
    long to = index("to_index", request.getToIndex());
    if (to < from) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "to_index").toException();
    }
    return new RangeSearch.Wanted(epoch, session, from, to);
  }

  private static long index(String field, long value) {
    if (value < 0 || value > Envelope.MESSAGE_INDEX_MAX) {
      throw Refusal.ofField(Reason.FIELD_INVALID, field).toException();
    }
    return value;
  }

  private static void requireReached(GroupView view, long epoch, long fromOffset) {
    if (epoch > view.epoch()) {
      throw Refusal.ofField(Reason.EPOCH_UNKNOWN, "epoch").toException();
    }
    if (fromOffset > view.head().size()) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "from_offset").toException();
    }
  }

  /**
   * What was said in an epoch is for the members of its roster, and for whom it was shared with.
   */
  private static boolean mayRead(GroupView view, EpochStart start, MemberId member) {
    return start.members().contains(member)
        || start.number() >= view.readsFrom().getOrDefault(member, Visibility.NOTHING);
  }

  private CompletionStage<FetchRangeResponse> search(
      GroupView view, RangeSearch.Wanted wanted, long from) {
    return part(view, new RangeSearch(wanted, from), PARTS_MAX);
  }

  private CompletionStage<FetchRangeResponse> part(
      GroupView view, RangeSearch search, int partsLeft) {
    if (partsLeft == 0 || search.isDone() || search.next() >= view.head().size()) {
      return CompletableFuture.completedStage(search.response(view.head().size()));
    }
    return journal.readFrom(view.group(), search.next(), PART_BYTES).thenCompose(records -> {
      requireAny(records);
      records.forEach(search::pass);
      return part(view, search, partsLeft - 1);
    });
  }

  /** The group said that its log is longer. */
  private static void requireAny(List<StoredRecord> records) {
    if (records.isEmpty()) {
      throw new RefusedException(Reason.UNAVAILABLE);
    }
  }
}
