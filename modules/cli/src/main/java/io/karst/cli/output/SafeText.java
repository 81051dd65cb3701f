package io.karst.cli.output;

/**
 * Makes other people's text safe to print on a terminal.
 *
 * <p>A message may hold escape sequences that move the cursor, rewrite what was printed before or
 * answer to the shell, and marks that reverse what is read. They are shown, not obeyed.
 */
public final class SafeText {

  private static final String INDENT = "\n    ";

  /** Longer than every name that can be right. */
  private static final int QUOTED_MAX = 80;

  private SafeText() {}

  /** The text on one or more lines, with every control and direction mark replaced by its code. */
  public static String of(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(safe, point));
    return safe.toString();
  }

  /** What a user typed, in quotation marks, safe and short enough for one line. */
  public static String quoted(String typed) {
    String shown = typed.length() > QUOTED_MAX ? typed.substring(0, QUOTED_MAX) + "..." : typed;
    return "'" + of(shown).replace(INDENT, "\\u{a}") + "'";
  }

  private static void append(StringBuilder safe, int point) {
    if (point == '\n') {
      safe.append(INDENT);
    } else if (point == '\t') {
      safe.append(' ');
    } else if (Character.isISOControl(point) || invisible(point)) {
      safe.append(String.format("\\u{%x}", point));
    } else {
      safe.appendCodePoint(point);
    }
  }

  /**
   * Direction marks, line separators, private and unpaired code points. A joiner inside an emoji is
   * harmless.
   */
  private static boolean invisible(int point) {
    return switch (Character.getType(point)) {
      case Character.FORMAT -> point != 0x200D && point != 0x200C;
      case Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE -> true;
      default -> false;
    };
  }
}
