package io.karst.edge.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Enrolment tokens that the server itself issues: for a deployment without an identity provider.
 * Thread-safe.
 */
public final class OwnEnrolment implements EnrolmentTokens {

  private final SignedClaims claims;
  private final InstantSource clock;

  public OwnEnrolment(ServerSecret secret, InstantSource clock) {
    this.claims = new SignedClaims(secret.keyFor("enrolment token"));
    this.clock = clock;
  }

  /** A token that enrols any member, until it ends. */
  public String issue(AccountRole role, Duration lifetime) {
    return claims.sign(new JWTClaimsSet.Builder()
        .claim(EnrolmentClaims.ROLE, EnrolmentClaims.name(role))
        .issueTime(Date.from(clock.instant()))
        .expirationTime(Date.from(clock.instant().plus(lifetime)))
        .build());
  }

  /** A token with which one member that lost all devices starts a new chain, until it ends. */
  public String issueReset(MemberId member, AccountRole role, Duration lifetime) {
    return claims.sign(new JWTClaimsSet.Builder()
        .subject(member.value())
        .claim(EnrolmentClaims.ROLE, EnrolmentClaims.name(role))
        .claim(EnrolmentClaims.RESET, true)
        .issueTime(Date.from(clock.instant()))
        .expirationTime(Date.from(clock.instant().plus(lifetime)))
        .build());
  }

  @Override
  public CompletionStage<Enrolment> verify(String token) {
    return claims
        .verify(token)
        .map(set -> CompletableFuture.completedStage(EnrolmentClaims.read(set, clock.instant())))
        .orElseThrow(() -> new RefusedException(Reason.ENROLMENT_INVALID));
  }
}
