package io.karst.audit.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.karst.audit.AuditReport;
import io.karst.audit.Finding;
import io.karst.audit.ReportSink;
import io.karst.audit.Row;
import java.io.PrintWriter;

/**
 * Prints an audit as JSON, one object a line; {@code type} is {@code entry}, {@code finding} or, in
 * the last line, {@code summary}.
 */
public final class JsonLinesReport implements ReportSink {

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final PrintWriter out;

  /** The writer is flushed at the end and never closed. */
  public JsonLinesReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void row(Row row) {
    JsonObject line = line("entry");
    line.addProperty("offset", row.offset());
    line.addProperty("at", Times.text(row.at()));
    line.addProperty("epoch", row.epoch());
    line.addProperty("kind", row.kindName());
    line.addProperty("who", row.who());
    line.addProperty("what", row.what());
    print(line);
  }

  @Override
  public void finding(Finding finding) {
    JsonObject line = line("finding");
    line.addProperty("offset", finding.offset());
    line.addProperty("code", finding.code().name());
    line.addProperty("sentence", finding.sentence());
    print(line);
  }

  @Override
  public void end(AuditReport report) {
    JsonObject line = line("summary");
    line.addProperty("group", report.group().value());
    line.addProperty("entries", report.head().size());
    line.addProperty("records", report.records());
    line.addProperty("root", report.head().root().toHex());
    line.addProperty("complete", report.complete());
    line.addProperty("findings", report.findingCount());
    line.addProperty("sound", report.sound());
    print(line);
    out.flush();
  }

  private static JsonObject line(String type) {
    var line = new JsonObject();
    line.addProperty("type", type);
    return line;
  }

  private void print(JsonObject line) {
    out.print(gson.toJson(line));
    out.print('\n');
  }
}
