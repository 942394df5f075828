package dev.pgbound.cli;

import dev.pgbound.cli.command.AdoptCommand;
import dev.pgbound.cli.command.ApplyCommand;
import dev.pgbound.cli.command.CompletionCommand;
import dev.pgbound.cli.command.DestroyCommand;
import dev.pgbound.cli.command.DiffCommand;
import dev.pgbound.cli.command.ExpandCommand;
import dev.pgbound.cli.command.ExplainCommand;
import dev.pgbound.cli.command.GraphCommand;
import dev.pgbound.cli.command.InitCommand;
import dev.pgbound.cli.command.InspectCommand;
import dev.pgbound.cli.command.PlanCommand;
import dev.pgbound.cli.command.SchemaCommand;
import dev.pgbound.cli.command.SimulatorCommand;
import dev.pgbound.cli.command.StatusCommand;
import dev.pgbound.cli.command.UnlockCommand;
import dev.pgbound.cli.command.ValidateCommand;
import dev.pgbound.cli.command.VersionCommand;
import dev.pgbound.cli.render.ToolVersion;
import dev.pgbound.engine.WrongAccountException;
import dev.pgbound.engine.plan.DiscoveryException;
import dev.pgbound.spi.ResourceException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The entry point of the command line. */
public final class Main {

  @Command(
      name = "pgbound",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Migrates an Oracle database to Aurora PostgreSQL: declare, plan, apply.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {"", "Begin with: pgbound init"})
  private static final class Pgbound {}

  private static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"pgbound " + ToolVersion.text()};
    }
  }

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    // The launcher knows; System.console() answers differently from one JDK to the next.
    Optional<BufferedReader> in =
        Boolean.getBoolean("pgbound.terminal")
            ? Optional.of(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
            : Optional.empty();
    Console console = new Console(out, err, in, name -> Optional.ofNullable(System.getenv(name)));
    int code = run(console, arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
  }

  /** All commands, with their options. */
  public static CommandLine commandLine(Console console) {
    return commandLine(console, commands());
  }

  private static CommandLine commandLine(
      Console console, Map<String, Function<Console, Callable<Integer>>> commands) {
    CommandLine line = new CommandLine(new Pgbound());
    line.getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.meanings());
    commands.values().forEach(command -> line.addSubcommand(command.apply(console)));
    for (CommandLine sub : line.getSubcommands().values()) {
      sub.getCommandSpec().mixinStandardHelpOptions(true);
    }
    return line;
  }

  /** Runs one command; returns its exit code. */
  public static int run(Console console, String... arguments) {
    Map<String, Function<Console, Callable<Integer>>> commands = commands();
    // picocli reads every command by reflection: when one is named, the others stay unread
    String first = arguments.length == 0 ? "" : arguments[0];
    if (commands.containsKey(first)) {
      commands.keySet().retainAll(Set.of(first));
    }
    CommandLine line = commandLine(console, commands);
    line.setOut(console.out());
    line.setErr(console.err());
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler((e, args) -> wrongUsage(console, e));
    line.setExecutionExceptionHandler((e, command, result) -> failure(console, e));
    if (arguments.length == 0) {
      line.usage(console.err());
      return ExitCode.WRONG_COMMAND_LINE.code();
    }
    return line.execute(arguments);
  }

  /** The commands by name, in the order of the help. */
  private static Map<String, Function<Console, Callable<Integer>>> commands() {
    Map<String, Function<Console, Callable<Integer>>> commands = new LinkedHashMap<>();
    commands.put("init", InitCommand::new);
    commands.put("validate", ValidateCommand::new);
    commands.put("expand", ExpandCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("apply", ApplyCommand::new);
    commands.put("destroy", DestroyCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("adopt", AdoptCommand::new);
    commands.put("unlock", UnlockCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("graph", GraphCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("inspect", InspectCommand::new);
    commands.put("schema", SchemaCommand::new);
    commands.put("simulator", SimulatorCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("version", VersionCommand::new);
    return commands;
  }

  private static int wrongUsage(Console console, ParameterException e) {
    console.err().println("Error: " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, console.err())) {
      console
          .err()
          .println("See '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.WRONG_COMMAND_LINE.code();
  }

  private static int failure(Console console, Exception e) {
    console.out().flush();
    if (e instanceof CommandFailure failure) {
      console.err().println("Error: " + failure.getMessage());
      return failure.code().code();
    }
    if (e instanceof WrongAccountException) {
      console.err().println("Error: " + e.getMessage() + " Nothing was read or written.");
      return ExitCode.REFUSED.code();
    }
    if (e instanceof DiscoveryException discovery) {
      discovery
          .failures()
          .forEach(
              (type, one) -> console.err().println("Error: " + type + ": " + one.getMessage()));
      return code(discovery.failures().values().iterator().next()).code();
    }
    if (e instanceof ResourceException remote) {
      console.err().println("Error: " + remote.getMessage());
      return code(remote).code();
    }
    console.err().println("Internal error: " + e);
    console.err().println("This is a bug of pgbound; please report it with the command you ran.");
    if (console.environment().get("PGBOUND_DEBUG").isPresent()) {
      e.printStackTrace(console.err());
    }
    return ExitCode.FAILED.code();
  }

  private static ExitCode code(ResourceException e) {
    return e.kind() == ResourceException.Kind.UNAVAILABLE ? ExitCode.UNREACHABLE : ExitCode.FAILED;
  }
}
