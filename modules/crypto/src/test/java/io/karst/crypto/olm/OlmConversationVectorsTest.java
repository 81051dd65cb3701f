package io.karst.crypto.olm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.karst.crypto.ForeignPickle;
import io.karst.crypto.Vectors;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.SessionRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519Signature;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.ratchet.Sender;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conversations between libolm and vodozemac, each step taken again from the pickle before it and
 * compared with the pickle after it, byte for byte.
 */
class OlmConversationVectorsTest {

  private static final RandomBytes NONE = target -> {
    throw new AssertionError("this step draws no randomness");
  };

  static Stream<JsonObject> conversations() {
    return Vectors.objects(Vectors.file("olm-conversations.json").get("conversations"));
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void everyStepGivesTheBytesThatTheOtherLibrariesGave(JsonObject conversation) throws Exception {
    new Replay(conversation).run();
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void accountsOfTheOtherLibrariesAreReadAndWritten(JsonObject conversation) throws Exception {
    for (String side : new String[] {"alice", "bob"}) {
      JsonObject person = conversation.getAsJsonObject(side);
      JsonObject identity = person.getAsJsonObject("identity");
      for (String field : person.keySet()) {
        if (field.startsWith("account")) {
          IdentityKeys keys =
              new ForeignPickle(person.getAsJsonObject(field), NONE).account().identityKeys();
          assertThat(keys.ed25519().toBase64()).isEqualTo(Vectors.text(identity, "ed25519"));
          assertThat(keys.curve25519().toBase64()).isEqualTo(Vectors.text(identity, "curve25519"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void signaturesVerifyAndAreMadeAgain(JsonObject conversation) throws Exception {
    JsonObject bob = conversation.getAsJsonObject("bob");
    JsonObject check = bob.getAsJsonObject("signature_check");
    byte[] message = Vectors.text(check, "message").getBytes(StandardCharsets.UTF_8);
    Ed25519Signature signature = Ed25519Signature.fromBase64(Vectors.text(check, "signature"));
    Account account =
        new ForeignPickle(bob.getAsJsonObject("account_after_publish"), NONE).account();

    Ed25519PublicKey.fromBase64(Vectors.text(check, "ed25519")).verify(message, signature);

    assertThat(account.sign(message)).isEqualTo(signature);
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void unpublishedKeysAreThoseThatTheOtherLibraryListed(JsonObject conversation) throws Exception {
    JsonObject bob = conversation.getAsJsonObject("bob");
    Account account =
        new ForeignPickle(bob.getAsJsonObject("account_before_publish"), NONE).account();

    assertThat(account.oneTimeKeys().values().stream().map(Curve25519PublicKey::toBase64))
        .containsExactlyInAnyOrderElementsOf(
            bob.getAsJsonObject("one_time_keys").entrySet().stream()
                .map(entry -> entry.getValue().getAsString())
                .toList());
    account.markKeysAsPublished();
    new ForeignPickle(bob.getAsJsonObject("account_after_publish"), NONE).requireHolds(account);
    assertThat(account.oneTimeKeys()).isEmpty();
    assertThat(account.fallbackKey()).isEmpty();
  }

  /** One conversation and the messages that were sent so far. */
  private static final class Replay {

    private final JsonObject conversation;
    private final Map<Long, JsonObject> messages = new HashMap<>();

    Replay(JsonObject conversation) {
      this.conversation = conversation;
    }

    void run() throws Exception {
      for (JsonObject step : Vectors.objects(conversation.get("steps")).toList()) {
        switch (Vectors.text(step, "op")) {
          case "send" -> send(step);
          case "sendmany" ->
            Vectors.objects(step.get("messages")).forEach(message -> remember(message));
          case "create_inbound" -> createInbound(step);
          case "create_inbound_wrong_identity" -> createInboundWrongIdentity(step);
          case "recv" -> receive(step);
          case "tamper" -> tamper(step);
          default -> throw new IllegalArgumentException(step.toString());
        }
      }
    }

    private void remember(JsonObject row) {
      messages.put(Vectors.number(row, "msg"), row);
    }

    private JsonObject row(JsonObject step) {
      return Objects.requireNonNull(messages.get(Vectors.number(step, "msg")));
    }

    private static OlmMessage message(JsonObject row) throws CryptoException {
      return OlmMessage.fromBase64((int) Vectors.number(row, "type"), Vectors.text(row, "body"));
    }

    private void send(JsonObject step) throws Exception {
      remember(step);
      OlmSession after = session(step, "sender_session_after", NONE);
      boolean deterministic = step.get("deterministic").getAsBoolean();
      RandomBytes random = deterministic ? NONE : target -> fillWithRatchetKey(after, target);
      OlmSession session = session(step, "sender_session_before", random);

      OlmMessage sent = session.encrypt(Vectors.base64(step, "plaintext_b64"));

      assertThat(sent.type()).isEqualTo((int) Vectors.number(step, "type"));
      assertThat(sent.toBase64()).isEqualTo(Vectors.text(step, "body"));
      requireHolds(step, "sender_session_after", session);
      assertThat(session.sessionId()).isEqualTo(Vectors.text(conversation, "session_id"));
    }

    private void createInbound(JsonObject step) throws Exception {
      Account account = account(step, "account_before");
      PreKeyMessage message = (PreKeyMessage) message(row(step));
      if (!Vectors.accepted(step)) {
        assertThatThrownBy(
                () -> account.createInboundSession(SessionConfig.V1, identityOfAlice(), message))
            .isInstanceOf(SessionRejectedException.class);
        new ForeignPickle(step.getAsJsonObject("account_before"), NONE).requireHolds(account);
        return;
      }
      InboundCreation created =
          account.createInboundSession(SessionConfig.V1, identityOfAlice(), message);

      assertThat(created.plaintext()).isEqualTo(Vectors.base64(row(step), "plaintext_b64"));
      assertThat(created.session().sessionId()).isEqualTo(Vectors.text(conversation, "session_id"));
      if (step.has("session_after")) {
        requireHolds(step, "session_after", created.session());
        new ForeignPickle(step.getAsJsonObject("account_after"), NONE).requireHolds(account);
      }
    }

    private void createInboundWrongIdentity(JsonObject step) throws Exception {
      JsonObject bob = conversation.getAsJsonObject("bob");
      Account account =
          new ForeignPickle(bob.getAsJsonObject("account_after_publish"), NONE).account();
      Curve25519PublicKey wrong = account.identityKeys().curve25519();
      PreKeyMessage message = (PreKeyMessage) message(row(step));

      assertThat(Vectors.accepted(step)).isFalse();
      assertThatThrownBy(() -> account.createInboundSession(SessionConfig.V1, wrong, message))
          .isInstanceOfSatisfying(
              SessionRejectedException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.IDENTITY_KEY_MISMATCH));
    }

    private void receive(JsonObject step) throws Exception {
      OlmSession session = session(step, "receiver_session_before", NONE);
      OlmMessage message = message(row(step));
      if (step.has("matches")) {
        assertThat(session.matches((PreKeyMessage) message))
            .isEqualTo(step.get("matches").getAsBoolean());
      }
      if (Vectors.accepted(step)) {
        assertThat(session.decrypt(message)).isEqualTo(Vectors.base64(row(step), "plaintext_b64"));
        assertThat(session.hasReceivedMessage()).isTrue();
      } else {
        assertThatThrownBy(() -> session.decrypt(message)).isInstanceOf(CryptoException.class);
      }
      String after =
          step.has("receiver_session_after") ? "receiver_session_after" : "receiver_session_before";
      if (step.has("receiver_session_after") || !Vectors.accepted(step)) {
        requireHolds(step, after, session);
      }
    }

    private void tamper(JsonObject step) throws Exception {
      OlmSession session = session(step, "receiver_session_before", NONE);
      for (JsonObject row : Vectors.objects(step.get("rows")).toList()) {
        assertThatThrownBy(() -> session.decrypt(message(row)))
            .as(Vectors.text(row, "kind"))
            .isInstanceOf(CryptoException.class);
        requireHolds(step, "receiver_session_before", session);
      }
    }

    private Curve25519PublicKey identityOfAlice() {
      JsonObject identity = conversation.getAsJsonObject("alice").getAsJsonObject("identity");
      try {
        return Curve25519PublicKey.fromBase64(Vectors.text(identity, "curve25519"));
      } catch (CryptoException e) {
        throw new AssertionError(e);
      }
    }

    /** The one secret that a new ratchet draws is found in the session as it was stored after. */
    private static void fillWithRatchetKey(OlmSession after, byte[] target) {
      SecretAccess access = SecretAccess.forPickling();
      Sender.Active active = (Sender.Active) after.ratchet(access).sender();
      byte[] key = active.ratchetKey().bytes(access);
      System.arraycopy(key, 0, target, 0, target.length);
    }

    private static Account account(JsonObject step, String field) throws CryptoException {
      return new ForeignPickle(step.getAsJsonObject(field), NONE).account();
    }

    private static OlmSession session(JsonObject step, String field, RandomBytes random)
        throws CryptoException {
      return new ForeignPickle(step.getAsJsonObject(field), random).session();
    }

    private static void requireHolds(JsonObject step, String field, OlmSession session)
        throws CryptoException {
      new ForeignPickle(step.getAsJsonObject(field), NONE).requireHolds(session);
    }
  }
}
