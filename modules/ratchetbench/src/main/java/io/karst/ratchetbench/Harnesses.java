package io.karst.ratchetbench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks for the other libraries on this machine, and says what is missing. */
final class Harnesses {

  private static final String SOURCE = "libolm.c";

  /** A compiler that takes longer for one file does not finish. */
  private static final long COMPILER_SECONDS_MAX = 60;

  private static final int COMPLAINT_CHARACTERS_MAX = 300;

  private final Path scratch;
  private final Path peers;
  private final Consumer<String> progress;

  /**
   * Works in a folder.
   *
   * @param scratch where libolm's harness is compiled to
   * @param peers where npm's packages are installed, beside vodozemac's harness
   */
  Harnesses(Path scratch, Path peers, Consumer<String> progress) {
    this.scratch = scratch;
    this.peers = peers;
    this.progress = progress;
  }

  /** How each library that is here is started; this project's own needs nothing. */
  Map<Library, List<String>> find() throws IOException, InterruptedException {
    var found = new EnumMap<Library, List<String>>(Library.class);
    found.put(Library.KARST, List.of());
    var complaint = compile();
    if (complaint.isEmpty()) {
      found.put(Library.LIBOLM, List.of(scratch.resolve("libolm").toString()));
    } else {
      progress.accept("Without libolm, whose harness does not compile (it needs cc and the package"
          + " libolm-dev): " + complaint);
    }
    var script = peers.resolve("measured.mjs");
    if (Files.isDirectory(peers.resolve("node_modules/vodozemac-wasm-bindings"))) {
      found.put(Library.VODOZEMAC, List.of("node", script.toString()));
    } else {
      progress.accept("Without vodozemac: its package is not installed in " + peers);
    }
    return found;
  }

  /** What the compiler complained of; empty if it made the harness. */
  private String compile() throws IOException, InterruptedException {
    var source = scratch.resolve(SOURCE);
    try (InputStream text = Harnesses.class.getResourceAsStream(SOURCE)) {
      if (text == null) {
        throw new IllegalStateException(SOURCE + " is not on the class path");
      }
      Files.copy(text, source);
    }
    var log = scratch.resolve("cc.log");
    var command = List.of(
        "cc", "-O2", "-o", scratch.resolve("libolm").toString(), source.toString(), "-lolm");
    return run(command, log) ? "" : firstLine(log);
  }

  private static boolean run(List<String> command, Path log)
      throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      Files.writeString(log, "no program " + command.get(0));
      return false;
    }
    boolean ended = process.waitFor(COMPILER_SECONDS_MAX, TimeUnit.SECONDS);
    process.destroyForcibly();
    return ended && process.exitValue() == 0;
  }

  private static String firstLine(Path log) throws IOException {
    var text = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
    var line = text.lines().findFirst().orElse("no word of why");
    return line.substring(0, Math.min(line.length(), COMPLAINT_CHARACTERS_MAX));
  }
}
