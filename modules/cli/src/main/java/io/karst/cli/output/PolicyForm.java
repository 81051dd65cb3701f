package io.karst.cli.output;

import com.google.gson.JsonObject;
import io.karst.domain.group.Policy;
import io.karst.domain.history.History;
import java.time.Duration;
import java.util.Locale;

/** A group's policy as users read it. */
public final class PolicyForm {

  private PolicyForm() {}

  public static String text(Policy policy) {
    return "grace %s, epochs of %s at most, %d messages a member, history %s"
        .formatted(
            text(policy.grace()),
            text(policy.ageMax()),
            policy.messagesPerMember(),
            policy.forwardOnly() ? "forgotten" : name(policy.history()));
  }

  public static void fill(JsonObject json, Policy policy) {
    json.addProperty("graceMillis", policy.grace().toMillis());
    json.addProperty("epochAgeMaxMillis", policy.ageMax().toMillis());
    json.addProperty("messagesPerMember", policy.messagesPerMember());
    json.addProperty("history", name(policy.history()));
    json.addProperty("forwardOnly", policy.forwardOnly());
  }

  /** As users write it: {@code from-index}. */
  public static String name(History history) {
    return history.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In the largest unit of which it is a whole number. */
  private static String text(Duration duration) {
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + " ms";
    }
    if (duration.toSecondsPart() != 0 || duration.isZero()) {
      return duration.toSeconds() + " s";
    }
    if (duration.toMinutesPart() != 0) {
      return duration.toMinutes() + " min";
    }
    return duration.toHoursPart() != 0 ? duration.toHours() + " h" : duration.toDays() + " d";
  }
}
