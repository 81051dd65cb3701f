package io.karst.actors.serialization;

import io.karst.actors.serialization.StoredBytes.Kind;
import io.karst.domain.bytes.Bytes;
import java.io.NotSerializableException;
import java.util.Arrays;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Pekko's way to what is stored: the bytes as they are, their kind as the manifest. */
public final class JournalSerializer extends SerializerWithStringManifest {

  /** Stands in every row: never change it. */
  static final int IDENTIFIER = 7101;

  /** Called by Pekko. */
  public JournalSerializer(ExtendedActorSystem system) {}

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object stored) {
    return ((StoredBytes) stored).kind().manifest();
  }

  @Override
  public byte[] toBinary(Object stored) {
    return ((StoredBytes) stored).bytes().toArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    Kind kind = Arrays.stream(Kind.values())
        .filter(k -> k.manifest().equals(manifest))
        .findFirst()
        .orElseThrow(() -> new NotSerializableException("unknown manifest " + manifest));
    return new StoredBytes(kind, Bytes.copyOf(bytes));
  }
}
