package io.karst.audit;

/** Takes an audit row by row, so that a log of any length needs little memory. */
public interface ReportSink {

  /** One entry, in order. */
  void row(Row row);

  /** Something wrong, after the rows of the record that it was found in. */
  void finding(Finding finding);

  /** The end: nothing follows. */
  void end(AuditReport report);
}
