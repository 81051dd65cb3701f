package io.karst.crypto.pickle.vodozemac;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.primitive.Wipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a pickle straight from its bytes. */
final class JsonReader {

  /** The deepest pickle nests six times. */
  private static final int DEPTH_MAX = 16;

  private static final int BYTE_MAX = 0xff;

  private static final JsonFactory FACTORY = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
      .build();

  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /** The whole of {@code json}; what the parser refuses is malformed. */
  static JsonValue read(byte[] json) throws PickleException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonReader reader = new JsonReader(parser);
      JsonValue value = reader.value(parser.nextToken());
      if (parser.nextToken() != null) {
        throw StateReader.malformed("something follows the pickle");
      }
      return value;
    } catch (IOException e) {
      throw StateReader.malformed("not the JSON of a pickle");
    }
  }

  private JsonValue value(@Nullable JsonToken token) throws IOException, PickleException {
    if (token == null) {
      throw StateReader.malformed("pickle is cut off");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_NUMBER_INT -> new JsonValue.JsonNumber(parser.getLongValue());
      case VALUE_TRUE -> new JsonValue.JsonFlag(true);
      case VALUE_FALSE -> new JsonValue.JsonFlag(false);
      case VALUE_STRING -> new JsonValue.JsonText(parser.getText());
      case VALUE_NULL -> new JsonValue.JsonNull();
      case VALUE_NUMBER_FLOAT,
          VALUE_EMBEDDED_OBJECT,
          FIELD_NAME,
          END_OBJECT,
          END_ARRAY,
          NOT_AVAILABLE -> throw StateReader.malformed("unexpected " + token);
    };
  }

  private JsonValue object() throws IOException, PickleException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      fields.put(name, value(parser.nextToken()));
    }
    return new JsonValue.JsonObject(fields);
  }

  private JsonValue array() throws IOException, PickleException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return byteString();
    }
    List<JsonValue> elements = new ArrayList<>();
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      elements.add(value(token));
    }
    return new JsonValue.JsonList(elements);
  }

  private JsonValue byteString() throws IOException, PickleException {
    try (WipedOutput bytes = new WipedOutput()) {
      JsonToken token = JsonToken.VALUE_NUMBER_INT;
      for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
        if (token != JsonToken.VALUE_NUMBER_INT) {
          throw StateReader.malformed("not a byte string");
        }
        long number = parser.getLongValue();
        if (number < 0 || number > BYTE_MAX) {
          throw StateReader.malformed("not a byte string");
        }
        bytes.write((int) number);
      }
      return new JsonValue.JsonBytes(bytes.toByteArray());
    }
  }

  /** A buffer that wipes what it last held. */
  private static final class WipedOutput extends ByteArrayOutputStream {

    @Override
    public void close() {
      Wipe.all(buf);
    }
  }
}
