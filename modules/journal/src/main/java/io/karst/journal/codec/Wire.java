package io.karst.journal.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Protobuf messages to and from bytes. */
final class Wire {

  private Wire() {}

  /**
   * Encodes deterministically: equal messages are equal bytes, so that golden files can be
   * compared.
   */
  static byte[] write(Message message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size takes its message", e);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  static <M> M read(Parser<M> parser, byte[] bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw Fields.corrupt("record", e);
    }
  }
}
