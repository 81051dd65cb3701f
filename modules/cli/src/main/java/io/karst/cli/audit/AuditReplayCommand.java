package io.karst.cli.audit;

import io.karst.audit.AuditReport;
import io.karst.audit.ReportSink;
import io.karst.audit.report.JsonLinesReport;
import io.karst.audit.report.TableReport;
import io.karst.cli.ExitCode;
import io.karst.cli.output.Output;
import io.karst.cli.session.Locations;
import io.karst.domain.id.GroupId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Replays a group's log through the rules that wrote it, and prints every entry and every finding.
 */
@Command(
    name = "replay",
    description = "Replays a group's log through the rules, without a key, and prints findings.",
    footer = {
      "",
      "GROUP is an id, or any of your profiles' names for a group. An auditor's device is",
      "registered by the auditor token when there is none yet. Exit code 3: there are findings.",
      "",
      "Examples:",
      "  karst audit replay caves",
      "  karst audit replay 3f2a0c1b5d6e7f808192a3b4c5d6e7f8 --json"
    })
public final class AuditReplayCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "GROUP", description = "A group's id, or your name for it.")
  private String group = "";

  @Mixin
  private AuditorOptions auditor = new AuditorOptions();

  private final Locations locations;
  private final AuditorDevice device;
  private final Output output;

  public AuditReplayCommand(Locations locations, AuditorDevice device, Output output) {
    this.locations = locations;
    this.device = device;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    GroupId id = new NamedGroup(locations).find(group);
    AuditReport report = device.read(
        auditor,
        (reader, waiting) -> new GroupAudit(waiting.timeout()).replay(reader, id, this::sink));
    return (report.sound() ? ExitCode.OK : ExitCode.FINDINGS).number();
  }

  private ReportSink sink() {
    var writer = new PrintWriter(output.out(), false, StandardCharsets.UTF_8);
    return output.json() ? new JsonLinesReport(writer) : new TableReport(writer);
  }
}
