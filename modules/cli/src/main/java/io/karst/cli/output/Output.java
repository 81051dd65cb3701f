package io.karst.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.karst.cli.GlobalOptions;
import io.karst.cli.Surroundings;
import java.io.PrintStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Prints a command's results as the user asked for them: for a person, or as JSON. */
public final class Output {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Surroundings surroundings;
  private final GlobalOptions options;
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();

  public Output(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  /** Whether the user asked for JSON. */
  public boolean json() {
    return options.json();
  }

  /** Where results go. */
  public PrintStream out() {
    return surroundings.out();
  }

  /** A line for a person; nothing when the user asked for JSON. */
  public void line(String text) {
    if (!json()) {
      out().println(text);
    }
  }

  /** One result, as one line of either kind. */
  public void result(String text, Consumer<JsonObject> fields) {
    if (json()) {
      out().println(jsonLine(fields));
    } else {
      out().println(text);
    }
  }

  /** An object on one line. */
  public String jsonLine(Consumer<JsonObject> fields) {
    var object = new JsonObject();
    fields.accept(object);
    return gson.toJson(object);
  }

  /** A time of day in the user's zone. */
  public String time(Instant at) {
    return CLOCK.format(at.atZone(surroundings.zone()));
  }
}
