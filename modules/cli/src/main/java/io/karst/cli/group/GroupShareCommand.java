package io.karst.cli.group;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.domain.id.DeviceAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a device of the group the keys of past epochs. */
@Command(
    name = "share-history",
    description = {
      "Gives a device of the group the keys of past epochs, as far as the policy allows it.",
      "The group's log shows it. What the device then reads is vouched for by you."
    },
    footer = {
      "",
      "Examples:",
      "  karst group share-history caves carol/cli",
      "  karst group share-history caves carol/cli --from-epoch 3"
    })
public final class GroupShareCommand extends GroupAction {

  @Parameters(index = "1", paramLabel = "MEMBER/DEVICE", description = "The device.")
  private String device = "";

  @Option(
      names = "--from-epoch",
      paramLabel = "N",
      description = "The first epoch of which it gets the keys; 1 by default.")
  private long fromEpoch = 1;

  public GroupShareCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    DeviceAddress to = UserText.address(device);
    if (fromEpoch < 1) {
      throw CommandFailure.usage("epochs are 1, 2, 3 and so on");
    }
    session.await(channel.shareHistory(to, fromEpoch));
    output()
        .result(
            "gave " + to + " the keys that this device has from epoch " + fromEpoch + " on",
            json -> {
              json.addProperty("group", channel.id().value());
              json.addProperty("to", to.toString());
              json.addProperty("fromEpoch", fromEpoch);
            });
  }
}
