package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.karst.crypto.Vectors;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import org.junit.jupiter.api.Test;

/** Plaintexts that are not text. */
class MegolmBinaryVectorsTest {

  @Test
  void plaintextsAreBytesNotText() throws Exception {
    JsonObject vector = Vectors.file("megolm-binary.json");
    SessionKey key = SessionKey.fromBase64(Vectors.ascii(vector, "session_key"));
    InboundGroupSession session = InboundGroupSession.fromSessionKey(SessionConfig.V1, key);

    assertThat(session.sessionId()).isEqualTo(Vectors.text(vector, "session_id"));
    assertThat(vector.getAsJsonArray("messages")).isNotEmpty();
    for (JsonObject row : Vectors.objects(vector.get("messages")).toList()) {
      MegolmMessage message = MegolmMessage.fromBase64(Vectors.text(row, "ciphertext"));
      assertThat(session.decrypt(message).plaintext())
          .isEqualTo(Vectors.base64(row, "plaintext_b64"));
    }
  }
}
