package io.karst.actors.entity;

import io.karst.actors.serialization.StoredBytes;
import io.karst.domain.bytes.Bytes;
import java.util.function.Function;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/** One entity's events to stored bytes and back. */
public final class StoredEvents<E> extends EventAdapter<E, StoredBytes> {

  private final StoredBytes.Kind kind;
  private final Function<E, byte[]> encode;
  private final Function<byte[], E> decode;

  /** With the codec of the entity's events. */
  public StoredEvents(
      StoredBytes.Kind kind, Function<E, byte[]> encode, Function<byte[], E> decode) {
    this.kind = kind;
    this.encode = encode;
    this.decode = decode;
  }

  @Override
  public StoredBytes toJournal(E event) {
    return new StoredBytes(kind, Bytes.copyOf(encode.apply(event)));
  }

  @Override
  public String manifest(E event) {
    return "";
  }

  @Override
  public EventSeq<E> fromJournal(StoredBytes stored, String manifest) {
    return EventSeq.single(decode.apply(stored.bytes().toArray()));
  }
}
