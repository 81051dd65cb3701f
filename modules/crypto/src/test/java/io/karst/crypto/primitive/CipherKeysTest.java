package io.karst.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CipherKeysTest {

  private final CipherKeys keys = CipherKeys.derive(new byte[32], new byte[] {1});

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 300})
  void everyLengthIsPaddedAndComesBack(int length) throws Exception {
    byte[] plaintext = new byte[length];
    Arrays.fill(plaintext, (byte) 7);
    byte[] ciphertext = keys.encrypt(plaintext);

    assertThat(ciphertext.length).isEqualTo((length / 16 + 1) * 16);
    assertThat(keys.decrypt(ciphertext, 0, ciphertext.length)).isEqualTo(plaintext);
  }

  /** The JDK would decrypt nothing to nothing without looking for padding. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 17, 31})
  void whatIsNotMadeOfWholeBlocksIsRefused(int length) {
    byte[] ciphertext = keys.encrypt(new byte[40]);

    assertThatThrownBy(() -> keys.decrypt(ciphertext, 0, length))
        .isInstanceOfSatisfying(
            DecryptionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MAC));
  }

  @Test
  void aMacIsComparedAtTheLengthThatTravelled() throws Exception {
    byte[] data = {1, 2, 3, 4};
    keys.requireMac(data, 3, keys.mac(data, 3, 8));
    keys.requireMac(data, 3, keys.mac(data, 3, 32));
    byte[] wrong = keys.mac(data, 3, 8);
    wrong[7] ^= 1;

    assertThatThrownBy(() -> keys.requireMac(data, 3, wrong))
        .isInstanceOf(DecryptionException.class);
    assertThatThrownBy(() -> keys.requireMac(data, 4, keys.mac(data, 3, 8)))
        .isInstanceOf(DecryptionException.class);
  }

  @Test
  void nothingSecretIsPrinted() {
    assertThat(keys).hasToString("CipherKeys(secret)");
    assertThat(new RawKey(new byte[32])).hasToString("RawKey(secret)");
  }
}
