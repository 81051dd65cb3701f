package io.karst.cli.message;

import io.karst.cli.CommandFailure;

/** A text that was given as an argument. */
final class TextArgument {

  /** What the JDK makes of an argument's bytes that are no text in the locale's encoding. */
  private static final char REPLACEMENT = '\ufffd';

  private TextArgument() {}

  /** Refuses what is nothing to send, or was damaged on its way here. */
  static void require(String text) {
    if (text.isEmpty()) {
      throw CommandFailure.usage("there is nothing to send: TEXT is empty");
    }
    if (text.indexOf(REPLACEMENT) >= 0) {
      throw CommandFailure.usage(
          "TEXT is no text in this locale's encoding: set LC_ALL=C.UTF-8, or pipe it in");
    }
  }
}
