package io.karst.client.api;

import io.karst.domain.bytes.Bytes;

/**
 * What an application says to a group: a media type and a body of text or bytes.
 *
 * <p>It travels encrypted only; the server sees its approximate length. Encoded, it has at most
 * {@value #ENCODED_MAX} bytes.
 */
public record Content(String mediaType, Body body) {

  /** What fits into one envelope (65,536 bytes) with its padding, signature and frame. */
  public static final int ENCODED_MAX = 65_400;

  /** As RFC 6838 bounds a type and a subtype together. */
  public static final int MEDIA_TYPE_MAX = 127;

  /** Throws {@link LocalMistake} when the media type is empty or too long. */
  public Content {
    if (mediaType.isEmpty() || mediaType.length() > MEDIA_TYPE_MAX) {
      throw new LocalMistake(
          LocalMistake.Kind.CONTENT_INVALID, "a media type has 1 to 127 characters");
    }
  }

  /** Plain text. */
  public static Content text(String text) {
    return new Content("text/plain", new Text(text));
  }

  /** Bytes of a given media type. */
  public static Content data(String mediaType, Bytes data) {
    return new Content(mediaType, new Data(data));
  }

  /** Text or bytes. */
  public sealed interface Body {

    <R> R match(Cases<R> cases);
  }

  /** A body of text. */
  public record Text(String value) implements Body {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.text(this);
    }

    @Override
    public String toString() {
      return "Text[" + value.length() + "]";
    }
  }

  /** A body of anything else. */
  public record Data(Bytes value) implements Body {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.data(this);
    }
  }

  /** One method for each kind of body. */
  public interface Cases<R> {
    R text(Text text);

    R data(Data data);
  }
}
