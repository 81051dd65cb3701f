package io.karst.edge.call;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.Refusal;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads a request without ever throwing, so that a bad message costs an answer and not a stack
 * trace.
 *
 * <p>Byte fields of a parsed message share the array that was read: they are copied once, when they
 * become domain values.
 */
final class StrictMarshaller<Q extends Message> implements MethodDescriptor.Marshaller<Arrival<Q>> {

  private final Q prototype;

  StrictMarshaller(Q prototype) {
    this.prototype = prototype;
  }

  @Override
  public Arrival<Q> parse(InputStream stream) {
    try {
      boolean sized = stream instanceof KnownLength;
      int size = sized ? stream.available() : MessageLimits.REQUEST_BYTES_MAX + 1;
      if (sized && size > MessageLimits.REQUEST_BYTES_MAX) {
        return new Arrival.Unreadable<>(MessageLimits.tooLarge());
      }
      return parse(sized ? exactly(stream, size) : stream.readNBytes(size));
    } catch (IOException e) {
      return new Arrival.Unreadable<>(Refusal.of(Reason.MALFORMED_MESSAGE));
    }
  }

  /** Reads into one array of the right size: the usual case, on the way of every envelope. */
  private static byte[] exactly(InputStream stream, int size) throws IOException {
    byte[] bytes = new byte[size];
    if (stream.readNBytes(bytes, 0, size) != size) {
      throw new EOFException();
    }
    return bytes;
  }

  private Arrival<Q> parse(byte[] bytes) {
    if (bytes.length > MessageLimits.REQUEST_BYTES_MAX) {
      return new Arrival.Unreadable<>(MessageLimits.tooLarge());
    }
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    input.enableAliasing(true);
    try {
      @SuppressWarnings("unchecked") // A message's parser makes messages of its own type.
      Q message = (Q) prototype.getParserForType().parseFrom(input);
      return new Arrival.Parsed<>(message);
    } catch (InvalidProtocolBufferException e) {
      boolean structured = Structure.isSound(bytes, prototype.getDescriptorForType());
      Reason reason = structured ? Reason.INVALID_UTF8 : Reason.MALFORMED_MESSAGE;
      return new Arrival.Unreadable<>(Refusal.of(reason));
    }
  }

  @Override
  public InputStream stream(Arrival<Q> value) {
    if (value instanceof Arrival.Parsed<Q> parsed) {
      return new ByteArrayInputStream(parsed.message().toByteArray());
    }
    throw new UncheckedIOException(new IOException("unreadable messages have no bytes"));
  }
}
