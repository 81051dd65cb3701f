package io.karst.client.code;

import io.karst.domain.bytes.Bytes;
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
 * Bytes as one word that a person can paste and a camera can read: a prefix, and the unpadded
 * base64url of a version, the parts, and the beginning of the SHA-256 of both.
 *
 * @param prefix says what kind of code it is
 * @param version the first byte
 * @param textMax longer texts are not looked at
 */
public record CodeWord(String prefix, int version, int textMax) {

  private static final int CHECKSUM_LENGTH = 4;

  /** Writes the parts. */
  public interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Reads the parts. */
  public interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  /** The word. */
  public String write(Writing parts) {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    try {
      out.writeByte(version);
      parts.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] body = bytes.toByteArray();
    byte[] whole = Arrays.copyOf(body, body.length + CHECKSUM_LENGTH);
    System.arraycopy(checksum(body), 0, whole, body.length, CHECKSUM_LENGTH);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /**
   * Reads a word as a camera or a person gives it: spaces and line breaks do not count. Throws
   * {@link IllegalArgumentException} when it is none, or a character is wrong.
   */
  public <T> T read(String text, Reading<T> parts) {
    String word = text.replaceAll("\\s", "");
    if (!word.startsWith(prefix) || word.length() > textMax) {
      throw wrong();
    }
    byte[] whole = Base64.getUrlDecoder().decode(word.substring(prefix.length()));
    byte[] body = Arrays.copyOf(whole, Math.max(0, whole.length - CHECKSUM_LENGTH));
    if (!Arrays.equals(checksum(body), Arrays.copyOfRange(whole, body.length, whole.length))) {
      throw wrong();
    }
    var in = new DataInputStream(new ByteArrayInputStream(body));
    try {
      if (in.readUnsignedByte() != version) {
        throw wrong();
      }
      T read = parts.from(in);
      if (in.available() > 0) {
        throw wrong();
      }
      return read;
    } catch (IOException e) {
      throw new IllegalArgumentException("a part of the code is missing", e);
    }
  }

  /** A part of this length. */
  public static Bytes bytes(DataInputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return Bytes.copyOf(bytes);
  }

  /** Against a slip of the pen; what is forged shows in keys and signatures. */
  private static byte[] checksum(byte[] body) {
    return Arrays.copyOf(Sha256.hash(Bytes.copyOf(body)).toArray(), CHECKSUM_LENGTH);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("no such code, or a character is wrong");
  }
}
