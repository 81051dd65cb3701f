package io.karst.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTest {

  private static final int MARGIN = 4;

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 270, 600})
  void whatIsDrawnIsReadAgain(int length) throws Exception {
    String text = "karst-link:" + "aB-_9".repeat(length).substring(0, length);
    assertThat(new Decoder().decode(modules(QrCode.lines(text))).getText()).isEqualTo(text);
  }

  @Test
  void theLongestLinkCodeFitsATerminalOfAHundredColumns() {
    assertThat(QrCode.lines("x".repeat(440))).allMatch(line -> line.length() <= 100);
  }

  @Test
  void aTextThatNoCodeHoldsIsRefused() {
    assertThatThrownBy(() -> QrCode.lines("x".repeat(3_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The dark modules, without the margin. */
  private static BitMatrix modules(List<String> lines) {
    int size = lines.get(0).length() - 2 * MARGIN;
    var dark = new BitMatrix(size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        char drawn = lines.get((y + MARGIN) / 2).charAt(x + MARGIN);
        boolean upper = (y + MARGIN) % 2 == 0;
        boolean light = drawn == '█' || drawn == (upper ? '▀' : '▄');
        if (!light) {
          dark.set(x, y);
        }
      }
    }
    return dark;
  }
}
