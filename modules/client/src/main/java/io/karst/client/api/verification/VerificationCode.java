package io.karst.client.api.verification;

import io.karst.client.code.CodeWord;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

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

  /** Four ids of 64 characters make less than that. */
  private static final int TEXT_MAX = 700;

  private static final CodeWord WORD = new CodeWord("karst-verify:", 1, TEXT_MAX);

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
    return WORD.write(out -> {
      out.write(Bytes.ofHex(group.value()).toArray());
      out.write(transactionId.toArray());
      write(out, shower);
      write(out, reader);
      out.write(secret.toArray());
    });
  }

  /**
   * Reads a code as a camera or a person gives it: spaces and line breaks do not count. Throws
   * {@link IllegalArgumentException} when it is none, or a character is wrong.
   */
  public static VerificationCode parse(String text) {
    return WORD.read(text, VerificationCode::read);
  }

  private static VerificationCode read(DataInputStream in) throws IOException {
    return new VerificationCode(
        new GroupId(CodeWord.bytes(in, GroupId.LENGTH / 2).toHex()),
        CodeWord.bytes(in, ID_LENGTH),
        identity(in),
        identity(in),
        CodeWord.bytes(in, SECRET_LENGTH));
  }

  private static Identity identity(DataInputStream in) throws IOException {
    DeviceAddress device = DeviceAddress.of(in.readUTF(), in.readUTF());
    return new Identity(
        device, CodeWord.bytes(in, Identity.PART_LENGTH), CodeWord.bytes(in, Identity.PART_LENGTH));
  }

  private static void write(DataOutputStream out, Identity identity) throws IOException {
    out.writeUTF(identity.device().member().value());
    out.writeUTF(identity.device().device().value());
    out.write(identity.ed25519Key().toArray());
    out.write(identity.root().toArray());
  }

  @Override
  public String toString() {
    return "VerificationCode[" + shower.device() + " to " + reader.device() + "]";
  }
}
