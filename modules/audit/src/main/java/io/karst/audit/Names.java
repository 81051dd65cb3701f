package io.karst.audit;

import java.util.Locale;

/** Names of constants as they are printed: {@code member-added}. */
final class Names {

  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
