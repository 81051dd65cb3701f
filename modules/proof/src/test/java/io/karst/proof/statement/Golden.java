package io.karst.proof.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.karst.domain.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Committed protocol bytes, as hexadecimal text beside the test that reads them. */
public final class Golden {

  private Golden() {}

  /** Reads {@code name.hex} from the package of {@code test}. */
  public static Bytes read(Class<?> test, String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(test.getResourceAsStream(name + ".hex"), name)) {
      String hex = new String(in.readAllBytes(), US_ASCII);
      return Bytes.ofHex(hex.replaceAll("\\s", ""));
    }
  }
}
