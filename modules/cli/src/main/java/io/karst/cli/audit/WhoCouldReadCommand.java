package io.karst.cli.audit;

import io.karst.audit.AuditReport;
import io.karst.audit.KeyHolders;
import io.karst.audit.KeyHolders.Holder;
import io.karst.cli.CommandFailure;
import io.karst.cli.ExitCode;
import io.karst.cli.output.Output;
import io.karst.cli.output.Table;
import io.karst.cli.session.Locations;
import io.karst.cli.session.UserText;
import io.karst.domain.id.GroupId;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the devices that got the key of what was said at a place of a group's log. */
@Command(
    name = "who-could-read",
    description = {
      "Lists the devices that got the key of the epoch in use at an offset or a time: those of its",
      "roster, and those that others gave it to later; in the log of a member's own devices, those",
      "to whom a message was sealed. Replays the whole log as audit replay does."
    },
    footer = {
      "",
      "The log says to whom a key was sealed; whether a device opened it, and kept it, it cannot",
      "say. Exit code 3: the log has findings, so that the list is not to be trusted.",
      "",
      "Examples:",
      "  karst audit who-could-read caves --offset 17",
      "  karst audit who-could-read caves --at 2026-01-31T12:00:00Z --json"
    })
public final class WhoCouldReadCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "GROUP", description = "A group's id, or your name for it.")
  private String group = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Place place = new Place();

  @Mixin
  private AuditorOptions auditor = new AuditorOptions();

  /** One of the two. */
  static final class Place {

    @Option(names = "--offset", paramLabel = "N", description = "A place in the group's log.")
    private @Nullable Long offset;

    @Option(
        names = "--at",
        paramLabel = "TIME",
        description = "A time as in RFC 3339, in UTC: 2026-01-31T12:00:00Z.")
    private @Nullable String at;

    KeyHolders holders() {
      if (offset != null && offset < 0) {
        throw CommandFailure.usage("offsets are 0, 1, 2 and so on");
      }
      return offset == null
          ? KeyHolders.ofTime(UserText.time(at == null ? "" : at))
          : KeyHolders.ofOffset(offset);
    }
  }

  private final Locations locations;
  private final AuditorDevice device;
  private final Output output;

  public WhoCouldReadCommand(Locations locations, AuditorDevice device, Output output) {
    this.locations = locations;
    this.device = device;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    KeyHolders holders = place.holders();
    GroupId id = new NamedGroup(locations).find(group);
    AuditReport report = device.read(
        auditor,
        (reader, waiting) -> new GroupAudit(waiting.timeout()).replay(reader, id, () -> holders));
    if (holders.holders().isEmpty()) {
      throw CommandFailure.usage("no epoch was in use there: see karst audit replay");
    }
    print(holders);
    if (!report.sound()) {
      throw CommandFailure.findings(
          "the log has findings, so that the list is not to be trusted: see karst audit replay");
    }
    return ExitCode.OK.number();
  }

  private void print(KeyHolders holders) {
    holders.epoch().ifPresent(epoch -> output.line("epoch " + epoch));
    holders.deviceListVersion().ifPresent(list -> output.line("device list " + list));
    var table = new Table("DEVICE", "WAY", "BY", "OFFSET", "AT");
    for (Holder holder : holders.holders()) {
      if (output.json()) {
        print(holders, holder);
      } else {
        table.add(
            holder.device().toString(),
            UserText.of(holder.way()),
            holder.by().toString(),
            Long.toString(holder.offset()),
            holder.at().toString());
      }
    }
    if (!output.json()) {
      table.print(output.out());
    }
  }

  private void print(KeyHolders holders, Holder holder) {
    output.result("", json -> {
      holders.epoch().ifPresent(epoch -> json.addProperty("epoch", epoch));
      holders.deviceListVersion().ifPresent(list -> json.addProperty("deviceList", list));
      json.addProperty("member", holder.device().member().value());
      json.addProperty("device", holder.device().device().value());
      json.addProperty("way", holder.way().name());
      json.addProperty("by", holder.by().toString());
      json.addProperty("offset", holder.offset());
      json.addProperty("at", holder.at().toString());
    });
  }
}
