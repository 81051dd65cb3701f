package io.karst.cli.output;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A text as a QR code (ISO/IEC 18004) of characters, two modules in each, one above the other.
 *
 * <p>Light modules are drawn and dark ones left out, as on a terminal with light letters on a dark
 * ground; cameras read the opposite as well.
 */
public final class QrCode {

  /** The margin that the standard asks for, in modules. */
  private static final int MARGIN = 4;

  private QrCode() {}

  /**
   * The lines of the picture, all of one width. Throws when the text is longer than 2,953 bytes.
   */
  public static List<String> lines(String text) {
    BitMatrix dark = matrix(text);
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < dark.getHeight(); y += 2) {
      var line = new StringBuilder();
      for (int x = 0; x < dark.getWidth(); x++) {
        line.append(character(!dark.get(x, y), y + 1 < dark.getHeight() && !dark.get(x, y + 1)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static BitMatrix matrix(String text) {
    try {
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.L,
                  EncodeHintType.MARGIN,
                  MARGIN));
    } catch (WriterException e) {
      throw new IllegalArgumentException("the text is too long for a QR code", e);
    }
  }

  private static char character(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '█' : '▀';
    }
    return lower ? '▄' : ' ';
  }
}
