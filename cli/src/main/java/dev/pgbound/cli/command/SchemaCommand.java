package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.engine.schema.SchemaComposer;
import dev.pgbound.engine.sections.SectionSchemas;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pgbound schema}. */
@Command(
    name = "schema",
    description = "Prints the JSON schema of migration files, for editors and other checkers.")
public final class SchemaCommand implements Callable<Integer> {

  private final Console console;

  public SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.offline()) {
      FileSchema file =
          FileSchema.of(session.registry().schemas(), List.copyOf(SectionSchemas.all().values()));
      console.out().print(SchemaComposer.compose(file));
      return ExitCode.DONE.code();
    }
  }
}
