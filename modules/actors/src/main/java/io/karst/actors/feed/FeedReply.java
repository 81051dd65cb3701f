package io.karst.actors.feed;

import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Head;
import java.util.List;

/**
 * The one answer to a demand for what comes next. Feed and reader are on the same node: it never
 * travels.
 */
public sealed interface FeedReply {

  GroupId group();

  <R> R match(Cases<R> cases);

  /** The next records, without gap; the first holds the demanded offset. */
  record Records(GroupId group, List<StoredRecord> records) implements FeedReply {
    public Records {
      records = List.copyOf(records);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.records(this);
    }
  }

  /**
   * The feed does not have the demanded offset any more: read the journal up to {@code head} at
   * least, then demand again.
   *
   * @param oldestOffset the oldest entry that the feed could answer with
   */
  record Behind(GroupId group, long oldestOffset, Head head) implements FeedReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.behind(this);
    }
  }

  /** Too many readers. */
  record Refused(GroupId group, Reason reason) implements FeedReply {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per answer. */
  interface Cases<R> {
    R records(Records reply);

    R behind(Behind reply);

    R refused(Refused reply);
  }
}
