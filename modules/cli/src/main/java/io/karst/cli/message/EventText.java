package io.karst.cli.message;

import static java.util.stream.Collectors.joining;

import io.karst.cli.output.Output;
import io.karst.cli.output.PolicyForm;
import io.karst.cli.output.SafeText;
import io.karst.cli.output.UnreadableText;
import io.karst.cli.session.UserText;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.domain.id.DeviceId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** An event as one line for a person; empty when there is nothing that a person needs to see. */
public final class EventText implements ChannelEvent.Cases<Optional<String>> {

  private final Output output;

  public EventText(Output output) {
    this.output = output;
  }

  @Override
  public Optional<String> message(ChannelEvent.Message event) {
    String vouched =
        event.vouchedBy().map(by -> " (by the keys that " + by + " gave)").orElse("");
    return line(
        event.acceptedAt(), event.sender().member() + ": " + body(event.content()) + vouched);
  }

  @Override
  public Optional<String> unreadable(ChannelEvent.Unreadable event) {
    return line(
        event.acceptedAt(),
        event.sender().member() + ": (cannot be read: " + UnreadableText.of(event.why()) + ")");
  }

  @Override
  public Optional<String> messagesMissing(ChannelEvent.MessagesMissing event) {
    String messages = event.count() == 1 ? "1 message" : event.count() + " messages";
    return Optional.of("!! %s of %s did not come (epoch %d, %d to %d)"
        .formatted(messages, event.sender(), event.epoch(), event.fromIndex(), event.toIndex()));
  }

  @Override
  public Optional<String> memberAdded(ChannelEvent.MemberAdded event) {
    return note(
        event.at(),
        event.by().equals(event.member())
            ? event.member() + " made the group"
            : event.by() + " added " + event.member() + withRole(event));
  }

  @Override
  public Optional<String> memberRemoved(ChannelEvent.MemberRemoved event) {
    return note(
        event.at(),
        event.by().equals(event.member())
            ? event.member() + " left"
            : event.by() + " removed " + event.member());
  }

  @Override
  public Optional<String> roleChanged(ChannelEvent.RoleChanged event) {
    return note(
        event.at(), event.by() + " made " + event.member() + " " + UserText.of(event.role()));
  }

  @Override
  public Optional<String> rotationDue(ChannelEvent.RotationDue event) {
    return note(event.at(), "new keys are due: " + words(event.reason()));
  }

  @Override
  public Optional<String> compromiseReported(ChannelEvent.CompromiseReported event) {
    return note(event.at(), event.by() + " reported that somebody outside may know the key");
  }

  @Override
  public Optional<String> devicesRevoked(ChannelEvent.DevicesRevoked event) {
    String devices = event.devices().stream().map(DeviceId::value).collect(joining(", "));
    return note(event.at(), event.member() + " revoked " + devices);
  }

  @Override
  public Optional<String> epochRefused(ChannelEvent.EpochRefused event) {
    return note(event.at(), event.by() + " does not take the key of epoch " + event.epoch());
  }

  @Override
  public Optional<String> epochsOrphaned(ChannelEvent.EpochsOrphaned event) {
    return note(
        event.at(),
        event.by() + " reset the group: epochs " + event.epochs().from() + " to "
            + event.epochs().to() + " are given up");
  }

  @Override
  public Optional<String> policyChanged(ChannelEvent.PolicyChanged event) {
    return note(event.at(), event.by() + " set the policy: " + PolicyForm.text(event.policy()));
  }

  @Override
  public Optional<String> historyShared(ChannelEvent.HistoryShared event) {
    return note(
        event.at(),
        "%s gave %s the keys of epochs %d to %d"
            .formatted(event.by(), event.to(), event.fromEpoch(), event.toEpoch()));
  }

  @Override
  public Optional<String> epochStarted(ChannelEvent.EpochStarted event) {
    return note(
        event.at(),
        "epoch "
            + event.epoch()
            + " has a fresh key for "
            + event.devices()
            + (event.devices() == 1 ? " device" : " devices")
            + ", verified ("
            + words(event.reason())
            + ", by "
            + event.committer().member()
            + ")");
  }

  @Override
  public Optional<String> archived(ChannelEvent.Archived event) {
    return note(event.at(), event.by() + " archived the group");
  }

  @Override
  public Optional<String> securityWarning(ChannelEvent.SecurityWarning event) {
    return Optional.of("!! does not verify: " + SafeText.of(event.problem().summary()));
  }

  @Override
  public Optional<String> caughtUp(ChannelEvent.CaughtUp event) {
    return Optional.empty();
  }

  private Optional<String> line(Instant at, String text) {
    return Optional.of(output.time(at) + "  " + text);
  }

  private Optional<String> note(Instant at, String text) {
    return line(at, "* " + text);
  }

  private static String body(Content content) {
    return content.body().match(new Content.Cases<String>() {
      @Override
      public String text(Content.Text text) {
        return SafeText.of(text.value());
      }

      @Override
      public String data(Content.Data data) {
        return "(" + data.value().length() + " bytes of " + SafeText.of(content.mediaType()) + ")";
      }
    });
  }

  private static String withRole(ChannelEvent.MemberAdded event) {
    return switch (event.role()) {
      case MEMBER -> "";
      case ADMIN, OWNER -> " as " + UserText.of(event.role());
    };
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
