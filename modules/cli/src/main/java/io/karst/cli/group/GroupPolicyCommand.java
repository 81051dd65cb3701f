package io.karst.cli.group;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.Output;
import io.karst.cli.output.PolicyForm;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.cli.session.UserText;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows or sets when a group has to rotate. */
@Command(
    name = "policy",
    description = {
      "Shows when a group has to rotate, or sets it, which needs the admin role.",
      "Durations are as in ISO 8601: PT30S, PT12H, P7D."
    },
    footer = {
      "",
      "Examples:",
      "  karst group policy caves",
      "  karst group policy caves --epoch-age P1D --messages 50",
      "  karst group policy caves --history whole"
    })
public final class GroupPolicyCommand extends GroupAction {

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      description = "How long messages of the epoch before are still taken: PT0S to PT10M.")
  private @Nullable Duration grace;

  @Option(
      names = "--epoch-age",
      paramLabel = "DURATION",
      description = "From this age on an epoch takes nothing more: PT1M to P366D.")
  private @Nullable Duration ageMax;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages of an epoch, times the members, after which a rotation is due:"
          + " 1 to 1,000,000.")
  private @Nullable Integer messages;

  @Option(
      names = "--history",
      paramLabel = "WHAT",
      description = "What may be shared with who joins later: none, from-index (an admin chooses"
          + " the epoch) or whole (everything, at the join).")
  private @Nullable String history;

  @Option(
      names = "--forward-only",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether devices forget how to read what they have read.")
  private @Nullable Boolean forwardOnly;

  public GroupPolicyCommand(Sessions sessions, Output output) {
    super(sessions, output);
  }

  @Override
  void act(Session session, GroupChannel channel) {
    Policy before = session.await(channel.policy());
    Policy policy = changed(before);
    if (!policy.equals(before)) {
      session.await(channel.setPolicy(policy));
    }
    output().result(PolicyForm.text(policy), json -> {
      json.addProperty("group", channel.id().value());
      PolicyForm.fill(json, policy);
    });
  }

  private Policy changed(Policy before) {
    try {
      return new Policy(
          grace == null ? before.grace() : grace,
          ageMax == null ? before.ageMax() : ageMax,
          messages == null ? before.messagesPerMember() : messages,
          history == null ? before.history() : UserText.history(history),
          forwardOnly == null ? before.forwardOnly() : forwardOnly);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
