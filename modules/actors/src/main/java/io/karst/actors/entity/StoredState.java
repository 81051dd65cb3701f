package io.karst.actors.entity;

import io.karst.actors.serialization.StoredBytes;
import io.karst.domain.bytes.Bytes;
import java.util.function.Function;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/** One entity's state to a stored snapshot and back. */
public final class StoredState<S> implements SnapshotAdapter<S> {

  private final StoredBytes.Kind kind;
  private final Function<S, byte[]> encode;
  private final Function<byte[], S> decode;

  /** With the codec of the entity's snapshots. */
  public StoredState(
      StoredBytes.Kind kind, Function<S, byte[]> encode, Function<byte[], S> decode) {
    this.kind = kind;
    this.encode = encode;
    this.decode = decode;
  }

  @Override
  public Object toJournal(S state) {
    return new StoredBytes(kind, Bytes.copyOf(encode.apply(state)));
  }

  @Override
  public S fromJournal(Object stored) {
    return decode.apply(((StoredBytes) stored).bytes().toArray());
  }
}
