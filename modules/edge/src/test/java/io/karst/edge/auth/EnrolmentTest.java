package io.karst.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.ManualClock;
import io.karst.edge.status.RefusedException;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnrolmentTest {

  private final ManualClock clock = new ManualClock();
  private final ServerSecret secret = new ServerSecret(new byte[32]);
  private final OwnEnrolment own = new OwnEnrolment(secret, clock);
  private ECKey key;
  private ProviderEnrolment provider;

  @BeforeEach
  void makeProvider() throws JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    var published = new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()));
    var demands = new ProviderEnrolment.Demands("https://id.example", "karst");
    provider = new ProviderEnrolment(published, demands, clock, Runnable::run);
  }

  @Test
  void anOwnTokenEnrolsAnybodyInItsRoleUntilItEnds() {
    String token = own.issue(AccountRole.AUDITOR, Duration.ofDays(30));
    Enrolment enrolment = accepted(own, token);
    assertThat(enrolment.role()).isEqualTo(AccountRole.AUDITOR);
    assertThat(enrolment.allows(new MemberId("anybody"))).isTrue();
    clock.advance(Duration.ofDays(30));
    assertThat(refusal(own, token)).isEqualTo(Reason.ENROLMENT_INVALID);
  }

  @Test
  void anOwnTokenOfAnotherDeploymentEnrolsNobody() {
    byte[] other = new byte[32];
    other[5] = 1;
    String token = new OwnEnrolment(new ServerSecret(other), clock)
        .issue(AccountRole.MEMBER, Duration.ofDays(1));
    assertThat(refusal(own, token)).isEqualTo(Reason.ENROLMENT_INVALID);
  }

  @Test
  void aProvidersTokenEnrolsItsSubjectOnly() throws JOSEException {
    Enrolment enrolment = accepted(provider, signed(claims().build()));
    assertThat(enrolment.role()).isEqualTo(AccountRole.MEMBER);
    assertThat(enrolment.allows(new MemberId("alice"))).isTrue();
    assertThat(enrolment.allows(new MemberId("bob"))).isFalse();
  }

  @Test
  void aProvidersTokenMustMeetTheDemands() throws JOSEException {
    assertThat(refusal(provider, signed(claims().issuer("https://other").build())))
        .isEqualTo(Reason.ENROLMENT_INVALID);
    assertThat(refusal(provider, signed(claims().audience("other").build())))
        .isEqualTo(Reason.ENROLMENT_INVALID);
    assertThat(refusal(provider, signed(claims().expirationTime(null).build())))
        .isEqualTo(Reason.ENROLMENT_INVALID);
    assertThat(refusal(provider, signed(claims().claim("role", "root").build())))
        .isEqualTo(Reason.ENROLMENT_INVALID);
    assertThat(refusal(provider, signed(claims().claim("role", 7).build())))
        .isEqualTo(Reason.ENROLMENT_INVALID);
  }

  @Test
  void aTokenLetsAMemberStartOverOnlyWhenItNamesIt() throws JOSEException {
    String token = own.issueReset(new MemberId("alice"), AccountRole.MEMBER, Duration.ofDays(1));
    Enrolment enrolment = accepted(own, token);
    assertThat(enrolment.reset()).isTrue();
    assertThat(enrolment.allows(new MemberId("bob"))).isFalse();
    assertThat(accepted(provider, signed(claims().claim("reset", true).build())).reset())
        .isTrue();
    assertThat(accepted(provider, signed(claims().build())).reset()).isFalse();
    var anybody = claims().claim("reset", true).subject(null).build();
    assertThat(refusal(provider, signed(anybody))).isEqualTo(Reason.ENROLMENT_INVALID);
    assertThat(refusal(provider, signed(claims().claim("reset", "yes").build())))
        .isEqualTo(Reason.ENROLMENT_INVALID);
  }

  @Test
  void aProvidersTokenEnds() throws JOSEException {
    String token = signed(claims().build());
    clock.advance(Duration.ofMinutes(10));
    assertThat(refusal(provider, token)).isEqualTo(Reason.ENROLMENT_INVALID);
  }

  @Test
  void aTokenSignedWithAnotherKeyOrASharedOneEnrolsNobody() throws JOSEException {
    var stranger = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    assertThat(refusal(provider, signed(claims().build(), stranger)))
        .isEqualTo(Reason.ENROLMENT_INVALID);
    var shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    shared.sign(new MACSigner(key.toPublicJWK().toString()));
    assertThat(refusal(provider, shared.serialize())).isEqualTo(Reason.ENROLMENT_INVALID);
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject("alice")
        .issuer("https://id.example")
        .audience("karst")
        .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))));
  }

  private String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, key);
  }

  private static String signed(JWTClaimsSet claims, ECKey key) throws JOSEException {
    var jwt = new SignedJWT(
        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  private static Enrolment accepted(EnrolmentTokens tokens, String token) {
    return tokens.verify(token).toCompletableFuture().join();
  }

  private static Reason refusal(EnrolmentTokens tokens, String token) {
    Throwable failure = catchThrowable(() -> accepted(tokens, token));
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RefusedException refused) {
      return refused.refusal().reason();
    }
    throw new AssertionError("not refused", failure);
  }
}
