package io.karst.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.primitive.Hkdf;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Curve25519Test {

  private static final byte[] INFO = {1};
  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  private final Curve25519SecretKey key = Curve25519SecretKey.generate(new FixedRandom(1));
  private final Curve25519SecretKey peer = Curve25519SecretKey.generate(new FixedRandom(2));

  /** RFC 7748, section 6.1. */
  @Test
  void theVectorOfTheStandardHolds() throws Exception {
    Curve25519SecretKey alice = Curve25519SecretKey.fromBytes(
        hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
    Curve25519PublicKey bob = Curve25519PublicKey.fromBytes(
        hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
    byte[] shared = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

    assertThat(alice.publicKey().bytes())
        .isEqualTo(hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
    assertThat(alice.agree(bob).derive(INFO, 32)[0]).isEqualTo(Hkdf.derive(shared, INFO, 32));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void pointsOfSmallOrderContributeNothing(String point) throws Exception {
    Curve25519PublicKey low = Curve25519PublicKey.fromBytes(hex(point));

    assertThatThrownBy(() -> key.agree(low))
        .isInstanceOfSatisfying(
            KeyRejectedException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.NON_CONTRIBUTORY_KEY));
  }

  @Test
  void bothSidesAgreeAndASecretIsUsedOnce() throws Exception {
    SharedSecret mine = key.agree(peer.publicKey());
    SharedSecret theirs = peer.agree(key.publicKey());

    assertThat(mine.derive(INFO, 16)[0]).isEqualTo(theirs.derive(INFO, 16)[0]);

    assertThat(mine.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> mine.derive(INFO, 16));
    assertThat(mine).hasToString("SharedSecret(destroyed)");
  }

  @Test
  void joiningConsumesTheParts() throws Exception {
    SharedSecret first = key.agree(peer.publicKey());
    SharedSecret second = key.agree(key.publicKey());

    SharedSecret joined = SharedSecret.join(first, second);

    assertThat(first.isDestroyed()).isTrue();
    assertThat(second.isDestroyed()).isTrue();
    assertThat(joined.isDestroyed()).isFalse();
  }

  @Test
  void secretKeysAreStoredAsDrawnAndClampedOnUse() throws Exception {
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    Curve25519SecretKey unclamped = Curve25519SecretKey.fromBytes(ones);
    byte[] clamped = ones.clone();
    clamped[0] = (byte) 0xf8;
    clamped[31] = 0x7f;

    assertThat(unclamped.bytes(ACCESS)).isEqualTo(ones);
    assertThat(unclamped.publicKey())
        .isEqualTo(Curve25519SecretKey.fromBytes(clamped).publicKey());
  }

  @Test
  void numbersBelowTheOrderOfTheFieldAreCanonical() throws Exception {
    String high = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    assertThat(key.publicKey().isCanonical()).isTrue();
    assertThat(Curve25519PublicKey.fromBytes(new byte[32]).isCanonical()).isTrue();
    assertThat(Curve25519PublicKey.fromBytes(hex("ec" + high + "7f")).isCanonical())
        .isTrue();
    for (String other :
        new String[] {"ed" + high + "7f", "ee" + high + "7f", "00" + "00".repeat(30) + "80"}) {
      assertThat(Curve25519PublicKey.fromBytes(hex(other)).isCanonical()).isFalse();
    }
  }

  @Test
  void keysHaveExactLengths() {
    assertThatThrownBy(() -> Curve25519PublicKey.fromBytes(new byte[31]))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> Curve25519PublicKey.fromBytes(new byte[33]))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> Curve25519SecretKey.fromBytes(new byte[31]))
        .isInstanceOf(KeyRejectedException.class);
  }

  @Test
  void publicKeysTravelAsBase64() throws Exception {
    assertThat(Curve25519PublicKey.fromBase64(key.publicKey().toBase64()))
        .isEqualTo(key.publicKey())
        .hasSameHashCodeAs(key.publicKey());
  }

  @Test
  void aDestroyedKeyRefusesAllUseAndPrintsNothing() {
    Curve25519SecretKey copy = key.copy();
    assertThat(key).hasToString("Curve25519SecretKey(secret)");

    key.close();

    assertThat(key).hasToString("Curve25519SecretKey(destroyed)");
    assertThatIllegalStateException().isThrownBy(() -> key.agree(peer.publicKey()));
    assertThatIllegalStateException().isThrownBy(() -> key.bytes(ACCESS));
    assertThat(copy.publicKey()).isNotNull();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
