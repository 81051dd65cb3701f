package io.karst.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * JWTs signed with one key of this deployment, HS256 and nothing else. Thread-safe.
 *
 * <p>The algorithm in a token's header is never believed: anything but HS256 is refused.
 */
final class SignedClaims {

  private final MACSigner signer;
  private final MACVerifier verifier;

  SignedClaims(SecretKeySpec key) {
    try {
      signer = new MACSigner(key);
      verifier = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a key for HS256", e);
    }
  }

  String sign(JWTClaimsSet claims) {
    var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("signing with HS256 failed", e);
    }
    return jwt.serialize();
  }

  /** The claims of a token that this key has signed. Says nothing of their expiry. */
  Optional<JWTClaimsSet> verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      boolean ours =
          jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && jwt.verify(verifier);
      return ours ? Optional.of(jwt.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }
}
