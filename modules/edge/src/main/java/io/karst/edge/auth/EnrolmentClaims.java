package io.karst.edge.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import io.karst.domain.device.AccountRole;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

/** What the claims of an enrolment token mean (docs/protocol.md, "Tokens"). */
final class EnrolmentClaims {

  static final String ROLE = "role";

  private EnrolmentClaims() {}

  /** Reads claims whose signature holds. */
  static Enrolment read(JWTClaimsSet claims, Instant now) {
    Date expires = claims.getExpirationTime();
    if (expires == null || !now.isBefore(expires.toInstant())) {
      throw new RefusedException(Reason.ENROLMENT_INVALID);
    }
    String subject = claims.getSubject();
    return new Enrolment(subject == null ? "" : subject, role(claims));
  }

  /** The name of a role in a token. */
  static String name(AccountRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static AccountRole role(JWTClaimsSet claims) {
    try {
      String name = claims.getStringClaim(ROLE);
      if (name == null) {
        return AccountRole.MEMBER;
      }
      for (AccountRole role : AccountRole.values()) {
        if (name(role).equals(name)) {
          return role;
        }
      }
    } catch (ParseException e) {
      // Not a string: as little a role as an unknown name.
    }
    throw new RefusedException(Reason.ENROLMENT_INVALID);
  }
}
