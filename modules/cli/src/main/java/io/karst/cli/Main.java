package io.karst.cli;

/** The program {@code karst}: runs one command and ends with its exit code. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(CommandTree.of(Surroundings.real()).execute(arguments));
  }
}
