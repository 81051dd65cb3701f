package io.karst.edge.auth;

import io.karst.domain.device.AccountRole;
import io.karst.domain.id.MemberId;

/**
 * What an enrolment token allows.
 *
 * @param subject the only member id that may be enrolled; empty for any
 */
public record Enrolment(String subject, AccountRole role) {

  /** Whether this member may be enrolled with it. */
  public boolean allows(MemberId member) {
    return subject.isEmpty() || subject.equals(member.value());
  }
}
