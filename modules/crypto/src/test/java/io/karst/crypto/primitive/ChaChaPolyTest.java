package io.karst.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChaChaPolyTest {

  private static final byte[] KEY = new byte[32];
  private static final byte[] NONCE = new byte[12];
  private static final byte[] NOTHING = {};

  /** Checked with an independent implementation. */
  @Test
  void aKnownPlaintextGivesAKnownCiphertext() throws Exception {
    byte[] key =
        HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    byte[] nonce = HexFormat.of().parseHex("000102030405060708090a0b");
    byte[] sealed = HexFormat.of().parseHex("88f90b725d7634c535b3fdd362faa9ba56ef90");

    assertThat(ChaChaPoly.seal(key, nonce, NOTHING, new byte[] {1, 2, 3})).isEqualTo(sealed);
    assertThat(ChaChaPoly.open(key, nonce, NOTHING, sealed)).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsNotAuthenticIsRefused() {
    byte[] sealed = ChaChaPoly.seal(KEY, NONCE, NOTHING, new byte[] {1, 2, 3});
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ChaChaPoly.open(KEY, NONCE, NOTHING, flipped))
          .isInstanceOfSatisfying(
              DecryptionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MAC));
    }
    assertThatThrownBy(() -> ChaChaPoly.open(KEY, NONCE, NOTHING, new byte[15]))
        .isInstanceOf(DecryptionException.class);
  }

  @Test
  void keysAndNoncesOfOtherSizesAreMisuse() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChaChaPoly.seal(new byte[31], NONCE, NOTHING, KEY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChaChaPoly.seal(KEY, new byte[13], NOTHING, KEY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChaChaPoly.open(KEY, new byte[11], NOTHING, KEY));
  }
}
