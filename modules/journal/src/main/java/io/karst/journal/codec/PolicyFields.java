package io.karst.journal.codec;

import io.karst.domain.group.Policy;
import java.time.Duration;

/** Policies; limits that a message does not have are the largest ones. */
final class PolicyFields {

  static final long AGE_MAX_MILLIS = Policy.AGE_MAX.toMillis();

  private PolicyFields() {}

  /** Throws {@link IllegalArgumentException} for what no policy can be. */
  static Policy read(long graceMillis, long ageMaxMillis, int messagesPerMember) {
    return new Policy(
        Duration.ofMillis(graceMillis), Duration.ofMillis(ageMaxMillis), messagesPerMember);
  }
}
