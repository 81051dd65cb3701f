package io.karst.edge.epoch;

import io.karst.actors.group.GroupView;
import io.karst.actors.journal.GroupJournal;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;

/** Epochs that were asked for; {@code to} 0 means the current one. */
public record EpochSpan(long from, long to) {

  /** Reads the fields {@code from_epoch} and {@code to_epoch}. */
  public static EpochSpan of(long from, long to) {
    Fields.atLeast(1, "from_epoch", from);
    if (to != 0 && to < from) {
      throw Refusal.ofField(Reason.FIELD_INVALID, "to_epoch").toException();
    }
    return new EpochSpan(from, to);
  }

  /** The last epoch, which the group must have reached. */
  public long endIn(GroupView view) {
    long end = to == 0 ? view.epoch() : to;
    if (from > view.epoch() || end > view.epoch()) {
      throw Refusal.ofField(Reason.EPOCH_UNKNOWN, from > view.epoch() ? "from_epoch" : "to_epoch")
          .toException();
    }
    return end;
  }

  /** As many of the epochs as fit into one answer; the group must have reached all of them. */
  public EpochRange in(GroupView view) {
    return new EpochRange(from, Math.min(endIn(view), from + GroupJournal.EPOCHS_MAX - 1));
  }
}
