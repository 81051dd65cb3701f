package io.karst.audit;

import java.util.ArrayList;
import java.util.List;

/** Keeps everything that an audit tells. */
final class CollectedRows implements ReportSink {

  final List<Row> rows = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final List<AuditReport> ends = new ArrayList<>();

  @Override
  public void row(Row row) {
    rows.add(row);
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void end(AuditReport report) {
    ends.add(report);
  }
}
