package io.karst.client.api.verification;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
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
 * What one device shows and another reads: who both are, as the showing device knows them, and a
 * secret (docs/protocol.md, "Verification").
 *
 * @param transactionId 16 bytes
 * @param secret 16 bytes; who knows them has read the code
 */
public record VerificationCode(
    GroupId group, Bytes transactionId, Identity shower, Identity reader, Bytes secret) {

  public static final int ID_LENGTH = 16;
  public static final int SECRET_LENGTH = 16;

  private static final String PREFIX = "karst-verify:";
  private static final int VERSION = 1;
  private static final int CHECKSUM_LENGTH = 4;

  /** Longer texts are not looked at: four ids of 64 characters make less. */
  private static final int TEXT_MAX = 700;

  /**
   * One of the two.
   *
   * @param ed25519Key of the device, 32 bytes
   * @param root hash of version 1 of its member's device list, 32 bytes
   */
  public record Identity(DeviceAddress device, Bytes ed25519Key, Bytes root) {

    static final int PART_LENGTH = 32;

    public Identity {
      if (ed25519Key.length() != PART_LENGTH || root.length() != PART_LENGTH) {
        throw new IllegalArgumentException("a key and a hash have 32 bytes");
      }
    }
  }

  public VerificationCode {
    if (transactionId.length() != ID_LENGTH || secret.length() != SECRET_LENGTH) {
      throw new IllegalArgumentException("the parts of a code have 16 bytes");
    }
  }

  /** The code as one word, to be shown as a picture, or pasted. A secret. */
  public String text() {
    byte[] body = body();
    byte[] whole = Arrays.copyOf(body, body.length + CHECKSUM_LENGTH);
    System.arraycopy(checksum(body), 0, whole, body.length, CHECKSUM_LENGTH);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /**
   * Reads a code as a camera or a person gives it: spaces and line breaks do not count. Throws
   * {@code IllegalArgumentException} when it is none, or a character is wrong.
   */
  public static VerificationCode parse(String text) {
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

  private static VerificationCode read(byte[] body) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(body));
    if (in.readUnsignedByte() != VERSION) {
      throw wrong();
    }
    var code = new VerificationCode(
        new GroupId(bytes(in, GroupId.LENGTH / 2).toHex()),
        bytes(in, ID_LENGTH),
        identity(in),
        identity(in),
        bytes(in, SECRET_LENGTH));
    if (in.available() > 0) {
      throw wrong();
    }
    return code;
  }

  private static Identity identity(DataInputStream in) throws IOException {
    DeviceAddress device = DeviceAddress.of(in.readUTF(), in.readUTF());
    return new Identity(device, bytes(in, Identity.PART_LENGTH), bytes(in, Identity.PART_LENGTH));
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
      out.write(Bytes.ofHex(group.value()).toArray());
      out.write(transactionId.toArray());
      write(out, shower);
      write(out, reader);
      out.write(secret.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Identity identity) throws IOException {
    out.writeUTF(identity.device().member().value());
    out.writeUTF(identity.device().device().value());
    out.write(identity.ed25519Key().toArray());
    out.write(identity.root().toArray());
  }

  /** Against a character that was lost on the way; what is false shows in the keys. */
  private static byte[] checksum(byte[] body) {
    return Arrays.copyOf(Sha256.hash(Bytes.copyOf(body)).toArray(), CHECKSUM_LENGTH);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("this is no verification code, or a character is wrong");
  }

  @Override
  public String toString() {
    return "VerificationCode[" + shower.device() + " to " + reader.device() + "]";
  }
}
