package io.karst.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.RefusedException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Enrolment tokens of the deployment's identity provider, checked with its published keys (JWKS,
 * RFC 7517). Thread-safe.
 *
 * <p>Only algorithms with public keys are accepted: with a shared one, whoever can check a token
 * could make one.
 */
public final class ProviderEnrolment implements EnrolmentTokens {

  private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
      JWSAlgorithm.ES256,
      JWSAlgorithm.ES384,
      JWSAlgorithm.ES512,
      JWSAlgorithm.RS256,
      JWSAlgorithm.RS384,
      JWSAlgorithm.RS512,
      JWSAlgorithm.PS256,
      JWSAlgorithm.PS384,
      JWSAlgorithm.PS512);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final InstantSource clock;
  private final Executor executor;

  /**
   * Checks tokens against {@code keys} and these demands.
   *
   * @param executor where keys are fetched, since that may block
   */
  public ProviderEnrolment(
      JWKSource<SecurityContext> keys, Demands demands, InstantSource clock, Executor executor) {
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(verifier(demands, clock));
    this.clock = clock;
    this.executor = executor;
  }

  /** What a token must say of itself; empty strings demand nothing. */
  public record Demands(String issuer, String audience) {}

  @Override
  public CompletionStage<Enrolment> verify(String token) {
    return CompletableFuture.supplyAsync(() -> check(token), executor);
  }

  private Enrolment check(String token) {
    try {
      return EnrolmentClaims.read(processor.process(token, null), clock.instant());
    } catch (KeySourceException e) {
      throw new RefusedException(Reason.UNAVAILABLE);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new RefusedException(Reason.ENROLMENT_INVALID);
    }
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> verifier(
      Demands demands, InstantSource clock) {
    var exact = new JWTClaimsSet.Builder();
    if (!demands.issuer().isEmpty()) {
      exact.issuer(demands.issuer());
    }
    return new DefaultJWTClaimsVerifier<>(audience(demands), exact.build(), Set.of("exp")) {
      @Override
      protected Date currentTime() {
        return Date.from(clock.instant());
      }
    };
  }

  private static @Nullable String audience(Demands demands) {
    return demands.audience().isEmpty() ? null : demands.audience();
  }
}
