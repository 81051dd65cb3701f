package io.karst.cli;

import io.karst.cli.access.ExplainCommand;
import io.karst.cli.account.RegisterCommand;
import io.karst.cli.audit.AuditCommand;
import io.karst.cli.audit.AuditExplainCommand;
import io.karst.cli.audit.AuditReplayCommand;
import io.karst.cli.audit.AuditorDevice;
import io.karst.cli.audit.WhoCouldReadCommand;
import io.karst.cli.chat.ChatCommand;
import io.karst.cli.demo.DemoCommand;
import io.karst.cli.device.DeviceAcceptCommand;
import io.karst.cli.device.DeviceAddCommand;
import io.karst.cli.device.DeviceCommand;
import io.karst.cli.device.DeviceLinkCommand;
import io.karst.cli.device.DeviceListCommand;
import io.karst.cli.device.DeviceRevokeCommand;
import io.karst.cli.group.GroupAccessCommand;
import io.karst.cli.group.GroupAddCommand;
import io.karst.cli.group.GroupArchiveCommand;
import io.karst.cli.group.GroupCommand;
import io.karst.cli.group.GroupCreateCommand;
import io.karst.cli.group.GroupLeaveCommand;
import io.karst.cli.group.GroupListCommand;
import io.karst.cli.group.GroupNameCommand;
import io.karst.cli.group.GroupPolicyCommand;
import io.karst.cli.group.GroupRemoveCommand;
import io.karst.cli.group.GroupReportCommand;
import io.karst.cli.group.GroupResetCommand;
import io.karst.cli.group.GroupRoleCommand;
import io.karst.cli.group.GroupRotateCommand;
import io.karst.cli.group.GroupShareCommand;
import io.karst.cli.group.GroupShowCommand;
import io.karst.cli.message.HistoryCommand;
import io.karst.cli.message.ListenCommand;
import io.karst.cli.message.NoteCommand;
import io.karst.cli.message.NotesCommand;
import io.karst.cli.message.SendCommand;
import io.karst.cli.output.Output;
import io.karst.cli.session.Consent;
import io.karst.cli.session.Sessions;
import io.karst.cli.verify.VerifyCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together: the one place that knows all of them. */
public final class CommandTree {

  private static final int WIDTH_COLUMNS = 100;

  /** As shells report a program that was ended by Ctrl-C. */
  private static final int TERMINATED = 130;

  private final Surroundings surroundings;
  private final GlobalOptions options = new GlobalOptions();
  private final Sessions sessions;
  private final Output output;
  private final Consent consent;

  private CommandTree(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.sessions = new Sessions(surroundings, options);
    this.output = new Output(surroundings, options);
    this.consent = new Consent(surroundings);
  }

  /** A program to execute once. */
  public static CommandLine of(Surroundings surroundings) {
    return new CommandTree(surroundings).program();
  }

  private CommandLine program() {
    CommandLine program = new CommandLine(new KarstCommand(options))
        .addSubcommand(new RegisterCommand(sessions, output))
        .addSubcommand(deviceCommands())
        .addSubcommand(groupCommands())
        .addSubcommand(new ChatCommand(surroundings, sessions, output))
        .addSubcommand(new SendCommand(surroundings, sessions, output))
        .addSubcommand(new ListenCommand(sessions, output))
        .addSubcommand(new NoteCommand(sessions, output))
        .addSubcommand(new NotesCommand(sessions, output))
        .addSubcommand(new HistoryCommand(sessions, output))
        .addSubcommand(new ExplainCommand(sessions, output))
        .addSubcommand(new VerifyCommand(consent, sessions, output))
        .addSubcommand(auditCommands())
        .addSubcommand(new DemoCommand(surroundings, sessions))
        .addSubcommand("completion", new GenerateCompletion());
    return configured(program);
  }

  private CommandLine deviceCommands() {
    return new CommandLine(new DeviceCommand())
        .addSubcommand(new DeviceLinkCommand(sessions, output))
        .addSubcommand(new DeviceAddCommand(consent, sessions, output))
        .addSubcommand(new DeviceListCommand(sessions, output))
        .addSubcommand(new DeviceRevokeCommand(sessions, output))
        .addSubcommand(new DeviceAcceptCommand(sessions, output));
  }

  private CommandLine groupCommands() {
    return new CommandLine(new GroupCommand())
        .addSubcommand(new GroupCreateCommand(sessions, output))
        .addSubcommand(new GroupListCommand(sessions, output))
        .addSubcommand(new GroupShowCommand(sessions, output))
        .addSubcommand(new GroupAddCommand(sessions, output))
        .addSubcommand(new GroupRemoveCommand(sessions, output))
        .addSubcommand(new GroupRoleCommand(sessions, output))
        .addSubcommand(new GroupRotateCommand(sessions, output))
        .addSubcommand(new GroupPolicyCommand(sessions, output))
        .addSubcommand(new GroupShareCommand(sessions, output))
        .addSubcommand(new GroupAccessCommand(sessions, output))
        .addSubcommand(new GroupReportCommand(sessions, output))
        .addSubcommand(new GroupResetCommand(sessions, output))
        .addSubcommand(new GroupLeaveCommand(sessions, output))
        .addSubcommand(new GroupArchiveCommand(sessions, output))
        .addSubcommand(new GroupNameCommand(sessions, output));
  }

  private CommandLine auditCommands() {
    var auditor = new AuditorDevice(sessions);
    return new CommandLine(new AuditCommand())
        .addSubcommand(new AuditReplayCommand(sessions.locations(), auditor, output))
        .addSubcommand(new AuditExplainCommand(sessions.locations(), auditor, output))
        .addSubcommand(new WhoCouldReadCommand(sessions.locations(), auditor, output));
  }

  private CommandLine configured(CommandLine program) {
    return program
        .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpWidth(WIDTH_COLUMNS)
        .setParameterExceptionHandler(this::mistyped)
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown));
  }

  private int failed(Exception thrown) {
    return sessions.terminating()
        ? TERMINATED
        : FailureReport.print(thrown, options.verbose(), surroundings.err()).number();
  }

  /** One line with what is wrong, and a suggestion where picocli has one. */
  private int mistyped(ParameterException mistake, String[] arguments) {
    surroundings.err().println("karst: " + mistake.getMessage());
    CommandLine command = mistake.getCommandLine();
    UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
    surroundings.err().println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }
}
