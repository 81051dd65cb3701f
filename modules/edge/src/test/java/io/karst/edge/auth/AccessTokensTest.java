package io.karst.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.ManualClock;
import io.karst.edge.call.Principal;
import io.karst.edge.status.RefusedException;
import java.text.ParseException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

  private static final Principal ALICE = new Principal(
      DeviceAddress.of("alice", "phone"), AccountRole.MEMBER, Bytes.copyOf(new byte[32]));

  private final ManualClock clock = new ManualClock();
  private final ServerSecret secret = new ServerSecret(new byte[32]);
  private final AccessTokens tokens = new AccessTokens(secret, clock);

  @Test
  void aTokenSaysWhoItWasIssuedTo() {
    assertThat(tokens.verify(tokens.issue(ALICE).text())).isEqualTo(ALICE);
    var auditor = new Principal(ALICE.address(), AccountRole.AUDITOR, ALICE.ed25519Key());
    assertThat(tokens.verify(tokens.issue(auditor).text())).isEqualTo(auditor);
  }

  @Test
  void theLongestTokenFitsTheDocumentedLength() {
    String longest = "m".repeat(64);
    var address = DeviceAddress.of(longest, longest);
    var principal = new Principal(address, AccountRole.AUDITOR, ALICE.ed25519Key());
    assertThat(tokens.issue(principal).text()).hasSizeLessThan(2048);
  }

  @Test
  void aTokenEndsAfterFifteenMinutesEvenWhenItIsRemembered() {
    String token = tokens.issue(ALICE).text();
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    assertThat(tokens.verify(token)).isEqualTo(ALICE);
    clock.advance(Duration.ofMillis(1));
    assertRefused(token, Reason.TOKEN_EXPIRED);
  }

  @Test
  void aTokenOfAnotherDeploymentIsNobodys() {
    byte[] other = new byte[32];
    other[31] = 1;
    assertRefused(
        new AccessTokens(new ServerSecret(other), clock).issue(ALICE).text(),
        Reason.UNAUTHENTICATED);
  }

  @Test
  void anEnrolmentTokenIsNoAccessToken() {
    var enrolment = new OwnEnrolment(secret, clock);
    assertRefused(enrolment.issue(AccountRole.AUDITOR, Duration.ofDays(1)), Reason.UNAUTHENTICATED);
  }

  @Test
  void aTokenWithoutSignatureOrWithAForeignAlgorithmIsNobodys() throws ParseException {
    SignedJWT good = SignedJWT.parse(tokens.issue(ALICE).text());
    JWTClaimsSet claims = good.getJWTClaimsSet();
    assertRefused(new PlainJWT(new PlainHeader(), claims).serialize(), Reason.UNAUTHENTICATED);
    String otherHeader = new JWSHeader(JWSAlgorithm.HS384).toBase64URL().toString();
    String[] parts = good.serialize().split("\\.", -1);
    assertRefused(otherHeader + "." + parts[1] + "." + parts[2], Reason.UNAUTHENTICATED);
    assertRefused("", Reason.UNAUTHENTICATED);
    assertRefused("a.b.c", Reason.UNAUTHENTICATED);
  }

  private void assertRefused(String token, Reason reason) {
    assertThatThrownBy(() -> tokens.verify(token))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }
}
