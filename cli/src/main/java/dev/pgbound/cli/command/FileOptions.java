package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.spi.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The migration file and its variables. */
final class FileOptions {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "migration.yaml",
      description = "The migration file. Default: ${DEFAULT-VALUE}")
  private Path file = Path.of("migration.yaml");

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description = "Value of a variable of the file; repeatable.")
  private Map<String, String> variables = new LinkedHashMap<>();

  Path file() {
    return file;
  }

  /** The file and its variables, as another command takes them. */
  List<String> arguments() {
    return arguments(file, variables);
  }

  static List<String> arguments(Path file, Map<String, String> variables) {
    List<String> arguments = new ArrayList<>(List.of(file.toString()));
    variables.forEach((name, value) -> arguments.addAll(List.of("--var", name + "=" + value)));
    return arguments;
  }

  /** The folder of the file, where the state of the simulated AWS and the journals lie. */
  Path folder() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** Loads the file for a command that is not about what is in it, see the other method. */
  Migration load(Session session, Console console) {
    return load(file, given(), session, console);
  }

  /**
   * Loads a file; prints the findings and fails when one of them is an error. Warnings alone are
   * for the commands that check, plan or carry out what the file says.
   */
  static Migration load(
      Path file, Map<String, String> variables, Session session, Console console) {
    Diagnostics found = new Diagnostics();
    return session
        .engine()
        .load(file.toString(), bytes(file), variables, found)
        .orElseThrow(
            () -> {
              print(found, console);
              return invalid(file, found);
            });
  }

  /**
   * Loads the file and prints every finding.
   *
   * @param found takes the findings
   * @return empty when one of them is an error; the command then ends with {@link #invalid}
   */
  Optional<Migration> find(Session session, Console console, Diagnostics found) {
    Optional<Migration> migration =
        session.engine().load(file.toString(), bytes(file), given(), found);
    print(found, console);
    return migration;
  }

  private static void print(Diagnostics found, Console console) {
    console.err().print(DiagnosticText.render(found));
    console.err().flush();
  }

  CommandFailure invalid(Diagnostics found) {
    return invalid(file, found);
  }

  private static CommandFailure invalid(Path file, Diagnostics found) {
    long errors = found.sorted().stream().filter(Diagnostic::isError).count();
    return new CommandFailure(
        ExitCode.INVALID_FILE,
        String.format(
            Locale.ROOT, "%s has %d %s.", file, errors, errors == 1 ? "error" : "errors"));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          ExitCode.INVALID_FILE,
          String.format(
              Locale.ROOT,
              "There is no file %s. Name the migration file, or write one with 'pgbound init'.",
              file),
          e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INVALID_FILE,
          String.format(Locale.ROOT, "%s cannot be read: %s", file, e.getMessage()),
          e);
    }
  }

  /** What the command line gives. */
  private Map<String, String> given() {
    return variables;
  }
}
