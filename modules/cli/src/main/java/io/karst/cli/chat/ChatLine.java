package io.karst.cli.chat;

import java.util.List;

/** What a typed line asks for: something to say, or a command with a leading slash. */
sealed interface ChatLine {

  /** The commands, for completion. */
  List<String> WORDS =
      List.of("/members", "/rotate", "/add", "/remove", "/leave", "/help", "/quit");

  /** Reads a typed line. Two slashes at the beginning say a text that begins with one. */
  static ChatLine parse(String typed) {
    String line = typed.strip();
    if (line.isEmpty()) {
      return new Nothing();
    }
    if (line.startsWith("//")) {
      return new Say(line.substring(1));
    }
    if (!line.startsWith("/")) {
      return new Say(line);
    }
    String[] words = line.split("\\s+", 2);
    return command(words[0], words.length > 1 ? words[1].strip() : "");
  }

  private static ChatLine command(String word, String argument) {
    if (argument.isEmpty()) {
      return switch (word) {
        case "/members" -> new Members();
        case "/rotate" -> new Rotate();
        case "/leave" -> new Leave();
        case "/help" -> new Help();
        case "/quit" -> new Quit();
        case "/add", "/remove" -> new Mistake(word + " needs a member");
        default -> new Mistake("no such command: " + word + " (see /help)");
      };
    }
    return switch (word) {
      case "/add" -> new Add(argument);
      case "/remove" -> new Remove(argument);
      case "/members", "/rotate", "/leave", "/help", "/quit" -> new Mistake(word + " stands alone");
      default -> new Mistake("no such command: " + word + " (see /help)");
    };
  }

  <R> R match(Cases<R> cases);

  /** An empty line. */
  record Nothing() implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.nothing();
    }
  }

  /** A message. */
  record Say(String text) implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.say(text);
    }
  }

  /** Shows the members. */
  record Members() implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.members();
    }
  }

  /** Starts a new epoch. */
  record Rotate() implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.rotate();
    }
  }

  /** Adds a member. */
  record Add(String member) implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.add(member);
    }
  }

  /** Removes a member. */
  record Remove(String member) implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.remove(member);
    }
  }

  /** Leaves the group and the chat. */
  record Leave() implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.leave();
    }
  }

  /** Lists the commands. */
  record Help() implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.help();
    }
  }

  /** Ends the chat. */
  record Quit() implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.quit();
    }
  }

  /** A line that is none of these. */
  record Mistake(String explanation) implements ChatLine {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.mistake(explanation);
    }
  }

  /** One method for each kind of line. */
  interface Cases<R> {
    R nothing();

    R say(String text);

    R members();

    R rotate();

    R add(String member);

    R remove(String member);

    R leave();

    R help();

    R quit();

    R mistake(String explanation);
  }
}
