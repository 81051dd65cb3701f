package io.karst.cli.audit;

import io.karst.cli.CommandFailure;
import io.karst.cli.access.ExplanationForm;
import io.karst.cli.output.Output;
import io.karst.cli.session.Locations;
import io.karst.cli.session.UserText;
import io.karst.client.api.Explanation;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says to an auditor why a device cannot read a message. */
@Command(
    name = "explain",
    description = "Says why any member's device cannot read a message, and what helps.",
    footer = {
      "",
      "The server answers from the group's log and the device's inbox.",
      "",
      "Examples:",
      "  karst audit explain caves --offset 17 --device bob/phone"
    })
public final class AuditExplainCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "GROUP", description = "A group's id, or your name for it.")
  private String group = "";

  @Option(
      names = "--offset",
      paramLabel = "N",
      required = true,
      description = "The message's place in the group's log.")
  private long offset;

  @Option(
      names = "--device",
      paramLabel = "MEMBER/DEVICE",
      required = true,
      description = "The device that cannot read it.")
  private String reader = "";

  @Mixin
  private AuditorOptions auditor = new AuditorOptions();

  private final Locations locations;
  private final AuditorDevice device;
  private final Output output;

  public AuditExplainCommand(Locations locations, AuditorDevice device, Output output) {
    this.locations = locations;
    this.device = device;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (offset < 0) {
      throw CommandFailure.usage("offsets are 0, 1, 2 and so on");
    }
    DeviceAddress asked = UserText.address(reader);
    GroupId id = new NamedGroup(locations).find(group);
    Explanation explanation =
        device.read(auditor, (client, waiting) -> waiting.until(client.explain(id, offset, asked)));
    new ExplanationForm(id, offset, asked).print(explanation, output);
    return 0;
  }
}
