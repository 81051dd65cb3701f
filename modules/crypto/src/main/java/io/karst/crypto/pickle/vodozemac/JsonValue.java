package io.karst.crypto.pickle.vodozemac;

import io.karst.crypto.error.PickleException;
import io.karst.crypto.pickle.StateReader;
import io.karst.crypto.primitive.Wipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One value of a vodozemac pickle; asking it for what it is not is a malformed pickle.
 *
 * <p>An array of small numbers is a byte string. Holds secrets: {@link #wipe} it.
 */
sealed interface JsonValue {

  /** The field, which must be there. */
  default JsonValue field(String name) throws PickleException {
    return find(name).orElseThrow(() -> StateReader.malformed(name + " is missing"));
  }

  /** The field of an object, if it is there and not null. */
  default Optional<JsonValue> find(String name) throws PickleException {
    throw StateReader.malformed("expected an object");
  }

  /** All fields of an object. */
  default Map<String, JsonValue> fields() throws PickleException {
    throw StateReader.malformed("expected an object");
  }

  default List<JsonValue> list() throws PickleException {
    throw StateReader.malformed("expected a list");
  }

  /** A fresh copy of a byte string of {@code length}. */
  default byte[] bytes(int length) throws PickleException {
    throw StateReader.malformed("expected " + length + " bytes");
  }

  /** A number from 0 to {@code max}. */
  default long number(long max) throws PickleException {
    throw StateReader.malformed("expected a number");
  }

  default boolean flag() throws PickleException {
    throw StateReader.malformed("expected true or false");
  }

  default String text() throws PickleException {
    throw StateReader.malformed("expected a string");
  }

  /** Overwrites every byte string in here. */
  default void wipe() {}

  /** Values by name. */
  record JsonObject(Map<String, JsonValue> fields) implements JsonValue {

    public JsonObject {
      fields = Map.copyOf(fields);
    }

    @Override
    public Optional<JsonValue> find(String name) {
      return Optional.ofNullable(fields.get(name)).filter(value -> !(value instanceof JsonNull));
    }

    @Override
    public void wipe() {
      fields.values().forEach(JsonValue::wipe);
    }
  }

  /** Anything but a byte string in brackets, also nothing. */
  record JsonList(List<JsonValue> list) implements JsonValue {

    public JsonList {
      list = List.copyOf(list);
    }

    @Override
    public void wipe() {
      list.forEach(JsonValue::wipe);
    }
  }

  /** A byte string. */
  final class JsonBytes implements JsonValue {

    private final byte[] content;

    /** Takes the array over. */
    JsonBytes(byte[] content) {
      this.content = content;
    }

    @Override
    public byte[] bytes(int length) throws PickleException {
      if (content.length != length) {
        throw StateReader.malformed("expected " + length + " bytes, got " + content.length);
      }
      return content.clone();
    }

    @Override
    public void wipe() {
      Wipe.all(content);
    }
  }

  /** A whole number. */
  record JsonNumber(long value) implements JsonValue {

    @Override
    public long number(long max) throws PickleException {
      if (value < 0 || value > max) {
        throw StateReader.malformed("a number is out of range");
      }
      return value;
    }
  }

  /** True or false. */
  record JsonFlag(boolean flag) implements JsonValue {}

  /** A string. */
  record JsonText(String text) implements JsonValue {}

  /** Null. */
  record JsonNull() implements JsonValue {}
}
