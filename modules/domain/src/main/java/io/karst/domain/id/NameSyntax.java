package io.karst.domain.id;

import io.karst.domain.refusal.Reason;

/**
 * The one syntax of names. ASCII only, so that no two names look alike and order is the same
 * everywhere.
 */
final class NameSyntax {

  /** Long enough for a UUID or an e-mail address; short enough for every roster entry. */
  static final int LENGTH_MAX = 64;

  private NameSyntax() {}

  static void require(String what, String value) {
    if (value.isEmpty()) {
      throw new InvalidId(Reason.ID_EMPTY, what + " is empty");
    }
    if (value.length() > LENGTH_MAX) {
      throw new InvalidId(
          Reason.ID_TOO_LONG, what + " has more than " + LENGTH_MAX + " characters");
    }
    if (!value.chars().allMatch(NameSyntax::allowed)) {
      throw new InvalidId(Reason.ID_INVALID, what + " has a character outside [A-Za-z0-9._@-]");
    }
  }

  private static boolean allowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '@'
        || c == '-';
  }
}
