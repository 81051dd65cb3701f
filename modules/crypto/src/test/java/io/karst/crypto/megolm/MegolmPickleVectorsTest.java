package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.karst.crypto.FixedRandom;
import io.karst.crypto.ForeignPickle;
import io.karst.crypto.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored group sessions of libolm and vodozemac. */
class MegolmPickleVectorsTest {

  private static Stream<JsonObject> rows(String field) {
    return Vectors.objects(Vectors.file("megolm-sessions.json").get("sessions"))
        .flatMap(session -> Vectors.objects(session.get(field)));
  }

  static Stream<JsonObject> pickles() {
    return rows("pickles");
  }

  static Stream<JsonObject> encryptions() {
    return rows("golden_encrypt");
  }

  @ParameterizedTest
  @MethodSource("pickles")
  void storedSessionsAreReadAndWrittenByteForByte(JsonObject row) throws Exception {
    ForeignPickle pickle = new ForeignPickle(row, new FixedRandom(1));

    switch (Vectors.text(row, "kind")) {
      case "outbound" -> {
        OutboundGroupSession session = pickle.outbound();
        assertThat(session.sessionId()).isEqualTo(Vectors.text(row, "session_id"));
        assertThat(session.messageIndex()).isEqualTo(Vectors.number(row, "message_index"));
      }
      case "inbound" -> {
        InboundGroupSession session = pickle.inbound();
        assertThat(session.sessionId()).isEqualTo(Vectors.text(row, "session_id"));
        assertThat(session.firstKnownIndex()).isEqualTo(Vectors.number(row, "first_known_index"));
      }
      default -> throw new IllegalArgumentException(row.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("encryptions")
  void aStoredSessionEncryptsAsTheOtherLibraryDid(JsonObject row) throws Exception {
    OutboundGroupSession session = new ForeignPickle(row, new FixedRandom(1)).outbound();
    long index = Vectors.number(row, "message_index");
    assertThat(session.messageIndex()).isEqualTo(index);

    String message = session.encrypt(Vectors.base64(row, "plaintext_b64")).toBase64();

    assertThat(message).isEqualTo(Vectors.text(row, "ciphertext"));
    assertThat(session.messageIndex()).isEqualTo(index + 1);
  }
}
