package io.karst.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.Wycheproof;
import io.karst.crypto.Wycheproof.Vector;
import io.karst.crypto.Wycheproof.Verdict;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import org.junit.jupiter.api.Test;

/** Ed25519 and X25519 against what broke others. */
class CurvesWycheproofTest {

  private static final byte[] INFO = {1};

  @Test
  void signaturesAreAcceptedAndRefusedAsWycheproofSays() throws Exception {
    assertThat(Wycheproof.judge("ed25519_test.json", CurvesWycheproofTest::verifySignature))
        .containsKeys(Verdict.VALID, Verdict.INVALID)
        .doesNotContainKey(Verdict.ACCEPTABLE);
  }

  private static void verifySignature(Vector vector) {
    assertThat(verifies(vector)).isEqualTo(vector.valid());
  }

  private static boolean verifies(Vector vector) {
    try {
      Ed25519PublicKey.fromBytes(Wycheproof.publicKey(vector))
          .verify(vector.bytes("msg"), Ed25519Signature.fromBytes(vector.bytes("sig")));
      return true;
    } catch (CryptoException refused) {
      return false;
    }
  }

  /**
   * Acceptable are keys of small order, which contribute nothing and are refused here, and keys on
   * the twist or beyond the field's order, which RFC 7748 computes with and so do we.
   */
  @Test
  void agreementsAreThoseOfTheStandardUnlessTheyContributeNothing() throws Exception {
    assertThat(Wycheproof.judge("x25519_test.json", CurvesWycheproofTest::agree))
        .containsKeys(Verdict.VALID, Verdict.ACCEPTABLE)
        .doesNotContainKey(Verdict.INVALID);
  }

  private static void agree(Vector vector) throws Exception {
    Curve25519SecretKey mine = Curve25519SecretKey.fromBytes(vector.bytes("private"));
    Curve25519PublicKey theirs = Curve25519PublicKey.fromBytes(vector.bytes("public"));
    if (vector.flags().contains("ZeroSharedSecret")) {
      assertThat(vector.verdict()).isEqualTo(Verdict.ACCEPTABLE);
      assertThatThrownBy(() -> mine.agree(theirs))
          .isInstanceOfSatisfying(
              KeyRejectedException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.NON_CONTRIBUTORY_KEY));
    } else {
      SharedSecret expected = new SharedSecret(vector.bytes("shared"));
      assertThat(mine.agree(theirs).derive(INFO, 32)).isDeepEqualTo(expected.derive(INFO, 32));
    }
  }
}
