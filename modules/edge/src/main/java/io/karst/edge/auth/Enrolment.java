package io.karst.edge.auth;

import io.karst.domain.device.AccountRole;
import io.karst.domain.id.MemberId;

/**
 * What an enrolment token allows.
 *
 * @param subject the only member id that may be enrolled; empty for any
 * @param reset whether a member that is registered starts a new chain of devices with it; its
 *     subject then names that member
 */
public record Enrolment(String subject, AccountRole role, boolean reset) {

  /** Whether this member may be enrolled with it. */
  public boolean allows(MemberId member) {
    return subject.isEmpty() || subject.equals(member.value());
  }
}
