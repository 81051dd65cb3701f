package io.karst.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.audit.AuditReport;
import io.karst.audit.Finding;
import io.karst.audit.FindingCode;
import io.karst.audit.ReportSink;
import io.karst.audit.Row;
import io.karst.domain.id.GroupId;
import io.karst.proof.entry.EntryKind;
import io.karst.proof.merkle.Head;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private static final Row ROW = new Row(
      7,
      Instant.ofEpochMilli(1_700_000_000_000L),
      2,
      EntryKind.MEMBER_ADDED,
      "ada/laptop",
      "adds bo as member");
  private static final Finding FINDING =
      new Finding(7, FindingCode.ROOT_MISMATCH, "It says \"no\" <here>.");
  private static final AuditReport UNSOUND = new AuditReport(
      new GroupId("00112233445566778899aabbccddeeff"), Head.EMPTY, 3, false, 1, List.of(FINDING));
  private static final AuditReport SOUND =
      new AuditReport(UNSOUND.group(), Head.EMPTY, 3, true, 0, List.of());

  @Test
  void theTableHasFixedColumns() {
    List<String> lines = print(TableReport::new, UNSOUND).lines().toList();
    assertThat(lines.get(0))
        .isEqualTo("    OFFSET  TIME                       EPOCH  KIND                  WHO       "
            + "                    WHAT");
    assertThat(lines.get(1))
        .isEqualTo("         7  2023-11-14T22:13:20.000Z       2  member-added          ada/laptop"
            + "                    adds bo as member");
    assertThat(lines.get(2)).isEqualTo("         7  ! ROOT_MISMATCH: It says \"no\" <here>.");
  }

  @Test
  void theTableEndsWithAVerdict() {
    assertThat(print(TableReport::new, UNSOUND))
        .contains("0 entries in 3 records, root e3b0c442")
        .contains("Not sound, findings: 1. The replay ended there");
    assertThat(print(TableReport::new, SOUND)).contains("Sound: every record follows");
  }

  @Test
  void jsonLinesCarryTheSame() {
    List<JsonObject> lines = print(JsonLinesReport::new, UNSOUND)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .hasToString(
            "{\"type\":\"entry\",\"offset\":7,\"at\":\"2023-11-14T22:13:20.000Z\",\"epoch\":2,"
                + "\"kind\":\"member-added\",\"who\":\"ada/laptop\","
                + "\"what\":\"adds bo as member\"}");
    assertThat(lines.get(1).get("code").getAsString()).isEqualTo("ROOT_MISMATCH");
    assertThat(lines.get(1).get("sentence").getAsString()).isEqualTo(FINDING.sentence());
    assertThat(lines.get(2).get("type").getAsString()).isEqualTo("summary");
    assertThat(lines.get(2).get("sound").getAsBoolean()).isFalse();
    assertThat(lines.get(2).get("findings").getAsLong()).isEqualTo(1);
  }

  private static String print(Function<PrintWriter, ReportSink> report, AuditReport end) {
    var text = new StringWriter();
    ReportSink sink = report.apply(new PrintWriter(text));
    sink.row(ROW);
    sink.finding(FINDING);
    sink.end(end);
    return text.toString();
  }
}
