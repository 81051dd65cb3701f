package io.karst.edge.audit;

import io.karst.actors.journal.GroupJournal;
import io.karst.actors.journal.JournalRow;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.Fields;
import io.karst.edge.status.RefusedException;
import io.karst.edge.stream.Outlet;
import io.karst.edge.stream.StreamActor;
import io.karst.wire.v1.JournalRecord;
import io.karst.wire.v1.ReplayResponse;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Reads one journal from its first row to its last, page by page.
 *
 * <p>Invariant: the next page is read only while the transport takes what it was given, so one page
 * is held at most.
 */
final class ReplayActor extends StreamActor<ReplayMessage, ReplayResponse>
    implements ReplayMessage.Cases<Behavior<ReplayMessage>> {

  /** Bytes of a page, but for a single larger row; answers stay far below what clients take. */
  private static final int PAGE_BYTES_MAX = 512 << 10;

  private final GroupJournal journal;
  private final GroupId group;
  private long last;
  private boolean reading;

  private ReplayActor(
      ActorContext<ReplayMessage> context,
      Outlet<ReplayResponse> outlet,
      GroupJournal journal,
      GroupId group) {
    super(context, outlet);
    this.journal = journal;
    this.group = group;
    read();
  }

  static Behavior<ReplayMessage> create(
      Outlet<ReplayResponse> outlet, GroupJournal journal, GroupId group) {
    return Behaviors.setup(context -> new ReplayActor(context, outlet, journal, group));
  }

  @Override
  protected Behavior<ReplayMessage> handle(ReplayMessage message) {
    return message.match(this);
  }

  private void read() {
    reading = true;
    getContext()
        .pipeToSelf(
            journal.replay(group, last, PAGE_BYTES_MAX),
            (rows, failure) ->
                failure == null ? new ReplayMessage.Read(rows) : new ReplayMessage.Failed(failure));
  }

  @Override
  public Behavior<ReplayMessage> read(ReplayMessage.Read message) {
    reading = false;
    List<JournalRow> rows = message.rows();
    if (!rows.isEmpty()) {
      last = rows.get(rows.size() - 1).sequenceNumber();
      outlet().send(response(rows));
      return readOn();
    }
    if (last == 0) {
      outlet().fail(new RefusedException(Reason.GROUP_NOT_FOUND));
    } else {
      outlet().complete();
    }
    return this;
  }

  private Behavior<ReplayMessage> readOn() {
    if (!reading && outlet().isReady()) {
      read();
    }
    return this;
  }

  @Override
  public Behavior<ReplayMessage> failed(ReplayMessage.Failed message) {
    outlet().fail(message.failure());
    return this;
  }

  @Override
  public Behavior<ReplayMessage> signal(ReplayMessage.Signal signal) {
    return switch (signal) {
      case READY -> readOn();
      case GONE -> {
        outlet().abandon();
        yield this;
      }
      case DRAIN -> fail(Reason.UNAVAILABLE);
      case REVOKED -> fail(Reason.DEVICE_REVOKED);
    };
  }

  private Behavior<ReplayMessage> fail(Reason reason) {
    outlet().fail(new RefusedException(reason));
    return this;
  }

  private static ReplayResponse response(List<JournalRow> rows) {
    var response = ReplayResponse.newBuilder();
    for (JournalRow row : rows) {
      response.addRecords(JournalRecord.newBuilder()
          .setSequenceNumber(row.sequenceNumber())
          .setRecord(Fields.bytes(row.record())));
    }
    return response.build();
  }
}
