package io.karst.cli.access;

import com.google.gson.JsonObject;
import io.karst.cli.output.Output;
import io.karst.cli.output.UnreadableText;
import io.karst.cli.session.UserText;
import io.karst.client.api.Explanation;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/** Why a device cannot read a message, for a person and as JSON. */
public record ExplanationForm(GroupId group, long offset, DeviceAddress reader) {

  public void print(Explanation explanation, Output output) {
    if (output.json()) {
      output.out().println(output.jsonLine(json -> {
        json.addProperty("group", group.value());
        json.addProperty("offset", offset);
        json.addProperty("member", reader.member().value());
        json.addProperty("device", reader.device().value());
        json.addProperty("why", explanation.reason().name());
        explanation.evidence().ifPresent(evidence -> fill(json, evidence));
      }));
      return;
    }
    output.line(
        "reason    " + explanation.reason() + ": " + UnreadableText.of(explanation.reason()));
    output.line("helps     " + UnreadableText.remedy(explanation.reason()));
    explanation.evidence().ifPresent(evidence -> print(evidence, output));
  }

  private void print(Explanation.Evidence evidence, Output output) {
    if (evidence.epoch() == 0) {
      printOwn(evidence, output);
      return;
    }
    Explanation.Reader who = evidence.reader();
    output.line("message   index " + evidence.index() + " of " + evidence.sender() + " in epoch "
        + evidence.epoch() + ", taken " + output.time(evidence.acceptedAt()));
    output.line("device    " + reader + ", "
        + (who.deviceInRoster() ? "in" : "not in") + " the epoch's roster"
        + (who.revoked() ? ", revoked" : ""));
    output.line("member    " + (who.memberInRoster() ? "in" : "not in") + " the group then, "
        + (who.memberNow() ? "in" : "not in") + " the group now");
    output.line("key       " + UserText.of(evidence.key()) + "; sealed by " + evidence.committer()
        + " at offset " + evidence.epochStartedOffset()
        + (evidence.sealedToFallback() ? ", with the fallback key" : ""));
  }

  /** Own devices share messages without epochs, each sealed to every other device. */
  private void printOwn(Explanation.Evidence evidence, Output output) {
    Explanation.Reader who = evidence.reader();
    output.line("message   of " + evidence.sender() + " to its member's other devices, taken "
        + output.time(evidence.acceptedAt()));
    output.line("device    " + reader + ", "
        + (who.deviceInRoster() ? "sender or receiver" : "neither sender nor receiver")
        + (evidence.sealedToFallback() ? ", by the fallback key" : "")
        + (who.revoked() ? ", revoked" : ""));
  }

  private static void fill(JsonObject json, Explanation.Evidence evidence) {
    json.addProperty("sender", evidence.sender().toString());
    json.addProperty("at", evidence.acceptedAt().toString());
    json.addProperty("epoch", evidence.epoch());
    json.addProperty("index", evidence.index());
    json.addProperty("committer", evidence.committer().toString());
    json.addProperty("epochStartedOffset", evidence.epochStartedOffset());
    json.addProperty("memberInRoster", evidence.reader().memberInRoster());
    json.addProperty("deviceInRoster", evidence.reader().deviceInRoster());
    json.addProperty("memberNow", evidence.reader().memberNow());
    json.addProperty("revoked", evidence.reader().revoked());
    json.addProperty("key", evidence.key().name());
    json.addProperty("sealedToFallback", evidence.sealedToFallback());
  }
}
