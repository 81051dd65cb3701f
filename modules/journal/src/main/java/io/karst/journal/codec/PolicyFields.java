package io.karst.journal.codec;

import io.karst.domain.group.Policy;
import io.karst.domain.history.History;
import java.time.Duration;

/** Policies; limits that a message does not have are the largest ones. */
final class PolicyFields {

  static final long AGE_MAX_MILLIS = Policy.AGE_MAX.toMillis();

  private PolicyFields() {}

  static io.karst.journal.v1.Policy write(Policy policy) {
    var target = io.karst.journal.v1.Policy.newBuilder()
        .setGraceMillis(policy.grace().toMillis())
        .setEpochAgeMaxMillis(policy.ageMax().toMillis())
        .setMessagesPerMember(policy.messagesPerMember());
    if (policy.hasHistory()) {
      target.setHistory(policy.history().number()).setForwardOnly(policy.forwardOnly());
    }
    return target.build();
  }

  /** Throws {@link IllegalArgumentException} for what no policy can be. */
  static Policy read(io.karst.journal.v1.Policy policy) {
    return read(
        policy.getGraceMillis(),
        policy.getEpochAgeMaxMillis(),
        policy.getMessagesPerMember(),
        new Past(policy.getHistory(), policy.getForwardOnly()));
  }

  /** What a policy says of the past; older messages say nothing. */
  record Past(int history, boolean forwardOnly) {}

  /** Throws {@link IllegalArgumentException} for what no policy can be. */
  static Policy read(long graceMillis, long ageMaxMillis, int messagesPerMember, Past past) {
    return new Policy(
        Duration.ofMillis(graceMillis),
        Duration.ofMillis(ageMaxMillis),
        messagesPerMember,
        past.history() == 0 ? History.NONE : Fields.history(past.history()),
        past.forwardOnly());
  }
}
