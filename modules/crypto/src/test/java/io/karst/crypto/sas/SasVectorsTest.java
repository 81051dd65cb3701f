package io.karst.crypto.sas;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.karst.crypto.Vectors;
import io.karst.crypto.key.Curve25519PublicKey;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifications that libolm ran. */
class SasVectorsTest {

  static Stream<JsonObject> vectors() {
    return Vectors.objects(Vectors.file("sas.json").get("vectors"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void bothSidesSeeWhatTheOtherLibrarySaw(JsonObject vector) throws Exception {
    for (EstablishedSas sas : bothSides(vector)) {
      String info = Vectors.text(vector, "info");
      SasBytes shown = sas.bytes(info);

      assertThat(shown.bytes()).isEqualTo(Vectors.hex(vector, "bytes6_hex"));
      assertThat(sas.bytes(info, 40)).isEqualTo(Vectors.hex(vector, "bytes40_hex"));
      assertThat(shown.emojiIndices()).containsExactlyElementsOf(numbers(vector, "emoji_indices"));
      assertThat(shown.emoji().stream().map(SasEmoji::index))
          .containsExactlyElementsOf(numbers(vector, "emoji_indices"));
      assertThat(shown.decimals()).containsExactlyElementsOf(numbers(vector, "decimals"));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void macsAreThoseOfTheOtherLibraryInAllThreeForms(JsonObject vector) throws Exception {
    String input = Vectors.text(vector, "mac_input");
    String info = Vectors.text(vector, "mac_info");
    for (EstablishedSas sas : bothSides(vector)) {
      assertThat(sas.mac(input, info)).isEqualTo(Vectors.text(vector, "mac"));
      assertThat(sas.legacyMac(input, info))
          .isEqualTo(Vectors.text(vector, "mac_legacy_invalid_base64"));
      assertThat(sas.longKeyMac(input, info)).isEqualTo(Vectors.text(vector, "mac_long_kdf"));
      sas.verifyMac(input, info, Vectors.text(vector, "mac"));
      sas.verifyLegacyMac(input, info, Vectors.text(vector, "mac_legacy_invalid_base64"));
    }
  }

  private static EstablishedSas[] bothSides(JsonObject vector) throws Exception {
    Sas alice = start(vector, "private_a_hex");
    Sas bob = start(vector, "private_b_hex");
    Curve25519PublicKey keyOfAlice =
        Curve25519PublicKey.fromBase64(Vectors.text(vector, "public_a"));
    Curve25519PublicKey keyOfBob = Curve25519PublicKey.fromBase64(Vectors.text(vector, "public_b"));
    assertThat(alice.publicKey()).isEqualTo(keyOfAlice);
    assertThat(bob.publicKey()).isEqualTo(keyOfBob);
    return new EstablishedSas[] {alice.agree(keyOfBob), bob.agree(keyOfAlice)};
  }

  private static Sas start(JsonObject vector, String field) {
    byte[] key = Vectors.hex(vector, field);
    return Sas.start(target -> System.arraycopy(key, 0, target, 0, target.length));
  }

  private static Iterable<Integer> numbers(JsonObject vector, String field) {
    return Vectors.elements(vector.get(field)).map(JsonElement::getAsInt).toList();
  }
}
