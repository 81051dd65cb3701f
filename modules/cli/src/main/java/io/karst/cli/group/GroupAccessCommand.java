package io.karst.cli.group;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.Output;
import io.karst.cli.output.Table;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.EpochAccess;
import io.karst.client.api.GroupChannel;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where a member's keys of epochs are. */
@Command(
    name = "access",
    description = {
      "Shows which of a member's devices were in the rosters of epochs, and where the keys are",
      "that were sealed to them. About other members admins alone may ask."
    },
    footer = {
      "",
      "At most 100 epochs are shown.",
      "",
      "Examples:",
      "  karst group access caves",
      "  karst group access caves bob --from-epoch 3 --to-epoch 5"
    })
public final class GroupAccessCommand extends GroupAction {

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MEMBER",
      description = "The member; else you.")
  private Optional<String> member = Optional.empty();

  @Option(names = "--from-epoch", paramLabel = "N", description = "The first epoch; 1 by default.")
  private long fromEpoch = 1;

  @Option(
      names = "--to-epoch",
      paramLabel = "N",
      description = "The last epoch; else the current one.")
  private long toEpoch;

  public GroupAccessCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    if (fromEpoch < 1 || toEpoch < 0) {
      throw CommandFailure.usage("epochs are 1, 2, 3 and so on");
    }
    MemberId asked =
        member.map(UserText::member).orElse(session.device().address().member());
    List<EpochAccess> epochs = session.await(channel.epochAccess(asked, fromEpoch, toEpoch));
    if (output().json()) {
      epochs.forEach(epoch -> printJson(channel, asked, epoch));
    } else {
      print(epochs);
    }
  }

  private void print(List<EpochAccess> epochs) {
    var table = new Table("EPOCH", "DEVICE", "IN ROSTER", "KEY", "REVOKED");
    for (EpochAccess epoch : epochs) {
      for (EpochAccess.DeviceAccess device : epoch.devices()) {
        table.add(
            Long.toString(epoch.epoch()),
            device.device().value(),
            device.inRoster() ? "yes" : "no",
            UserText.of(device.key()),
            device.revoked() ? "yes" : "no");
      }
    }
    table.print(output().out());
  }

  private void printJson(GroupChannel channel, MemberId asked, EpochAccess epoch) {
    for (EpochAccess.DeviceAccess device : epoch.devices()) {
      output().out().println(output().jsonLine(json -> {
        json.addProperty("group", channel.id().value());
        json.addProperty("epoch", epoch.epoch());
        json.addProperty("member", asked.value());
        json.addProperty("device", device.device().value());
        json.addProperty("inRoster", device.inRoster());
        json.addProperty("key", device.key().name());
        json.addProperty("revoked", device.revoked());
      }));
    }
  }
}
