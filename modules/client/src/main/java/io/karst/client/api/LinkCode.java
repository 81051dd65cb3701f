package io.karst.client.api;

import io.karst.client.code.CodeWord;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * What a new device shows to one that its member has already: who it is, and a secret that the
 * server never sees (docs/protocol.md, "Linking").
 *
 * @param fallbackKey opens Olm sessions with the new device until it has uploaded one-time keys
 * @param secret {@value #SECRET_LENGTH} bytes by which the old device proves the chain to the new
 */
public record LinkCode(
    DeviceAddress device, DeviceIdentity identity, SignedKey fallbackKey, Bytes secret) {

  public static final int SECRET_LENGTH = 16;

  private static final int KEY_LENGTH = DeviceIdentity.KEY_LENGTH;
  private static final int SIGNATURE_LENGTH = 64;

  /** Two ids of 64 characters make less than that. */
  private static final int TEXT_MAX = 600;

  private static final CodeWord WORD = new CodeWord("karst-link:", 1, TEXT_MAX);

  public LinkCode {
    if (!identity.device().equals(device.device())
        || !fallbackKey.fallback()
        || secret.length() != SECRET_LENGTH) {
      throw new IllegalArgumentException("the parts of a link code do not fit each other");
    }
  }

  /** The code as one word, to be typed, pasted, or shown as a picture. A secret. */
  public String text() {
    return WORD.write(out -> {
      out.writeUTF(device.member().value());
      out.writeUTF(device.device().value());
      out.write(identity.ed25519Key().toArray());
      out.write(identity.curve25519Key().toArray());
      out.writeLong(fallbackKey.keyId());
      out.write(fallbackKey.curve25519Key().toArray());
      out.write(fallbackKey.signature().toArray());
      out.write(secret.toArray());
    });
  }

  /**
   * Reads a code as a person may have pasted it: spaces and line breaks do not count. Throws
   * {@link LocalMistake} when it is none, or a character is wrong.
   */
  public static LinkCode parse(String text) {
    try {
      return WORD.read(text, LinkCode::read);
    } catch (IllegalArgumentException e) {
      throw new LocalMistake(
          LocalMistake.Kind.LINK_CODE_INVALID, "this is no link code, or a character is wrong");
    }
  }

  private static LinkCode read(DataInputStream in) throws IOException {
    DeviceAddress device = DeviceAddress.of(in.readUTF(), in.readUTF());
    Bytes ed25519 = CodeWord.bytes(in, KEY_LENGTH);
    Bytes curve25519 = CodeWord.bytes(in, KEY_LENGTH);
    long keyId = in.readLong();
    Bytes key = CodeWord.bytes(in, KEY_LENGTH);
    Bytes signature = CodeWord.bytes(in, SIGNATURE_LENGTH);
    Bytes secret = CodeWord.bytes(in, SECRET_LENGTH);
    return new LinkCode(
        device,
        new DeviceIdentity(device.device(), ed25519, curve25519),
        new SignedKey(keyId, key, true, signature),
        secret);
  }

  @Override
  public String toString() {
    return "LinkCode[" + device + "]";
  }
}
