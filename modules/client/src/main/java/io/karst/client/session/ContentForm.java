package io.karst.client.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.karst.client.api.Content;
import io.karst.client.api.KarstException;
import io.karst.client.api.LocalMistake;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.wire.WireBytes;
import io.karst.proof.merkle.Head;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The plaintext of an envelope: {@code karst.v1.Content} as ProtoJSON in UTF-8. */
public final class ContentForm {

  private ContentForm() {}

  /**
   * What a member said, and which log it sees.
   *
   * @param head the sender's newest head when it spoke
   */
  public record Said(Content content, Optional<Head> head) {}

  /** Throws {@link LocalMistake} when the content is too long. */
  public static byte[] encode(Said said) {
    var wire = io.karst.wire.v1.Content.newBuilder().setMediaType(said.content().mediaType());
    said.content().body().match(new Body(wire));
    said.head().ifPresent(head -> wire.setHead(EnvelopeWire.head(head)));
    byte[] encoded = print(wire.build()).getBytes(StandardCharsets.UTF_8);
    if (encoded.length > Content.ENCODED_MAX) {
      throw new LocalMistake(
          LocalMistake.Kind.CONTENT_INVALID,
          "the encoded message has " + encoded.length + " bytes, more than " + Content.ENCODED_MAX);
    }
    return encoded;
  }

  /** Empty when the bytes are no content: they come from a member, not from the server. */
  public static Optional<Said> decode(byte[] plaintext) {
    try {
      var wire = io.karst.wire.v1.Content.newBuilder();
      JsonFormat.parser().ignoringUnknownFields().merge(text(plaintext), wire);
      return Optional.of(said(wire.build()));
    } catch (InvalidProtocolBufferException
        | CharacterCodingException
        | IllegalArgumentException
        | KarstException e) {
      return Optional.empty();
    }
  }

  private static Said said(io.karst.wire.v1.Content wire) {
    Content.Body body = switch (wire.getBodyCase()) {
      case TEXT -> new Content.Text(wire.getText());
      case DATA -> new Content.Data(WireBytes.bytes(wire.getData()));
      case BODY_NOT_SET -> throw new IllegalArgumentException("no body");
    };
    Optional<Head> head =
        wire.hasHead() ? Optional.of(EnvelopeWire.head(wire.getHead())) : Optional.empty();
    return new Said(new Content(wire.getMediaType(), body), head);
  }

  private static String print(io.karst.wire.v1.Content wire) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(wire);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of known fields can be printed", e);
    }
  }

  /** Strict: what is not UTF-8 is refused, not replaced. */
  private static String text(byte[] plaintext) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(plaintext))
        .toString();
  }

  private record Body(io.karst.wire.v1.Content.Builder wire) implements Content.Cases<Boolean> {

    @Override
    public Boolean text(Content.Text text) {
      wire.setText(text.value());
      return true;
    }

    @Override
    public Boolean data(Content.Data data) {
      wire.setData(ByteString.copyFrom(data.value().toArray()));
      return true;
    }
  }
}
