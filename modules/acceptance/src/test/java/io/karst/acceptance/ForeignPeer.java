package io.karst.acceptance;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A foreign library in a Node process, one question and one answer at a time.
 *
 * <p>Not thread-safe. The process ends when its standard input is closed, also when this JVM dies.
 */
final class ForeignPeer implements AutoCloseable {

  /** Which foreign library of ratchets answers. */
  enum Library {
    LIBOLM("libolm"),
    VODOZEMAC("vodozemac");

    private final String text;

    Library(String text) {
      this.text = text;
    }
  }

  private final String library;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;
  private int nextId;

  private ForeignPeer(String library, Process process) {
    this.library = library;
    this.process = process;
    this.questions = new BufferedWriter(
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ForeignPeer start(Library library) throws IOException {
    return start("peer.mjs", library.text);
  }

  /** The far end of channels: {@code ecies} is vodozemac's, {@code hpke} another library's. */
  static ForeignPeer ofChannels(String kind) throws IOException {
    return start("channels.mjs", kind);
  }

  /** A client of vodozemac that leaves a device with its server, and takes it back. */
  static ForeignPeer ofDehydratedDevices() throws IOException {
    return start("dehydrated.mjs", "matrix");
  }

  private static ForeignPeer start(String script, String library) throws IOException {
    Path folder = Path.of("..", "testkit", "peers").toAbsolutePath().normalize();
    Process process = new ProcessBuilder("node", script)
        .directory(folder.toFile())
        .redirectError(Redirect.INHERIT)
        .start();
    return new ForeignPeer(library, process);
  }

  /** Asks; throws {@link AssertionError} with the library's own words when it refuses. */
  JsonObject ask(String operation, Object... namesAndValues) {
    JsonObject answer = answer(operation, namesAndValues);
    if (answer.has("error")) {
      throw new AssertionError(library + ": " + answer.get("error").getAsString());
    }
    return answer.getAsJsonObject("ok");
  }

  /** Whether the library refuses what is asked of it. */
  boolean refuses(String operation, Object... namesAndValues) {
    return answer(operation, namesAndValues).has("error");
  }

  private JsonObject answer(String operation, Object... namesAndValues) {
    JsonObject arguments = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = (String) namesAndValues[i];
      if (namesAndValues[i + 1] instanceof Number number) {
        arguments.addProperty(name, number);
      } else {
        arguments.addProperty(name, namesAndValues[i + 1].toString());
      }
    }
    JsonObject question = new JsonObject();
    question.addProperty("id", ++nextId);
    question.addProperty("lib", library);
    question.addProperty("op", operation);
    question.add("args", arguments);
    return exchange(question.toString());
  }

  private JsonObject exchange(String question) {
    try {
      questions.write(question);
      questions.newLine();
      questions.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError("the foreign peer ended; are its packages installed"
            + " (npm ci in modules/testkit/peers)?");
      }
      return JsonParser.parseString(line).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    questions.close();
    process.destroy();
  }
}
