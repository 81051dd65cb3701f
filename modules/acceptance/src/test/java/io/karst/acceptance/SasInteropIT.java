package io.karst.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.karst.acceptance.ForeignPeer.Library;
import io.karst.crypto.error.SasException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.sas.EstablishedSas;
import io.karst.crypto.sas.Sas;
import io.karst.crypto.sas.SasBytes;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Short strings and MACs of a verification with libolm and with vodozemac. */
class SasInteropIT {

  private static final long SEED = Long.getLong("karst.seed", 4_711);
  private static final RandomBytes RANDOM = new Random(SEED)::nextBytes;
  private static final String INFO = "MATRIX_KEY_VERIFICATION_SAS|ann|laptop|bob|phone|7";
  private static final String INPUT = "kwYmHwbqDVTTdTwqTwvO8cTYzVMLdYOcbVOrTRV3wW0";

  @ParameterizedTest
  @EnumSource
  void bothEndsShowTheSameEmojiAndNumbers(Library library) throws Exception {
    try (Verification verification = new Verification(library)) {
      SasBytes ours = verification.ours.bytes(INFO);

      JsonObject theirs = verification.ask("sasBytes", "info", INFO);

      if (library == Library.LIBOLM) { // which leaves showing them to the application
        assertThat(ours.bytes())
            .isEqualTo(Base64.getDecoder().decode(theirs.get("bytes").getAsString()));
      } else {
        assertThat(ours.emojiIndices()).isEqualTo(numbers(theirs, "emoji"));
        assertThat(ours.decimals()).isEqualTo(numbers(theirs, "decimals"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void macsVerifyBothWays(Library library) throws Exception {
    try (Verification verification = new Verification(library)) {
      String theirs = verification.mac("sasMac");

      assertThat(verification.ours.mac(INPUT, INFO)).isEqualTo(theirs);
      verification.ours.verifyMac(INPUT, INFO, theirs);
      assertThatThrownBy(() -> verification.ours.verifyMac(INPUT, "other", theirs))
          .isInstanceOf(SasException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void garbledMacsOfOldVersionsVerifyToo(Library library) throws Exception {
    try (Verification verification = new Verification(library)) {
      String theirs = verification.mac("legacyMac");

      assertThat(verification.ours.legacyMac(INPUT, INFO)).isEqualTo(theirs);
      verification.ours.verifyLegacyMac(INPUT, INFO, theirs);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "LIBOLM")
  void macsUnderTheLongKeyAreThoseOfTheFirstClients(Library library) throws Exception {
    try (Verification verification = new Verification(library)) {
      assertThat(verification.ours.longKeyMac(INPUT, INFO))
          .isEqualTo(verification.mac("longKeyMac"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "VODOZEMAC")
  void vodozemacVerifiesOurMacAndNoOther(Library library) throws Exception {
    try (Verification verification = new Verification(library)) {
      String mine = verification.ours.mac(INPUT, INFO);

      assertThat(verification.refuses(INFO, mine)).isFalse();
      assertThat(verification.refuses("other", mine)).isTrue();
    }
  }

  private static List<Integer> numbers(JsonObject answer, String field) {
    return answer.getAsJsonArray(field).asList().stream()
        .map(JsonElement::getAsInt)
        .toList();
  }

  /** One verification, agreed on by both ends. */
  private static final class Verification implements AutoCloseable {

    private final ForeignPeer peer;
    private final EstablishedSas ours;
    private final int theirs;

    Verification(Library library) throws Exception {
      peer = ForeignPeer.start(library);
      Sas start = Sas.start(RANDOM);
      JsonObject started = peer.ask("sas");
      theirs = peer.ask(
              "agreeSas",
              "sas",
              started.get("sas").getAsInt(),
              "key",
              start.publicKey().toBase64())
          .get("sas")
          .getAsInt();
      ours = start.agree(Curve25519PublicKey.fromBase64(started.get("key").getAsString()));
    }

    JsonObject ask(String operation, String name, String value) {
      return peer.ask(operation, "sas", theirs, name, value);
    }

    String mac(String operation) {
      return peer.ask(operation, "sas", theirs, "input", INPUT, "info", INFO)
          .get("mac")
          .getAsString();
    }

    boolean refuses(String info, String mac) {
      return peer.refuses("verifyMac", "sas", theirs, "input", INPUT, "info", info, "mac", mac);
    }

    @Override
    public void close() throws IOException {
      peer.close();
    }
  }
}
