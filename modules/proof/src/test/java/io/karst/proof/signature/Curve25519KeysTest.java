package io.karst.proof.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Samples;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Curve25519KeysTest {

  @Test
  void anOrdinaryKeyIsAcceptable() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(Curve25519Keys.acceptable(new Signer("phone", seed).identity().curve25519Key()))
          .isTrue();
    }
  }

  @Test
  void keysWithWhichEveryAgreementIsZeroAreRefused() {
    byte[] secret = Samples.repeated(9, X25519.SCALAR_SIZE).toArray();
    byte[] agreed = new byte[X25519.POINT_SIZE];
    for (Bytes u : LowOrder.MONTGOMERY_U) {
      assertThat(X25519.calculateAgreement(secret, 0, u.toArray(), 0, agreed, 0))
          .as(u.toHex())
          .isFalse();
      assertThat(Curve25519Keys.acceptable(u)).as(u.toHex()).isFalse();
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        "09",
        "090000000000000000000000000000000000000000000000000000000000000000",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0900000000000000000000000000000000000000000000000000000000000080"
      })
  void keysThatAreNotCanonicalAreRefused(String key) {
    assertThat(Curve25519Keys.acceptable(Bytes.ofHex(key))).isFalse();
  }

  @Test
  void theLargestCanonicalKeyThatIsNotOfLowOrderIsAcceptable() {
    assertThat(Curve25519Keys.acceptable(
            Bytes.ofHex("ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")))
        .isTrue();
  }
}
