package io.karst.edge.call;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;

/**
 * Tells bytes that are no message at all from a message whose only fault is a string that is not
 * UTF-8.
 *
 * <p>Reads the same bytes without looking into strings, message within message. Runs only after
 * parsing has failed.
 */
final class Structure {

  private Structure() {}

  static boolean isSound(byte[] bytes, Descriptor type) {
    try {
      return isSound(UnknownFieldSet.parseFrom(bytes), type);
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  /** Requests nest a few levels of fixed types, so the recursion is bounded by the schema. */
  private static boolean isSound(UnknownFieldSet fields, Descriptor type)
      throws InvalidProtocolBufferException {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      for (ByteString nested : fields.getField(field.getNumber()).getLengthDelimitedList()) {
        if (!isSound(UnknownFieldSet.parseFrom(nested), field.getMessageType())) {
          return false;
        }
      }
    }
    return true;
  }
}
