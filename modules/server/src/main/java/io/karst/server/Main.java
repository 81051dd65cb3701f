package io.karst.server;

import java.time.Clock;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The server's program. */
@Command(
    name = "karst",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Runs a Karst server.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped in order",
      "2:wrong command line or configuration",
      "3:a port is busy",
      "4:the data folder cannot be used",
      "5:Cassandra did not start, does not answer, lacks its schema, or has ended",
      "6:a certificate or key cannot be used",
      "70:a bug; the log tells more"
    })
public final class Main {

  private Main() {}

  /** Runs until it is told to stop, and ends the JVM. */
  public static void main(String[] arguments) {
    System.exit(run(Clock.systemUTC(), arguments));
  }

  /** Runs until it is told to stop, by a clock that may not be the machine's. */
  public static int run(InstantSource clock, String... arguments) {
    // Now, because SLF4J complains when several threads are the first to log.
    LoggerFactory.getLogger(Main.class).debug("starting");
    // gRPC logs through the JDK: this puts it under the one configuration that an operator has.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    return commandLine(clock).execute(arguments);
  }

  static CommandLine commandLine(InstantSource clock) {
    return new CommandLine(new Main())
        .addSubcommand(new UpCommand(clock))
        .addSubcommand(new ServeCommand(clock))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::misuse)
        .setExecutionExceptionHandler(Main::report);
  }

  private static int misuse(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    complain(
        command,
        mistake.getMessage() + "; see " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  /** A mistake of whoever starts the server gets one line; a bug keeps its stack trace. */
  private static int report(
      Exception problem, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (problem instanceof StartException mistake) {
      complain(command, String.valueOf(mistake.getMessage()));
      return mistake.exitCode().number();
    }
    problem.printStackTrace(command.getErr());
    return ExitCode.BUG.number();
  }

  /** One line, whatever a library put into its message. */
  private static void complain(CommandLine command, String message) {
    command.getErr().println("karst: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  /** The version that the build wrote into the jar, if it runs from one. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"karst " + (version == null ? "development" : version)};
    }
  }
}
