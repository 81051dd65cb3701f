package io.karst.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a command prints while it runs; the code completes as soon as it stands there. */
final class ShownCode extends ByteArrayOutputStream {

  private final Pattern pattern;
  private final CompletableFuture<String> code = new CompletableFuture<>();

  ShownCode(Pattern pattern) {
    this.pattern = pattern;
  }

  CompletableFuture<String> code() {
    return code;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    Matcher found = pattern.matcher(toString(StandardCharsets.UTF_8));
    if (found.find()) {
      code.complete(found.group().strip());
    }
  }
}
