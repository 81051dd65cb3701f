package io.karst.audit.report;

import io.karst.audit.AuditReport;
import io.karst.audit.Finding;
import io.karst.audit.ReportSink;
import io.karst.audit.Row;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Prints an audit as a table of fixed columns, row by row. Findings stand under the rows they are
 * about.
 */
public final class TableReport implements ReportSink {

  private static final String ROW = "%10s  %-24s  %6s  %-20s  %-28s  %s%n";

  private final PrintWriter out;

  /** Prints the head of the table. The writer is flushed at the end and never closed. */
  public TableReport(PrintWriter out) {
    this.out = out;
    out.printf(Locale.ROOT, ROW, "OFFSET", "TIME", "EPOCH", "KIND", "WHO", "WHAT");
  }

  @Override
  public void row(Row row) {
    out.printf(
        Locale.ROOT,
        ROW,
        row.offset(),
        Times.text(row.at()),
        row.epoch(),
        row.kindName(),
        row.who(),
        row.what());
  }

  @Override
  public void finding(Finding finding) {
    out.printf(
        Locale.ROOT, "%10s  ! %s: %s%n", finding.offset(), finding.code(), finding.sentence());
  }

  @Override
  public void end(AuditReport report) {
    out.printf(
        Locale.ROOT,
        "%nGroup %s: %d entries in %d records, root %s%n",
        report.group(),
        report.head().size(),
        report.records(),
        report.head().root().toHex());
    out.println(verdict(report));
    out.flush();
  }

  private static String verdict(AuditReport report) {
    if (report.sound()) {
      return "Sound: every record follows from the ones before it, and every signature holds.";
    }
    String end = report.complete() ? "" : " The replay ended there: nothing behind was judged.";
    return "Not sound, findings: " + report.findingCount() + "." + end;
  }
}
