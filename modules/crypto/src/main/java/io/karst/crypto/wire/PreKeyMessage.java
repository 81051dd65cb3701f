package io.karst.crypto.wire;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.UnsupportedVersionException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.primitive.Base64Text;
import java.util.Arrays;

/**
 * A message that also carries what its receiver needs to make the session.
 *
 * <p>The three keys around the inner message are not authenticated by it; they are once a session
 * made from them opened it. Immutable.
 */
public final class PreKeyMessage implements OlmMessage {

  private static final byte VERSION = 3;
  private static final int ONE_TIME_KEY_TAG = 0x0a;
  private static final int BASE_KEY_TAG = 0x12;
  private static final int IDENTITY_KEY_TAG = 0x1a;
  private static final int INNER_TAG = 0x22;

  private final byte[] frame;
  private final SessionKeys sessionKeys;
  private final NormalMessage inner;

  private PreKeyMessage(byte[] frame, SessionKeys sessionKeys, NormalMessage inner) {
    this.frame = frame;
    this.sessionKeys = sessionKeys;
    this.inner = inner;
  }

  /** Copies and parses a frame; anything but the canonical form is refused. */
  public static PreKeyMessage parse(byte[] bytes) throws EncodingException {
    return owning(bytes.clone());
  }

  /** Parses standard base64, padded or not. */
  public static PreKeyMessage fromBase64(String text) throws EncodingException {
    return owning(Base64Text.decode(text));
  }

  private static PreKeyMessage owning(byte[] frame) throws EncodingException {
    byte version = FrameReader.version(frame);
    if (version != VERSION) {
      throw new UnsupportedVersionException(VERSION, version & 0xff);
    }
    FrameReader reader = new FrameReader(frame, frame.length);
    int oneTimeKey = reader.fixed(ONE_TIME_KEY_TAG, Curve25519PublicKey.LENGTH);
    int baseKey = reader.fixed(BASE_KEY_TAG, Curve25519PublicKey.LENGTH);
    int identityKey = reader.fixed(IDENTITY_KEY_TAG, Curve25519PublicKey.LENGTH);
    int inner = reader.remainder(INNER_TAG);
    SessionKeys keys = new SessionKeys(
        Curve25519PublicKey.within(frame, identityKey),
        Curve25519PublicKey.within(frame, baseKey),
        Curve25519PublicKey.within(frame, oneTimeKey));
    NormalMessage message = NormalMessage.parse(Arrays.copyOfRange(frame, inner, frame.length));
    return new PreKeyMessage(frame, keys, message);
  }

  /** Puts the session's keys around {@code inner}. */
  public static PreKeyMessage wrap(SessionKeys keys, NormalMessage inner) {
    byte[] message = inner.bytes();
    int payload = 3 * FrameWriter.bytesLength(Curve25519PublicKey.LENGTH)
        + FrameWriter.bytesLength(message.length);
    byte[] frame = new FrameWriter(VERSION, payload, 0)
        .bytes(ONE_TIME_KEY_TAG, keys.oneTimeKey().bytes())
        .bytes(BASE_KEY_TAG, keys.baseKey().bytes())
        .bytes(IDENTITY_KEY_TAG, keys.identityKey().bytes())
        .bytes(INNER_TAG, message)
        .finish();
    return new PreKeyMessage(frame, keys, inner);
  }

  /** The three keys that name the session. */
  public SessionKeys sessionKeys() {
    return sessionKeys;
  }

  /** Whom the message claims to be from; true once a session made from it opened it. */
  public Curve25519PublicKey identityKey() {
    return sessionKeys.identityKey();
  }

  @Override
  public int type() {
    return PRE_KEY_TYPE;
  }

  @Override
  public byte[] bytes() {
    return frame.clone();
  }

  @Override
  public String toBase64() {
    return Base64Text.encode(frame);
  }

  @Override
  public NormalMessage normal() {
    return inner;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.preKey(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PreKeyMessage that && Arrays.equals(frame, that.frame);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(frame);
  }

  @Override
  public String toString() {
    return "PreKeyMessage(session " + sessionKeys.sessionId() + ", " + frame.length + " bytes)";
  }
}
