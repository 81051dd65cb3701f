package io.karst.cli.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.karst.cli.output.Output;
import io.karst.cli.output.PolicyForm;
import io.karst.cli.session.UserText;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.domain.id.DeviceAddress;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** An event as one line of JSON; {@code docs/cli.md} lists the fields. Every event has a line. */
public final class EventJson implements ChannelEvent.Cases<Optional<String>> {

  private final Output output;

  public EventJson(Output output) {
    this.output = output;
  }

  @Override
  public Optional<String> message(ChannelEvent.Message event) {
    return line("message", json -> {
      placed(json, event.offset(), event.acceptedAt());
      sent(json, event.epoch(), event.sender());
      content(json, event.content());
      event.vouchedBy().ifPresent(by -> json.addProperty("vouchedBy", by.toString()));
    });
  }

  @Override
  public Optional<String> unreadable(ChannelEvent.Unreadable event) {
    return line("unreadable", json -> {
      placed(json, event.offset(), event.acceptedAt());
      sent(json, event.epoch(), event.sender());
      json.addProperty("why", event.why().name());
    });
  }

  @Override
  public Optional<String> messagesMissing(ChannelEvent.MessagesMissing event) {
    return line("messages-missing", json -> {
      sent(json, event.epoch(), event.sender());
      json.addProperty("fromIndex", event.fromIndex());
      json.addProperty("toIndex", event.toIndex());
      json.addProperty("count", event.count());
    });
  }

  @Override
  public Optional<String> memberAdded(ChannelEvent.MemberAdded event) {
    return line("member-added", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("member", event.member().value());
      json.addProperty("role", UserText.of(event.role()));
      json.addProperty("by", event.by().value());
    });
  }

  @Override
  public Optional<String> memberRemoved(ChannelEvent.MemberRemoved event) {
    return line("member-removed", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("member", event.member().value());
      json.addProperty("by", event.by().value());
    });
  }

  @Override
  public Optional<String> roleChanged(ChannelEvent.RoleChanged event) {
    return line("role-changed", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("member", event.member().value());
      json.addProperty("role", UserText.of(event.role()));
      json.addProperty("by", event.by().value());
    });
  }

  @Override
  public Optional<String> rotationDue(ChannelEvent.RotationDue event) {
    return line("rotation-due", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("reason", event.reason().name().toLowerCase(Locale.ROOT));
      json.addProperty("deadline", event.deadline().toString());
    });
  }

  @Override
  public Optional<String> compromiseReported(ChannelEvent.CompromiseReported event) {
    return line("compromise-reported", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("by", event.by().value());
    });
  }

  @Override
  public Optional<String> devicesRevoked(ChannelEvent.DevicesRevoked event) {
    return line("devices-revoked", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("member", event.member().value());
      var devices = new JsonArray();
      event.devices().forEach(device -> devices.add(device.value()));
      json.add("devices", devices);
    });
  }

  @Override
  public Optional<String> epochRefused(ChannelEvent.EpochRefused event) {
    return line("epoch-refused", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("epoch", event.epoch());
      json.addProperty("by", event.by().toString());
    });
  }

  @Override
  public Optional<String> epochsOrphaned(ChannelEvent.EpochsOrphaned event) {
    return line("epochs-orphaned", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("from", event.epochs().from());
      json.addProperty("to", event.epochs().to());
      json.addProperty("by", event.by().value());
    });
  }

  @Override
  public Optional<String> policyChanged(ChannelEvent.PolicyChanged event) {
    return line("policy-changed", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("by", event.by().value());
      PolicyForm.fill(json, event.policy());
    });
  }

  @Override
  public Optional<String> historyShared(ChannelEvent.HistoryShared event) {
    return line("history-shared", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("by", event.by().toString());
      json.addProperty("to", event.to().toString());
      json.addProperty("fromEpoch", event.fromEpoch());
      json.addProperty("toEpoch", event.toEpoch());
    });
  }

  @Override
  public Optional<String> epochStarted(ChannelEvent.EpochStarted event) {
    return line("epoch-started", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("epoch", event.epoch());
      json.addProperty("reason", event.reason().name().toLowerCase(Locale.ROOT));
      json.addProperty("committer", event.committer().member().value());
      json.addProperty("devices", event.devices());
    });
  }

  @Override
  public Optional<String> archived(ChannelEvent.Archived event) {
    return line("archived", json -> {
      placed(json, event.offset(), event.at());
      json.addProperty("by", event.by().value());
    });
  }

  @Override
  public Optional<String> securityWarning(ChannelEvent.SecurityWarning event) {
    return line("security-warning", json -> {
      json.addProperty("offset", event.offset());
      json.addProperty("problem", event.problem().getClass().getSimpleName());
      json.addProperty("summary", event.problem().summary());
    });
  }

  @Override
  public Optional<String> caughtUp(ChannelEvent.CaughtUp event) {
    return line("caught-up", json -> json.addProperty("size", event.size()));
  }

  private Optional<String> line(String kind, Consumer<JsonObject> fields) {
    return Optional.of(output.jsonLine(json -> {
      json.addProperty("kind", kind);
      fields.accept(json);
    }));
  }

  private static void placed(JsonObject json, long offset, Instant at) {
    json.addProperty("offset", offset);
    json.addProperty("at", at.toString());
  }

  private static void sent(JsonObject json, long epoch, DeviceAddress sender) {
    json.addProperty("epoch", epoch);
    json.addProperty("sender", sender.member().value());
    json.addProperty("device", sender.device().value());
  }

  private static void content(JsonObject json, Content content) {
    json.addProperty("mediaType", content.mediaType());
    content.body().match(new Content.Cases<JsonObject>() {
      @Override
      public JsonObject text(Content.Text text) {
        json.addProperty("text", text.value());
        return json;
      }

      @Override
      public JsonObject data(Content.Data data) {
        json.addProperty("data", Base64.getEncoder().encodeToString(data.value().toArray()));
        return json;
      }
    });
  }
}
