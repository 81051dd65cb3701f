package io.karst.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.SignatureRejectedException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  static final BigInteger ORDER =
      new BigInteger("27742317777372353535851937790883648493").add(BigInteger.ONE.shiftLeft(252));
  private static final byte[] MESSAGE = {1, 2, 3};

  private final Ed25519SigningKey key = Ed25519SigningKey.generate(new FixedRandom(7));

  /** RFC 8032, section 7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void theVectorsOfTheStandardHold(String seed, String publicKey, String message, String signature)
      throws Exception {
    Ed25519SigningKey signingKey = Ed25519SigningKey.fromSeed(hex(seed));

    assertThat(signingKey.publicKey().bytes()).isEqualTo(hex(publicKey));
    assertThat(signingKey.sign(hex(message)).bytes()).isEqualTo(hex(signature));
    Ed25519PublicKey.fromBytes(hex(publicKey))
        .verify(hex(message), Ed25519Signature.fromBytes(hex(signature)));
  }

  @Test
  void theExpandedFormSignsAsTheSeedDoes() throws Exception {
    Ed25519SigningKey expanded = Ed25519SigningKey.fromExpanded(key.expanded(ACCESS));

    assertThat(expanded.publicKey()).isEqualTo(key.publicKey());
    assertThat(expanded.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
    assertThat(expanded.seed(ACCESS)).isEmpty();
    assertThat(key.seed(ACCESS)).isPresent();
  }

  @Test
  void aKeyThatIsReadBackVerifiesAsTheCheckedOneDoes() throws Exception {
    Ed25519PublicKey back = Ed25519PublicKey.fromCheckedBytes(key.publicKey().bytes());

    assertThat(back).isEqualTo(key.publicKey());
    back.verify(MESSAGE, key.sign(MESSAGE));
    requireRefused(back, MESSAGE, key.sign(new byte[] {4}).bytes());
    byte[] noPoint = hex("02" + "00".repeat(31));
    assertThatThrownBy(() -> Ed25519PublicKey.fromCheckedBytes(noPoint))
        .isInstanceOf(KeyRejectedException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyFlippedBitOfASignatureIsRefused(long seed) throws Exception {
    byte[] message = new byte[40];
    new Random(seed).nextBytes(message);
    byte[] signature = key.sign(message).bytes();
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      requireRefused(key.publicKey(), message, flipped);
    }
  }

  @Test
  void aSignatureWithTheGroupOrderAddedToSIsRefused() throws Exception {
    byte[] signature = key.sign(MESSAGE).bytes();
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(ORDER);
    byte[] malleated = signature.clone();
    for (int i = 0; i < 32; i++) {
      malleated[32 + i] = s.shiftRight(8 * i).byteValue();
    }

    requireRefused(key.publicKey(), MESSAGE, malleated);
  }

  /** Encodings of the eight points of small order, canonical or not, and of no point at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void keysOfSmallOrderOrInAnotherEncodingAreRefused(String bytes) {
    assertThatThrownBy(() -> Ed25519PublicKey.fromBytes(hex(bytes)))
        .isInstanceOfSatisfying(
            KeyRejectedException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PUBLIC_KEY));
  }

  /** Adding the point of order 2 to a good key negates both of its coordinates. */
  @Test
  void keysOfMixedOrderAreRefused() {
    BigInteger prime = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    byte[] good = key.publicKey().bytes();
    boolean odd = good[31] < 0;
    good[31] &= 0x7f;
    BigInteger ordinate = prime.subtract(littleEndian(good));
    byte[] mixed = new byte[32];
    for (int i = 0; i < 32; i++) {
      mixed[i] = ordinate.shiftRight(8 * i).byteValue();
    }
    mixed[31] |= (byte) (odd ? 0 : 0x80);
    assertThat(Ed25519.validatePublicKeyPartial(mixed, 0))
        .as("it is on the curve")
        .isTrue();

    assertThatThrownBy(() -> Ed25519PublicKey.fromBytes(mixed))
        .isInstanceOf(KeyRejectedException.class);
  }

  /** With R of small order, S = k·a verifies: only the key's owner can make one, and must not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
      })
  void aSignatureWhoseRIsOfSmallOrderIsRefused(String point) throws Exception {
    byte[] r = hex(point);
    byte[] scalar = Arrays.copyOf(key.expanded(ACCESS), 32);
    var sha512 = MessageDigest.getInstance("SHA-512");
    sha512.update(r);
    sha512.update(key.publicKey().bytes());
    BigInteger k = littleEndian(sha512.digest(MESSAGE));
    BigInteger s = k.multiply(littleEndian(scalar)).mod(ORDER);
    byte[] signature = Arrays.copyOf(r, 64);
    for (int i = 0; i < 32; i++) {
      signature[32 + i] = s.shiftRight(8 * i).byteValue();
    }
    byte[] publicKey = key.publicKey().bytes();
    assertThat(Ed25519.verify(signature, 0, publicKey, 0, MESSAGE, 0, MESSAGE.length))
        .as("the equation itself holds")
        .isTrue();

    requireRefused(key.publicKey(), MESSAGE, signature);
  }

  @Test
  void keysAndSignaturesHaveExactLengths() {
    assertThatThrownBy(() -> Ed25519PublicKey.fromBytes(new byte[31]))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> Ed25519PublicKey.fromBytes(new byte[33]))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> Ed25519Signature.fromBytes(new byte[63]))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> Ed25519SigningKey.fromSeed(new byte[64]))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> Ed25519SigningKey.fromExpanded(new byte[32]))
        .isInstanceOf(KeyRejectedException.class);
  }

  @Test
  void publicPartsTravelAsBase64() throws Exception {
    Ed25519Signature signature = key.sign(MESSAGE);

    assertThat(Ed25519PublicKey.fromBase64(key.publicKey().toBase64()))
        .isEqualTo(key.publicKey())
        .hasSameHashCodeAs(key.publicKey());
    assertThat(Ed25519Signature.fromBase64(signature.toBase64()))
        .isEqualTo(signature)
        .hasSameHashCodeAs(signature);
  }

  @Test
  void aDestroyedKeyRefusesAllUseAndPrintsNothing() {
    Ed25519SigningKey copy = key.copy();
    assertThat(key).hasToString("Ed25519SigningKey(secret)");

    key.destroy();

    assertThat(key).hasToString("Ed25519SigningKey(destroyed)");
    assertThat(key.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> key.sign(MESSAGE));
    assertThatIllegalStateException().isThrownBy(() -> key.expanded(ACCESS));
    assertThatIllegalStateException().isThrownBy(() -> key.seed(ACCESS));
    assertThat(copy.sign(MESSAGE)).isNotNull();
  }

  private static void requireRefused(Ed25519PublicKey key, byte[] message, byte[] signature)
      throws KeyRejectedException {
    Ed25519Signature candidate = Ed25519Signature.fromBytes(signature);
    assertThatThrownBy(() -> key.verify(message, candidate))
        .isInstanceOf(SignatureRejectedException.class);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
