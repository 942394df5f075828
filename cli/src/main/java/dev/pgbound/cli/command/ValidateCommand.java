package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.TablesText;
import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.cli.render.Words;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlans;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgbound validate}. */
@Command(
    name = "validate",
    description =
        "Checks a migration file, without asking AWS, and prints everything that is wrong.")
public final class ValidateCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();
  @Mixin private TablesOption tables = new TablesOption();

  public ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.offline()) {
      Migration migration = file.load(session, console);
      Detail detail = tables.detail(migration);
      Optional<TablePlan> plan =
          migration.tables().map(one -> TablePlans.of(one, task -> Optional.empty()));
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s is valid: migration %s, %s%s%n",
              migration.file(),
              migration.name(),
              Words.count(migration.expansion().resources().size(), "resource"),
              plan.map(one -> ", " + TablesText.count(one)).orElse(""));
      if (detail == Detail.ALL) {
        plan.ifPresent(one -> console.out().print(TablesText.render(one, detail)));
      }
      return ExitCode.DONE.code();
    }
  }
}
