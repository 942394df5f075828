package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.GraphText;
import dev.pgbound.engine.Migration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgbound graph}. */
@Command(name = "graph", description = "Prints the dependency graph of a migration file.")
public final class GraphCommand implements Callable<Integer> {

  /** The languages that the graph is printed in. */
  enum Format {
    mermaid,
    dot
  }

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "mermaid",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Format format = Format.mermaid;

  public GraphCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.offline(file.folder())) {
      Migration migration = file.load(session, console);
      console
          .out()
          .print(
              switch (format) {
                case mermaid -> GraphText.mermaid(migration.graph());
                case dot -> GraphText.dot(migration.graph());
              });
      return ExitCode.DONE.code();
    }
  }
}
