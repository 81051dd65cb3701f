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
  static final String RESET = "reset";

  private EnrolmentClaims() {}

  /** Reads claims whose signature holds. */
  static Enrolment read(JWTClaimsSet claims, Instant now) {
    Date expires = claims.getExpirationTime();
    if (expires == null || !now.isBefore(expires.toInstant())) {
      throw new RefusedException(Reason.ENROLMENT_INVALID);
    }
    String subject = claims.getSubject();
    return new Enrolment(subject == null ? "" : subject, role(claims), reset(claims));
  }

  /** A token that starts anew for whomever it is shown for would hand out every account. */
  private static boolean reset(JWTClaimsSet claims) {
    boolean reset;
    try {
      reset = Boolean.TRUE.equals(claims.getBooleanClaim(RESET));
    } catch (ParseException e) {
      throw new RefusedException(Reason.ENROLMENT_INVALID);
    }
    if (reset && claims.getSubject() == null) {
      throw new RefusedException(Reason.ENROLMENT_INVALID);
    }
    return reset;
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
