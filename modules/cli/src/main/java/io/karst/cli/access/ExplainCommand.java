package io.karst.cli.access;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.Output;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.OwnerChannel;
import io.karst.domain.id.DeviceAddress;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says why a device cannot read a message. */
@Command(
    name = "explain",
    description = "Says why a device cannot read a message, and what helps.",
    footer = {
      "",
      "The server answers from the group's log and the device's inbox. About the devices of other",
      "members admins alone may ask. --own names what your own devices say to each other.",
      "",
      "Examples:",
      "  karst explain --group caves --offset 17",
      "  karst explain --group caves --offset 17 --device tablet",
      "  karst explain --group caves --offset 17 --device bob/phone --json",
      "  karst explain --own --offset 3 --device tablet"
    })
public final class ExplainCommand implements Callable<Integer> {

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description =
          "Your name for the group, its id, or the beginning of its id;" + " else the only one.")
  private Optional<String> group = Optional.empty();

  @Option(names = "--own", description = "A message of your own devices, and of no group.")
  private boolean own;

  @Option(
      names = "--offset",
      paramLabel = "N",
      required = true,
      description = "The message's place in the group's log, as `listen --json` prints it.")
  private long offset;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "DEVICE of yours, or MEMBER/DEVICE; else the one that asks.")
  private Optional<String> device = Optional.empty();

  private final Sessions sessions;
  private final Output output;

  public ExplainCommand(Sessions sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (offset < 0) {
      throw CommandFailure.usage("offsets are 0, 1, 2 and so on");
    }
    if (own && group.isPresent()) {
      throw CommandFailure.usage("--own and --group name two logs: give one");
    }
    try (Session session = sessions.open()) {
      DeviceAddress asking = session.device().address();
      DeviceAddress reader = device.map(text -> named(text, asking)).orElse(asking);
      if (own) {
        ownMessage(session, reader);
      } else {
        GroupChannel channel = session.group(group);
        new ExplanationForm(channel.id(), offset, reader)
            .print(session.await(channel.explain(offset, reader)), output);
      }
    }
    return 0;
  }

  private void ownMessage(Session session, DeviceAddress reader) throws IOException {
    if (!reader.member().equals(session.device().address().member())) {
      throw CommandFailure.usage(reader + " is no device of yours");
    }
    OwnerChannel channel = session.device().ownMessages();
    new ExplanationForm(channel.id(), offset, reader)
        .print(session.await(channel.explain(offset, reader.device())), output);
  }

  private static DeviceAddress named(String text, DeviceAddress own) {
    return text.indexOf('/') < 0
        ? new DeviceAddress(own.member(), UserText.device(text))
        : UserText.address(text);
  }
}
