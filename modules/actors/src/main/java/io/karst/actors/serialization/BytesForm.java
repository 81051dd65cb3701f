package io.karst.actors.serialization;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.karst.domain.bytes.Bytes;
import java.io.IOException;

/** Strings of bytes as CBOR's own. */
final class BytesForm {

  private BytesForm() {}

  static final class Writer extends StdSerializer<Bytes> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Bytes.class);
    }

    @Override
    public void serialize(Bytes value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeBinary(value.toArray());
    }
  }

  static final class Reader extends StdDeserializer<Bytes> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Bytes.class);
    }

    @Override
    public Bytes deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Bytes.copyOf(in.getBinaryValue());
    }
  }
}
