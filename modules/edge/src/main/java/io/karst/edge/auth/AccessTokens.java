package io.karst.edge.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.status.RefusedException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;

/**
 * The short-lived tokens that devices show with every call: JWTs (RFC 7519) that the deployment's
 * nodes make and check.
 *
 * <p>A token names the device's signing key as its confirmation key (RFC 7800), so no node has to
 * ask for it. Tokens that were checked are remembered, as the MAC would cost more than the rest of
 * a small call. Thread-safe.
 */
public final class AccessTokens {

  /** Short, since a token that was copied is good until it ends. */
  static final Duration LIFETIME = Duration.ofMinutes(15);

  /** Devices of one node that call within a few minutes; about a kilobyte each. */
  private static final int REMEMBERED_MAX = 20_000;

  private static final String DEVICE = "device";
  private static final String ROLE = "role";
  private static final String CONFIRMATION = "cnf";

  private final SignedClaims claims;
  private final InstantSource clock;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).executor(Runnable::run).build();

  public AccessTokens(ServerSecret secret, InstantSource clock) {
    this.claims = new SignedClaims(secret.keyFor("access token"));
    this.clock = clock;
  }

  /** A token and until when it is accepted. */
  record Token(String text, Instant expiresAt) {}

  private record Verified(Principal principal, Instant expiresAt) {}

  Token issue(Principal principal) {
    Instant now = clock.instant();
    Instant expiresAt = now.plus(LIFETIME);
    DeviceAddress address = principal.address();
    String text = claims.sign(new JWTClaimsSet.Builder()
        .subject(address.member().value())
        .claim(DEVICE, address.device().value())
        .claim(ROLE, principal.role().name())
        .claim(CONFIRMATION, Map.of("jwk", jwk(principal.ed25519Key())))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(expiresAt))
        .build());
    return new Token(text, expiresAt);
  }

  /** Whose token it is; throws {@link RefusedException} when it is nobody's or over. */
  Principal verify(String text) {
    Verified known = verified.get(text, this::parse);
    if (!clock.instant().isBefore(known.expiresAt())) {
      throw new RefusedException(Reason.TOKEN_EXPIRED);
    }
    return known.principal();
  }

  private Verified parse(String text) {
    JWTClaimsSet set =
        claims.verify(text).orElseThrow(() -> new RefusedException(Reason.UNAUTHENTICATED));
    try {
      DeviceAddress address = DeviceAddress.of(set.getSubject(), set.getStringClaim(DEVICE));
      AccountRole role = AccountRole.valueOf(set.getStringClaim(ROLE));
      Bytes key = ed25519Key(set.getJSONObjectClaim(CONFIRMATION));
      return new Verified(
          new Principal(address, role, key), set.getExpirationTime().toInstant());
    } catch (ParseException | IllegalArgumentException e) {
      throw new IllegalStateException("a token of our own making does not parse", e);
    }
  }

  private static Map<String, Object> jwk(Bytes key) {
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key.toArray()))
        .build()
        .toJSONObject();
  }

  @SuppressWarnings("unchecked") // A JWK inside a claim is a JSON object.
  private static Bytes ed25519Key(Map<String, Object> confirmation) throws ParseException {
    var jwk = (Map<String, Object>) confirmation.get("jwk");
    return Bytes.copyOf(OctetKeyPair.parse(jwk).getX().decode());
  }
}
