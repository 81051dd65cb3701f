package io.karst.client.api;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;

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

  private static final String PREFIX = "karst-link:";
  private static final int VERSION = 1;
  private static final int CHECKSUM_LENGTH = 4;
  private static final int KEY_LENGTH = DeviceIdentity.KEY_LENGTH;
  private static final int SIGNATURE_LENGTH = 64;

  /** Longer texts are not looked at: two ids of 64 characters make less. */
  private static final int TEXT_MAX = 600;

  public LinkCode {
    if (!identity.device().equals(device.device())
        || !fallbackKey.fallback()
        || secret.length() != SECRET_LENGTH) {
      throw new IllegalArgumentException("the parts of a link code do not fit each other");
    }
  }

  /** The code as one word, to be typed, pasted, or shown as a picture. A secret. */
  public String text() {
    byte[] body = body();
    byte[] whole = Arrays.copyOf(body, body.length + CHECKSUM_LENGTH);
    System.arraycopy(checksum(body), 0, whole, body.length, CHECKSUM_LENGTH);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /**
   * Reads a code as a person may have pasted it: spaces and line breaks do not count. Throws
   * {@link LocalMistake} when it is none, or a character is wrong.
   */
  public static LinkCode parse(String text) {
    String word = text.replaceAll("\\s", "");
    if (!word.startsWith(PREFIX) || word.length() > TEXT_MAX) {
      throw wrong();
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(word.substring(PREFIX.length()));
      byte[] body = Arrays.copyOf(whole, Math.max(0, whole.length - CHECKSUM_LENGTH));
      byte[] sum = Arrays.copyOfRange(whole, body.length, whole.length);
      if (!Arrays.equals(sum, checksum(body))) {
        throw wrong();
      }
      return read(body);
    } catch (IOException | IllegalArgumentException e) {
      throw wrong();
    }
  }

  private static LinkCode read(byte[] body) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(body));
    if (in.readUnsignedByte() != VERSION) {
      throw wrong();
    }
    DeviceAddress device = DeviceAddress.of(in.readUTF(), in.readUTF());
    Bytes ed25519 = bytes(in, KEY_LENGTH);
    Bytes curve25519 = bytes(in, KEY_LENGTH);
    long keyId = in.readLong();
    Bytes key = bytes(in, KEY_LENGTH);
    Bytes signature = bytes(in, SIGNATURE_LENGTH);
    Bytes secret = bytes(in, SECRET_LENGTH);
    if (in.available() > 0) {
      throw wrong();
    }
    return new LinkCode(
        device,
        new DeviceIdentity(device.device(), ed25519, curve25519),
        new SignedKey(keyId, key, true, signature),
        secret);
  }

  private static Bytes bytes(DataInputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return Bytes.copyOf(bytes);
  }

  private byte[] body() {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    try {
      out.writeByte(VERSION);
      out.writeUTF(device.member().value());
      out.writeUTF(device.device().value());
      out.write(identity.ed25519Key().toArray());
      out.write(identity.curve25519Key().toArray());
      out.writeLong(fallbackKey.keyId());
      out.write(fallbackKey.curve25519Key().toArray());
      out.write(fallbackKey.signature().toArray());
      out.write(secret.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Against a slip of the pen; what is forged is refused by signature. */
  private static byte[] checksum(byte[] body) {
    return Arrays.copyOf(Sha256.hash(Bytes.copyOf(body)).toArray(), CHECKSUM_LENGTH);
  }

  private static LocalMistake wrong() {
    return new LocalMistake(
        LocalMistake.Kind.LINK_CODE_INVALID, "this is no link code, or a character is wrong");
  }

  @Override
  public String toString() {
    return "LinkCode[" + device + "]";
  }
}
