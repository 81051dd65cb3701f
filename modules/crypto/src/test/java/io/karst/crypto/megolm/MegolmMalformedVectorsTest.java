package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.karst.crypto.Vectors;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and messages that are nearly right. */
class MegolmMalformedVectorsTest {

  static Stream<JsonObject> rows() {
    return Vectors.objects(Vectors.file("megolm-malformed.json").get("rows"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void onlyTheCanonicalFormIsAccepted(JsonObject row) {
    String kind = Vectors.text(row, "target") + " " + Vectors.text(row, "kind");

    assertThat(isAccepted(row)).as(kind).isEqualTo(Vectors.accepted(row));
  }

  private static boolean isAccepted(JsonObject row) {
    try {
      switch (Vectors.text(row, "target")) {
        case "session_key" -> SessionKey.fromBase64(Vectors.ascii(row, "input"));
        case "exported_key" -> ExportedSessionKey.fromBase64(Vectors.ascii(row, "input"));
        case "message" -> decrypt(row);
        default -> throw new IllegalArgumentException(row.toString());
      }
      return true;
    } catch (CryptoException refused) {
      return false;
    }
  }

  private static void decrypt(JsonObject row) throws CryptoException {
    SessionKey key = SessionKey.fromBase64(Vectors.ascii(row, "session_key"));
    InboundGroupSession.fromSessionKey(SessionConfig.V1, key)
        .decrypt(MegolmMessage.fromBase64(Vectors.text(row, "input")));
  }
}
