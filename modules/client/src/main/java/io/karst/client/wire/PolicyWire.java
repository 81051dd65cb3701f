package io.karst.client.wire;

import io.karst.domain.group.Policy;
import java.time.Duration;

/** A group's policy. */
public final class PolicyWire {

  private PolicyWire() {}

  /** Reads a policy in which the server has left nothing out. */
  public static Policy policy(io.karst.wire.v1.Policy wire) {
    return WireBytes.valid(
        "policy",
        () -> new Policy(
            Duration.ofMillis(wire.getGraceMillis()),
            Duration.ofMillis(wire.getEpochAgeMaxMillis()),
            wire.getMessagesPerMember(),
            EnumWire.history(wire.getHistory()),
            wire.getForwardOnly()));
  }

  public static io.karst.wire.v1.Policy policy(Policy policy) {
    return io.karst.wire.v1.Policy.newBuilder()
        .setGraceMillis(policy.grace().toMillis())
        .setEpochAgeMaxMillis(policy.ageMax().toMillis())
        .setMessagesPerMember(policy.messagesPerMember())
        .setHistory(EnumWire.history(policy.history()))
        .setForwardOnly(policy.forwardOnly())
        .build();
  }
}
