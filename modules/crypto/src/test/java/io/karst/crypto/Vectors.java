package io.karst.crypto;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the vectors of other implementations, which lie beside the tests. */
public final class Vectors {

  private Vectors() {}

  public static JsonObject file(String name) {
    try (InputStream in =
        Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name), name)) {
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Stream<JsonObject> objects(JsonElement array) {
    return elements(array).map(JsonElement::getAsJsonObject);
  }

  public static Stream<JsonElement> elements(JsonElement array) {
    JsonArray elements = array.getAsJsonArray();
    return StreamSupport.stream(elements.spliterator(), false);
  }

  public static String text(JsonObject object, String field) {
    return object.get(field).getAsString();
  }

  public static byte[] ascii(JsonObject object, String field) {
    return text(object, field).getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] base64(JsonObject object, String field) {
    return Base64.getDecoder().decode(text(object, field));
  }

  public static byte[] hex(JsonObject object, String field) {
    return HexFormat.of().parseHex(text(object, field));
  }

  public static long number(JsonObject object, String field) {
    return object.get(field).getAsLong();
  }

  public static boolean accepted(JsonObject row) {
    return switch (text(row, "expect")) {
      case "accept" -> true;
      case "reject" -> false;
      default -> throw new IllegalArgumentException(row.toString());
    };
  }
}
