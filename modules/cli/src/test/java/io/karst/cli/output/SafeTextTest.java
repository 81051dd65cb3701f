package io.karst.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What others write cannot act on the reader's terminal. */
class SafeTextTest {

  @Test
  void ordinaryTextOfAnyLanguageStays() {
    assertThat(SafeText.of("Grüße, 洞窟, пещера, 👩‍💻")).isEqualTo("Grüße, 洞窟, пещера, 👩‍💻");
  }

  @Test
  void escapeSequencesAreShownNotObeyed() {
    assertThat(SafeText.of("\u001b[2Jgone")).isEqualTo("\\u{1b}[2Jgone");
    assertThat(SafeText.of("\u009b2J\u0007\u007f")).isEqualTo("\\u{9b}2J\\u{7}\\u{7f}");
  }

  @Test
  void aCarriageReturnCannotOverwriteTheSender() {
    assertThat(SafeText.of("hi\rann: no")).isEqualTo("hi\\u{d}ann: no");
  }

  @Test
  void laterLinesAreIndentedSoThatNoneLooksLikeAMessage() {
    assertThat(SafeText.of("one\n12:00:00  ann: two")).isEqualTo("one\n    12:00:00  ann: two");
  }

  @Test
  void whatWasTypedIsQuotedShortAndOnOneLine() {
    assertThat(SafeText.quoted("halls")).isEqualTo("'halls'");
    assertThat(SafeText.quoted("a\nb\u001b[2J")).isEqualTo("'a\\u{a}b\\u{1b}[2J'");
    assertThat(SafeText.quoted("x".repeat(80))).isEqualTo("'" + "x".repeat(80) + "'");
    assertThat(SafeText.quoted("x".repeat(81))).isEqualTo("'" + "x".repeat(80) + "...'");
  }

  @Test
  void directionMarksAreShown() {
    assertThat(SafeText.of("a\u202eb\u2066c\u2028d")).isEqualTo("a\\u{202e}b\\u{2066}c\\u{2028}d");
  }
}
