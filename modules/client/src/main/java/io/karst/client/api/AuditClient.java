package io.karst.client.api;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Reads journals with an auditor's device. Holds no key of any group and sends nothing. */
public interface AuditClient extends AutoCloseable {

  DeviceAddress address();

  /**
   * A group's journal as it is stored, from its first record to its last at the time of the call.
   * Each subscription is one reading; it is backpressured and ends with
   * {@code onError(KarstException)} when the server cannot go on.
   */
  Flow.Publisher<JournalRecord> replay(GroupId group);

  /** Asks the server why a device cannot read the message at an offset of a group's log. */
  CompletableFuture<Explanation> explain(GroupId group, long offset, DeviceAddress device);

  @Override
  void close();

  /**
   * One record of the journal.
   *
   * @param sequenceNumber 1, 2, 3 and so on
   * @param record the stored bytes: a {@code karst.journal.v1.GroupRecord}
   */
  record JournalRecord(long sequenceNumber, Bytes record) {}
}
