package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.PlanView;
import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Plan.Refusal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgbound plan}. */
@Command(
    name = "plan",
    description =
        "Compares a migration file with AWS and prints what apply would do. Writes nothing.")
public final class PlanCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();
  @Mixin private AwsOptions aws = new AwsOptions();
  @Mixin private PlanningOptions planning = new PlanningOptions();
  @Mixin private OutputOptions outputs = new OutputOptions();
  @Mixin private TablesOption tables = new TablesOption();

  @Option(names = "--destroy", description = "Plan to remove everything instead.")
  private boolean destroy;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 when there are changes, with 0 when there are none.")
  private boolean detailedExitCode;

  public PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    outputs.check();
    Goal goal = destroy ? Goal.DESTROY : Goal.CONVERGE;
    Diagnostics found = new Diagnostics();
    Optional<Migration> loaded;
    try (Session offline = Session.offline(file.folder())) {
      loaded = file.find(offline, console, found);
    }
    if (loaded.isEmpty()) {
      String title = PlanView.title(goal);
      outputs.putErrors(console, output -> output.of(title, file.file().toString(), found));
      throw file.invalid(found);
    }
    Migration migration = loaded.get();
    Detail detail = tables.detail(migration);
    try (Session session = aws.look(console, file.folder(), migration.region())) {
      Plan plan = session.engine().plan(migration, planning.options(goal, migration));
      PlanView view = PlanView.of(plan, found.sorted());
      outputs.put(console, output -> output.of(view, console.columns(), detail));
      if (plan.refusals().stream().anyMatch(one -> one.code().equals(Refusal.POLICY))) {
        throw new CommandFailure(ExitCode.REFUSED, "A policy of the file is not met.");
      }
      boolean changes = detailedExitCode && plan.hasChanges();
      return (changes ? ExitCode.CHANGES : ExitCode.DONE).code();
    }
  }
}
