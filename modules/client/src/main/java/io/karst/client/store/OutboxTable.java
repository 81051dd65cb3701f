package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.GroupId;
import java.util.List;

/** Messages whose receipt has not come yet, in the order of sending. */
public interface OutboxTable {

  /**
   * More waiting in one group means that the server is away for long: the application should know.
   */
  int WAITING_MAX = 1_024;

  int waiting(GroupId group);

  /** The first {@code limit} rows. */
  List<OutboxRow> first(GroupId group, int limit);

  void add(GroupId group, Envelope envelope, Bytes content);

  /** Replaces the envelope of a row. */
  void replace(GroupId group, OutboxRow row);

  void remove(GroupId group, long position);

  /** Removes all. */
  void clear(GroupId group);
}
