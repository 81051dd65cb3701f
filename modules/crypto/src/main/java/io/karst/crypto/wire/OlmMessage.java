package io.karst.crypto.wire;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;

/** A message between two devices: it opens a session, or continues one. */
public sealed interface OlmMessage permits PreKeyMessage, NormalMessage {

  /** Number of pre-key messages in {@code {"type":…,"body":…}}. */
  int PRE_KEY_TYPE = 0;

  /** Number of normal messages. */
  int NORMAL_TYPE = 1;

  /** Parses a frame whose type, 0 or 1, travelled beside it. */
  static OlmMessage parse(int type, byte[] bytes) throws EncodingException {
    return switch (type) {
      case PRE_KEY_TYPE -> PreKeyMessage.parse(bytes);
      case NORMAL_TYPE -> NormalMessage.parse(bytes);
      default -> throw unknownType(type);
    };
  }

  /** Parses standard base64, padded or not. */
  static OlmMessage fromBase64(int type, String text) throws EncodingException {
    return switch (type) {
      case PRE_KEY_TYPE -> PreKeyMessage.fromBase64(text);
      case NORMAL_TYPE -> NormalMessage.fromBase64(text);
      default -> throw unknownType(type);
    };
  }

  private static EncodingException unknownType(int type) {
    return new EncodingException(ErrorCode.BAD_FORMAT, "no Olm message has type " + type);
  }

  /** 0 for a pre-key message, 1 for a normal one. */
  int type();

  /** A fresh copy of the frame. */
  byte[] bytes();

  /** The frame in unpadded standard base64. */
  String toBase64();

  /** The double ratchet's part: the message itself, or the one inside. */
  NormalMessage normal();

  /** Calls the one case that matches. */
  <R> R match(Cases<R> cases);

  /** One method per kind. */
  interface Cases<R> {
    R preKey(PreKeyMessage message);

    R normal(NormalMessage message);
  }
}
