package io.karst.ratchetbench;

import java.io.IOException;
import java.util.List;

/** Who takes part. */
public enum Library {
  /** {@code karst-crypto}, in the JVM that measures. */
  KARST("Karst"),
  /** libolm's C code, in a process of its own. */
  LIBOLM("libolm (C)"),
  /** vodozemac's WebAssembly under Node, in a process of its own. */
  VODOZEMAC("vodozemac (wasm)");

  /** Between the words of a command line that travels as one system property. */
  private static final String SEPARATOR = "\n";

  private final String text;

  Library(String text) {
    this.text = text;
  }

  /** Whether it is compiled while it runs, so that it has to run for a while first. */
  boolean warmsUp() {
    return this != LIBOLM;
  }

  String text() {
    return text;
  }

  /** The JVM flag that tells a measuring JVM how the library's process is started. */
  String flag(List<String> command) {
    return "-D" + property() + "=" + String.join(SEPARATOR, command);
  }

  private String property() {
    return "karst.ratchetbench." + name();
  }

  Contestant start(Operation operation, int count) throws Exception {
    return this == KARST ? Karst.start(operation, count) : child(operation, count);
  }

  private Contestant child(Operation operation, int count) throws IOException {
    var command = System.getProperty(property());
    if (command == null) {
      throw new IllegalStateException("nobody said how " + text + " is started");
    }
    return Child.start(List.of(command.split(SEPARATOR, -1)), operation, count);
  }
}
