package io.karst.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the checkout that the tests run in. */
public final class Checkout {

  private Checkout() {}

  /** The folder that holds {@code proto/} and {@code docs/}: two above the module's own. */
  public static Path folder() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("proto/karst"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside a checkout");
      }
    }
    return folder;
  }
}
