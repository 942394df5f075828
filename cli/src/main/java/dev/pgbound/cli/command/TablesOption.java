package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.engine.Migration;
import picocli.CommandLine.Option;

/** How much a command says about tables. */
final class TablesOption {

  @Option(
      names = "--tables",
      description = "List every table and what becomes of it; the file must name a catalog.")
  private boolean tables;

  /** Fails when tables are asked for that nothing is known about. */
  Detail detail(Migration migration) {
    if (tables && migration.tables().isEmpty()) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE,
          "--tables: the file names no catalog. Add \"tables: catalog.yaml\" to it;"
              + " docs/tables.md says what a catalog holds.");
    }
    return tables ? Detail.ALL : Detail.SHORT;
  }
}
