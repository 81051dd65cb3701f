package io.karst.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.Wycheproof;
import io.karst.crypto.Wycheproof.Vector;
import io.karst.crypto.Wycheproof.Verdict;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** AES-CBC, AES-GCM, ChaCha20-Poly1305, HMAC and HKDF against what broke others. */
class PrimitivesWycheproofTest {

  private static final int AES_KEY_LENGTH = 32;
  private static final int LONG_NONCE_LENGTH = 24;
  private static final int H_NONCE_LENGTH = 16;

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
    } else {
      judge(vector, key, nonce, AesGcm::seal, AesGcm::open);
    }
  }

  /**
   * ChaCha20-Poly1305 by the vectors of XChaCha20-Poly1305, which is the same under a key that
   * HChaCha20 makes of the first 16 bytes of the nonce.
   */
  @Test
  void chaChaPolySealsAsWycheproofSaysAndRefusesEveryOtherTag() throws Exception {
    assertThat(Wycheproof.judge("xchacha20_poly1305_test.json", PrimitivesWycheproofTest::chaCha))
        .containsOnlyKeys(Verdict.VALID, Verdict.INVALID);
  }

  private static void chaCha(Vector vector) throws Exception {
    byte[] longNonce = vector.bytes("iv");
    if (longNonce.length != LONG_NONCE_LENGTH) {
      return; // XChaCha20 has no nonces of other sizes, and ChaChaPoly refuses its own
    }
    byte[] key = hChaCha20(vector.bytes("key"), Arrays.copyOf(longNonce, H_NONCE_LENGTH));
    byte[] nonce = new byte[ChaChaPoly.NONCE_LENGTH];
    System.arraycopy(longNonce, H_NONCE_LENGTH, nonce, Integer.BYTES, Long.BYTES);
    judge(vector, key, nonce, ChaChaPoly::seal, ChaChaPoly::open);
  }

  /** Sealing or opening, in the shape that both ciphers have. */
  @FunctionalInterface
  private interface Aead {
    byte[] apply(byte[] key, byte[] nonce, byte[] associated, byte[] text)
        throws DecryptionException;
  }

  private static void judge(Vector vector, byte[] key, byte[] nonce, Aead seal, Aead open)
      throws Exception {
    byte[] associated = vector.bytes("aad");
    byte[] message = vector.bytes("msg");
    byte[] sealed = concatenated(vector.bytes("ct"), vector.bytes("tag"));
    if (vector.valid()) {
      assertThat(seal.apply(key, nonce, associated, message)).isEqualTo(sealed);
      assertThat(open.apply(key, nonce, associated, sealed)).isEqualTo(message);
    } else {
      assertThatThrownBy(() -> open.apply(key, nonce, associated, sealed))
          .isInstanceOf(DecryptionException.class);
    }
  }

  /**
   * The first and last row of ChaCha20's block before its input is added (draft-irtf-cfrg-xchacha,
   * section 2.2): the JDK's key stream, less constants and nonce.
   */
  private static byte[] hChaCha20(byte[] key, byte[] nonce) throws Exception {
    ByteBuffer words = ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN);
    Cipher cipher = Cipher.getInstance("ChaCha20");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "ChaCha20"),
        new ChaCha20ParameterSpec(
            Arrays.copyOfRange(nonce, Integer.BYTES, nonce.length), words.getInt(0)));
    ByteBuffer block = ByteBuffer.wrap(cipher.doFinal(new byte[64])).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer constants = ByteBuffer.wrap("expand 32-byte k".getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer made = ByteBuffer.allocate(ChaChaPoly.KEY_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < H_NONCE_LENGTH; at += Integer.BYTES) {
      made.putInt(at, block.getInt(at) - constants.getInt(at));
      made.putInt(at + H_NONCE_LENGTH, block.getInt(at + 48) - words.getInt(at));
    }
    return made.array();
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
