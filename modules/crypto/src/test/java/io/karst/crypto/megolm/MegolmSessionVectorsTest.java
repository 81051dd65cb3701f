package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.karst.crypto.Vectors;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ReplayedMessageException;
import io.karst.crypto.error.UnknownMessageIndexException;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions that libolm and vodozemac sent. */
class MegolmSessionVectorsTest {

  static Stream<JsonObject> sessions() {
    return Vectors.objects(Vectors.file("megolm-sessions.json").get("sessions"));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void messagesOfTheOtherLibrariesOpenOnceInAnyOrderAndAreReadAgain(JsonObject vector)
      throws Exception {
    InboundGroupSession session = inbound(vector);
    Map<Long, JsonObject> messages = Vectors.objects(vector.get("messages"))
        .collect(Collectors.toMap(m -> Vectors.number(m, "index"), Function.identity()));

    assertThat(session.sessionId()).isEqualTo(Vectors.text(vector, "session_id"));
    assertThat(session.firstKnownIndex()).isEqualTo(Vectors.number(vector, "start_index"));
    assertThat(session.signingKeyVerified()).isTrue();
    Set<Long> opened = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      for (var index : vector.getAsJsonArray("decrypt_order")) {
        JsonObject message = Objects.requireNonNull(messages.get(index.getAsLong()));
        if (opened.add(index.getAsLong())) {
          requireDecrypts(session, message);
        } else {
          requireReadAgain(session, message);
        }
      }
    }
  }

  private static void requireReadAgain(InboundGroupSession session, JsonObject row)
      throws CryptoException {
    MegolmMessage message = MegolmMessage.fromBase64(Vectors.text(row, "ciphertext"));
    assertThatThrownBy(() -> session.decrypt(message)).isInstanceOf(ReplayedMessageException.class);
    assertThat(session.reread(message).plaintext()).isEqualTo(Vectors.base64(row, "plaintext_b64"));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void exportsAreThoseOfTheOtherLibrariesByteForByte(JsonObject vector) throws Exception {
    InboundGroupSession session = inbound(vector);

    for (JsonObject row : Vectors.objects(vector.get("exported")).toList()) {
      try (ExportedSessionKey key = session.exportAt(Vectors.number(row, "index"))) {
        assertThat(key.toBase64()).isEqualTo(Vectors.ascii(row, "exported_key"));
      }
    }
    if (vector.has("export_below_start_must_fail")) {
      long below = Vectors.number(vector, "export_below_start_must_fail");
      assertThatThrownBy(() -> session.exportAt(below))
          .isInstanceOf(UnknownMessageIndexException.class);
    }
    assertThat(session.firstKnownIndex()).isEqualTo(Vectors.number(vector, "start_index"));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void importedSessionsReadFromTheirIndexOn(JsonObject vector) throws Exception {
    JsonObject check = vector.getAsJsonObject("import_check");
    ExportedSessionKey key = ExportedSessionKey.fromBase64(Vectors.ascii(check, "exported_key"));
    InboundGroupSession session = InboundGroupSession.importFrom(SessionConfig.V1, key);

    assertThat(session.signingKeyVerified()).isFalse();
    assertThat(session.firstKnownIndex()).isEqualTo(Vectors.number(check, "first_known_index"));
    long below = Vectors.number(check, "must_fail_index");
    for (JsonObject message : Vectors.objects(vector.get("messages")).toList()) {
      if (Vectors.number(message, "index") <= below) {
        MegolmMessage early = MegolmMessage.fromBase64(Vectors.text(message, "ciphertext"));
        assertThatThrownBy(() -> session.decrypt(early))
            .isInstanceOf(UnknownMessageIndexException.class);
      } else {
        requireDecrypts(session, message);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void tamperedMessagesAreRefusedAndChangeNothing(JsonObject vector) throws Exception {
    InboundGroupSession session = inbound(vector);

    for (JsonObject row : Vectors.objects(vector.get("tampered")).toList()) {
      byte[] before = latest(session);
      boolean accepted = false;
      try {
        session.decrypt(MegolmMessage.fromBase64(Vectors.text(row, "ciphertext")));
        accepted = true;
      } catch (CryptoException refused) {
        assertThat(latest(session)).as(Vectors.text(row, "kind")).isEqualTo(before);
      }
      assertThat(accepted).as(Vectors.text(row, "kind")).isEqualTo(Vectors.accepted(row));
    }
  }

  private static byte[] latest(InboundGroupSession session) {
    SecretAccess access = SecretAccess.forPickling();
    return session.ratchets(access).latest().bytes(access);
  }

  private static InboundGroupSession inbound(JsonObject vector) throws CryptoException {
    SessionKey key = SessionKey.fromBase64(Vectors.ascii(vector, "session_key"));
    assertThat(key.toBase64()).isEqualTo(Vectors.ascii(vector, "session_key"));
    return InboundGroupSession.fromSessionKey(SessionConfig.V1, key);
  }

  private static void requireDecrypts(InboundGroupSession session, JsonObject row)
      throws CryptoException {
    MegolmMessage message = MegolmMessage.fromBase64(Vectors.text(row, "ciphertext"));
    DecryptedMessage decrypted = session.decrypt(message);
    assertThat(decrypted.plaintext()).isEqualTo(Vectors.base64(row, "plaintext_b64"));
    assertThat(decrypted.messageIndex()).isEqualTo(Vectors.number(row, "index"));
  }
}
