package io.karst.acceptance;

import com.google.gson.JsonObject;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.megolm.ExportedSessionKey;
import io.karst.crypto.megolm.SessionKey;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The accounts and sessions of a foreign library, which live in its process. */
final class ForeignRatchets {

  private final ForeignPeer peer;
  private final String key;

  /** Pickles are made and read under {@code key}, which is base64. */
  ForeignRatchets(ForeignPeer peer, String key) {
    this.peer = peer;
    this.key = key;
  }

  Device device() throws CryptoException {
    return new Device(peer.ask("account"));
  }

  Device device(byte[] pickle) throws CryptoException {
    return new Device(unpickle("accountUnpickle", pickle));
  }

  /** A libolm pickle, as vodozemac reads it. */
  Device deviceFromLibolm(byte[] pickle) throws CryptoException {
    return new Device(unpickle("accountFromLibolm", pickle));
  }

  Session session(byte[] pickle) {
    return new Session(unpickle("sessionUnpickle", pickle));
  }

  /** A libolm pickle, as vodozemac reads it. */
  Session sessionFromLibolm(byte[] pickle) {
    return new Session(unpickle("sessionFromLibolm", pickle));
  }

  Speaker speaker() {
    return new Speaker(peer.ask("newOutbound"));
  }

  Speaker speaker(byte[] pickle) {
    return new Speaker(unpickle("outbound", pickle));
  }

  Listener listener(SessionKey sessionKey) {
    return new Listener(peer.ask("inbound", "sessionKey", ascii(sessionKey.toBase64())));
  }

  Listener listener(ExportedSessionKey exported) {
    return new Listener(peer.ask("importInbound", "exportedKey", ascii(exported.toBase64())));
  }

  Listener listener(byte[] pickle) {
    return new Listener(unpickle("inboundUnpickle", pickle));
  }

  /** A libolm pickle, as vodozemac reads it. */
  Listener listenerFromLibolm(byte[] pickle) {
    return new Listener(unpickle("inboundFromLibolm", pickle));
  }

  boolean refusesSignature(Ed25519PublicKey key, String message, String signature) {
    return peer.refuses("verify", "key", key.toBase64(), "text", message, "signature", signature);
  }

  private JsonObject unpickle(String operation, byte[] pickle) {
    return peer.ask(operation, "pickle", ascii(pickle), "key", key);
  }

  private static String ascii(byte[] text) {
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static String string(JsonObject answer, String field) {
    return answer.get(field).getAsString();
  }

  /** An account. */
  final class Device {

    private final int account;
    private final Ed25519PublicKey ed25519;
    private final Curve25519PublicKey curve25519;

    private Device(JsonObject answer) throws CryptoException {
      account = answer.get("account").getAsInt();
      ed25519 = Ed25519PublicKey.fromBase64(string(answer, "ed25519"));
      curve25519 = Curve25519PublicKey.fromBase64(string(answer, "curve25519"));
    }

    Ed25519PublicKey ed25519() {
      return ed25519;
    }

    Curve25519PublicKey curve25519() {
      return curve25519;
    }

    /** A new one, marked as published. */
    Curve25519PublicKey oneTimeKey() throws CryptoException {
      return only(peer.ask("oneTimeKeys", "account", account, "count", 1));
    }

    /** A new one, marked as published. */
    Curve25519PublicKey fallbackKey() throws CryptoException {
      return only(peer.ask("fallbackKey", "account", account));
    }

    private static Curve25519PublicKey only(JsonObject answer) throws CryptoException {
      List<String> keys = answer.getAsJsonArray("keys").asList().stream()
          .map(entry -> string(entry.getAsJsonObject(), "key"))
          .toList();
      return Curve25519PublicKey.fromBase64(keys.get(keys.size() - 1));
    }

    void forgetFallbackKey() {
      peer.ask("forgetFallbackKey", "account", account);
    }

    String sign(String message) {
      return string(peer.ask("sign", "account", account, "text", message), "signature");
    }

    Session open(Curve25519PublicKey theirIdentity, Curve25519PublicKey theirOneTimeKey) {
      return new Session(peer.ask(
          "openOlm",
          "account",
          account,
          "identityKey",
          theirIdentity.toBase64(),
          "oneTimeKey",
          theirOneTimeKey.toBase64()));
    }

    Opened accept(OlmMessage message) {
      JsonObject answer = peer.ask("acceptOlm", acceptance(message));
      return new Opened(new Session(answer), string(answer, "text"));
    }

    boolean refuses(OlmMessage message) {
      return peer.refuses("acceptOlm", acceptance(message));
    }

    private Object[] acceptance(OlmMessage message) {
      String sender = ((PreKeyMessage) message).identityKey().toBase64();
      return new Object[] {"account", account, "identityKey", sender, "body", message.toBase64()};
    }

    byte[] pickle() {
      return string(peer.ask("accountPickle", "account", account, "key", key), "pickle")
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** A session that a message opened, and what the message said. */
  record Opened(Session session, String text) {}

  /** One end of an Olm session. */
  final class Session {

    private final int session;

    private Session(JsonObject answer) {
      session = answer.get("session").getAsInt();
    }

    OlmMessage encrypt(String text) throws CryptoException {
      JsonObject answer = peer.ask("encryptOlm", "session", session, "text", text);
      return OlmMessage.fromBase64(answer.get("type").getAsInt(), string(answer, "body"));
    }

    String decrypt(OlmMessage message) {
      return string(peer.ask("decryptOlm", decryption(message)), "text");
    }

    boolean refuses(OlmMessage message) {
      return peer.refuses("decryptOlm", decryption(message));
    }

    private Object[] decryption(OlmMessage message) {
      return new Object[] {"session", session, "type", message.type(), "body", message.toBase64()};
    }

    boolean matches(OlmMessage message) {
      return peer.ask("matchesOlm", "session", session, "body", message.toBase64())
          .get("matches")
          .getAsBoolean();
    }

    String id() {
      return string(peer.ask("olmState", "session", session), "sessionId");
    }

    boolean received() {
      return peer.ask("olmState", "session", session).get("received").getAsBoolean();
    }

    byte[] pickle() {
      return string(peer.ask("sessionPickle", "session", session, "key", key), "pickle")
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** The sending end of a group session. */
  final class Speaker {

    private final JsonObject answer;

    private Speaker(JsonObject answer) {
      this.answer = answer;
    }

    SessionKey sessionKey() throws CryptoException {
      return SessionKey.fromBase64(
          string(answer, "sessionKey").getBytes(StandardCharsets.US_ASCII));
    }

    String id() {
      return string(answer, "sessionId");
    }

    MegolmMessage encrypt(String text) throws CryptoException {
      JsonObject sent =
          peer.ask("encryptMegolm", "session", answer.get("session").getAsInt(), "text", text);
      return MegolmMessage.fromBase64(string(sent, "body"));
    }

    byte[] pickle() {
      int session = answer.get("session").getAsInt();
      return string(peer.ask("groupPickle", "session", session, "key", key), "pickle")
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** The receiving end of a group session. */
  final class Listener {

    private final JsonObject answer;
    private final int session;

    private Listener(JsonObject answer) {
      this.answer = answer;
      this.session = answer.get("session").getAsInt();
    }

    String id() {
      return string(answer, "sessionId");
    }

    /** As it was when the session came about. */
    long firstKnownIndex() {
      return answer.get("firstKnownIndex").getAsLong();
    }

    String decrypt(MegolmMessage message) {
      return string(
          peer.ask("decryptMegolm", "session", session, "body", message.toBase64()), "text");
    }

    boolean refuses(MegolmMessage message) {
      return peer.refuses("decryptMegolm", "session", session, "body", message.toBase64());
    }

    byte[] export(long index) {
      return string(peer.ask("exportInbound", "session", session, "index", index), "exportedKey")
          .getBytes(StandardCharsets.US_ASCII);
    }

    byte[] pickle() {
      return string(peer.ask("groupPickle", "session", session, "key", key), "pickle")
          .getBytes(StandardCharsets.US_ASCII);
    }
  }
}
