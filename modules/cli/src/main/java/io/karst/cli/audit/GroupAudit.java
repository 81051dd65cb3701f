package io.karst.cli.audit;

import io.karst.audit.AuditReplay;
import io.karst.audit.AuditReport;
import io.karst.audit.ReportSink;
import io.karst.client.api.AuditClient;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Reads a group's journal from the server and replays it while it arrives.
 *
 * @param patience longest wait for a record
 */
public record GroupAudit(Duration patience) {

  /** The sink is made once the server has answered, so that a refusal is a line and not a table. */
  public AuditReport replay(AuditClient reader, GroupId group, Supplier<ReportSink> sink) {
    var records = new StoredRecords(patience);
    reader.replay(group).subscribe(records);
    records.begin();
    return new AuditReplay(group, sink.get()).run(records);
  }
}
