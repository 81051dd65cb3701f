package io.karst.crypto.pickle.vodozemac;

import io.karst.crypto.pickle.StateWriter;
import io.karst.crypto.primitive.Wipe;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON without spaces; names and texts are ASCII letters of our own that need no escapes.
 */
final class JsonWriter {

  private final StateWriter target;
  private boolean needsComma;

  JsonWriter(StateWriter target) {
    this.target = target;
  }

  JsonWriter object() {
    return open("{");
  }

  JsonWriter endObject() {
    return close("}");
  }

  JsonWriter list() {
    return open("[");
  }

  JsonWriter endList() {
    return close("]");
  }

  JsonWriter name(String name) {
    comma();
    ascii("\"" + name + "\":");
    needsComma = false;
    return this;
  }

  JsonWriter number(long value) {
    return value(Long.toString(value));
  }

  JsonWriter flag(boolean value) {
    return value(Boolean.toString(value));
  }

  JsonWriter text(String value) {
    return value("\"" + value + "\"");
  }

  JsonWriter nothing() {
    return value("null");
  }

  /** A byte string, as a list of numbers. */
  JsonWriter bytes(byte[] value) {
    comma();
    for (int i = 0; i < value.length; i++) {
      target.u8(i == 0 ? '[' : ',');
      decimal(value[i] & 0xff);
    }
    target.u8(']');
    needsComma = true;
    return this;
  }

  /** Like {@link #bytes}, for a copy of a secret, which is wiped. */
  JsonWriter secret(byte[] copy) {
    bytes(copy);
    Wipe.all(copy);
    return this;
  }

  /** Digits one by one: a string of a secret could not be wiped. */
  private void decimal(int value) {
    if (value >= 100) {
      target.u8('0' + value / 100);
    }
    if (value >= 10) {
      target.u8('0' + value / 10 % 10);
    }
    target.u8('0' + value % 10);
  }

  private JsonWriter open(String bracket) {
    comma();
    ascii(bracket);
    needsComma = false;
    return this;
  }

  private JsonWriter close(String bracket) {
    ascii(bracket);
    needsComma = true;
    return this;
  }

  private JsonWriter value(String text) {
    comma();
    ascii(text);
    needsComma = true;
    return this;
  }

  private void comma() {
    if (needsComma) {
      ascii(",");
    }
  }

  private void ascii(String text) {
    target.bytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
