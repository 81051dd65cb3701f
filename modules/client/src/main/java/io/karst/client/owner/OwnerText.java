package io.karst.client.owner;

import io.karst.client.api.Content;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.OwnerChannel;
import io.karst.client.session.ContentForm;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The plaintext of a message to own devices: a line that names its client id, and the content. So
 * that nothing else that is sealed between two devices can be taken for one, nor one for another.
 */
final class OwnerText {

  /** The content of a message that says nothing; applications are not told of it. */
  static final Bytes GREETING = Bytes.EMPTY;

  private OwnerText() {}

  /** Throws {@link LocalMistake} when the content is too long. */
  static byte[] encode(Content content) {
    byte[] encoded = ContentForm.encode(new ContentForm.Said(content, Optional.empty()));
    if (encoded.length > OwnerChannel.ENCODED_MAX) {
      throw new LocalMistake(
          LocalMistake.Kind.CONTENT_INVALID,
          "the encoded message has %d bytes, more than %d"
              .formatted(encoded.length, OwnerChannel.ENCODED_MAX));
    }
    return encoded;
  }

  /** What is sealed. */
  static byte[] sealable(ClientId clientId, byte[] content) {
    byte[] line = line(clientId);
    byte[] text = Arrays.copyOf(line, line.length + content.length);
    System.arraycopy(content, 0, text, line.length, content.length);
    return text;
  }

  /** The content of what was sealed under this client id; empty when it is something else. */
  static Optional<byte[]> opened(ClientId clientId, byte[] text) {
    byte[] line = line(clientId);
    boolean same =
        text.length >= line.length && Arrays.equals(line, Arrays.copyOf(text, line.length));
    return same
        ? Optional.of(Arrays.copyOfRange(text, line.length, text.length))
        : Optional.empty();
  }

  private static byte[] line(ClientId clientId) {
    String line = "karst/v1 owner " + clientId.value().toHex() + "\n";
    return line.getBytes(StandardCharsets.US_ASCII);
  }
}
