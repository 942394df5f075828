package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.engine.schema.SchemaComposer;
import dev.pgbound.engine.sections.SectionSchemas;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pgbound schema}. */
@Command(
    name = "schema",
    description =
        "Prints the JSON schema of migration files or of saved plans, for editors and checkers.")
public final class SchemaCommand implements Callable<Integer> {

  /** The documents that have a schema. */
  enum Document {
    migration,
    plan
  }

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DOCUMENT",
      defaultValue = "migration",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Document document = Document.migration;

  public SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console
        .out()
        .print(
            switch (document) {
              case migration -> migration();
              case plan -> PlanJson.schema();
            });
    return ExitCode.DONE.code();
  }

  private static String migration() {
    try (Session session = Session.offline(Path.of(""))) {
      FileSchema file =
          FileSchema.of(session.registry().schemas(), List.copyOf(SectionSchemas.all().values()));
      return SchemaComposer.compose(file);
    }
  }
}
