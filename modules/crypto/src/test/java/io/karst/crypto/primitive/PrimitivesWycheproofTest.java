package io.karst.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.Wycheproof;
import io.karst.crypto.Wycheproof.Vector;
import io.karst.crypto.Wycheproof.Verdict;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** AES-CBC, AES-GCM, HMAC and HKDF against what broke others. */
class PrimitivesWycheproofTest {

  private static final int AES_KEY_LENGTH = 32;

  @Test
  void aesCbcPadsAsWycheproofSaysAndRefusesEveryOtherPadding() throws Exception {
    assertThat(Wycheproof.judge("aes_cbc_pkcs5_test.json", PrimitivesWycheproofTest::aesCbc))
        .containsOnlyKeys(Verdict.VALID, Verdict.INVALID);
  }

  private static void aesCbc(Vector vector) throws Exception {
    RawKey key = new RawKey(vector.bytes("key"));
    byte[] iv = vector.bytes("iv");
    byte[] ciphertext = vector.bytes("ct");
    if (vector.valid()) {
      byte[] message = vector.bytes("msg");
      assertThat(AesCbc.encrypt(key, iv, message)).isEqualTo(ciphertext);
      assertThat(AesCbc.decrypt(key, iv, ciphertext, 0, ciphertext.length)).isEqualTo(message);
    } else {
      assertThatThrownBy(() -> AesCbc.decrypt(key, iv, ciphertext, 0, ciphertext.length))
          .isInstanceOfSatisfying(
              DecryptionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MAC));
    }
  }

  /** One size of key and one of nonce is offered; asking for others is a fault of the program. */
  @Test
  void aesGcmSealsAsWycheproofSaysAndRefusesEveryOtherTag() throws Exception {
    assertThat(Wycheproof.judge("aes_gcm_test.json", PrimitivesWycheproofTest::aesGcm))
        .containsOnlyKeys(Verdict.VALID, Verdict.INVALID);
  }

  private static void aesGcm(Vector vector) throws Exception {
    byte[] key = vector.bytes("key");
    byte[] nonce = vector.bytes("iv");
    byte[] associated = vector.bytes("aad");
    byte[] message = vector.bytes("msg");
    byte[] sealed = concatenated(vector.bytes("ct"), vector.bytes("tag"));
    if (key.length != AesGcm.KEY_LENGTH || nonce.length != AesGcm.NONCE_LENGTH) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AesGcm.seal(key, nonce, associated, message));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AesGcm.open(key, nonce, associated, sealed));
    } else if (vector.valid()) {
      assertThat(AesGcm.seal(key, nonce, associated, message)).isEqualTo(sealed);
      assertThat(AesGcm.open(key, nonce, associated, sealed)).isEqualTo(message);
    } else {
      assertThatThrownBy(() -> AesGcm.open(key, nonce, associated, sealed))
          .isInstanceOf(DecryptionException.class);
    }
  }

  @Test
  void hmacTagsWholeOrCutAreThoseOfWycheproof() throws Exception {
    assertThat(Wycheproof.judge("hmac_sha256_test.json", PrimitivesWycheproofTest::hmac))
        .containsOnlyKeys(Verdict.VALID, Verdict.INVALID);
  }

  private static void hmac(Vector vector) throws Exception {
    byte[] key = vector.bytes("key");
    byte[] message = vector.bytes("msg");
    byte[] tag = vector.bytes("tag");
    byte[] ours = HmacSha256.of(key, message);
    assertThat(Arrays.equals(Arrays.copyOf(ours, vector.size("tagSize")), tag))
        .isEqualTo(vector.valid());
    if (key.length == HmacSha256.LENGTH) {
      assertThat(isAuthentic(key, message, tag)).isEqualTo(vector.valid());
    }
  }

  /** The same key as the middle part of the keys of a message. */
  private static boolean isAuthentic(byte[] macKey, byte[] message, byte[] tag) {
    byte[] whole = new byte[CipherKeys.LENGTH];
    System.arraycopy(macKey, 0, whole, AES_KEY_LENGTH, macKey.length);
    try (CipherKeys keys = CipherKeys.of(whole)) {
      keys.requireMac(message, message.length, tag);
      return true;
    } catch (DecryptionException refused) {
      return false;
    }
  }

  @Test
  void hkdfGivesWhatWycheproofSaysAndNoMoreThanTheStandardAllows() throws Exception {
    assertThat(Wycheproof.judge("hkdf_sha256_test.json", PrimitivesWycheproofTest::hkdf))
        .containsOnlyKeys(Verdict.VALID, Verdict.INVALID);
  }

  private static void hkdf(Vector vector) {
    byte[] salt = vector.bytes("salt");
    byte[] input = vector.bytes("ikm");
    byte[] info = vector.bytes("info");
    int size = vector.row().get("size").getAsInt();
    if (vector.valid()) {
      assertThat(Hkdf.derive(salt, input, info, size)).isEqualTo(vector.bytes("okm"));
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.derive(salt, input, info, size));
    }
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
