package io.karst.audit;

import io.karst.journal.log.StoredRecord;

/**
 * Takes an audit row by row, so that a log of any length needs little memory. What it does not take
 * is passed over.
 */
public interface ReportSink {

  /** One entry, in order. */
  default void row(Row row) {}

  /** One record that fits the log, after its rows. */
  default void passed(StoredRecord record) {}

  /** Something wrong, after the rows of the record that it was found in. */
  default void finding(Finding finding) {}

  /** The end: nothing follows. */
  default void end(AuditReport report) {}
}
