package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.Sarif;
import dev.pgbound.cli.render.TablesText;
import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.cli.render.Words;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlans;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgbound validate}. */
@Command(
    name = "validate",
    description =
        "Checks a migration file, without asking AWS, and prints everything that is wrong.")
public final class ValidateCommand implements Callable<Integer> {

  /** How the findings are printed. */
  enum Format {
    text,
    json,
    sarif
  }

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();
  @Mixin private TablesOption tables = new TablesOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "How the findings are printed: one of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Format format = Format.text;

  public ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Diagnostics found = new Diagnostics();
    try (Session session = Session.offline(file.folder())) {
      Optional<Migration> migration = file.find(session, console, found);
      console
          .out()
          .print(
              switch (format) {
                case text -> migration.map(one -> valid(one, found)).orElse("");
                case json -> PlanJson.findings(file.file().toString(), found.sorted());
                case sarif -> Sarif.render(file.file().toString(), found.sorted());
              });
      if (migration.isEmpty()) {
        throw file.invalid(found);
      }
      return ExitCode.DONE.code();
    }
  }

  private String valid(Migration migration, Diagnostics found) {
    int accepted = found.sorted().size() - found.open().size();
    Detail detail = tables.detail(migration);
    Optional<TablePlan> plan =
        migration.tables().map(one -> TablePlans.of(one, task -> Optional.empty()));
    String valid =
        String.format(
            Locale.ROOT,
            "%s is valid: migration %s, %s%s%s%n",
            migration.file(),
            migration.name(),
            Words.count(migration.expansion().resources().size(), "resource"),
            plan.map(one -> ", " + TablesText.count(one)).orElse(""),
            accepted > 0 ? ", " + Words.count(accepted, "warning") + " accepted" : "");
    return plan.filter(one -> detail == Detail.ALL)
        .map(one -> valid + TablesText.render(one, detail, console.columns()))
        .orElse(valid);
  }
}
