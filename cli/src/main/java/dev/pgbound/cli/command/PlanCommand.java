package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.PlanText;
import dev.pgbound.cli.render.TablesText.Detail;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  @Mixin private TablesOption tables = new TablesOption();

  @Option(names = "--destroy", description = "Plan to remove everything instead.")
  private boolean destroy;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 when there are changes, with 0 when there are none.")
  private boolean detailedExitCode;

  @Option(
      names = "--out",
      paramLabel = "PLAN.json",
      description = "Save the plan; 'pgbound apply PLAN.json' carries out exactly this one.")
  private @Nullable Path out;

  public PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Migration migration;
    try (Session offline = Session.offline()) {
      migration = file.load(offline, console);
    }
    Detail detail = tables.detail(migration);
    try (Session session = aws.open(console, file.folder(), migration.region())) {
      Goal goal = destroy ? Goal.DESTROY : Goal.CONVERGE;
      Plan plan = session.engine().plan(migration, planning.options(goal, migration));
      console.out().print(PlanText.render(plan, detail));
      console.out().flush();
      if (out != null) {
        save(plan, out);
      }
      boolean changes = detailedExitCode && plan.hasChanges();
      return (changes ? ExitCode.CHANGES : ExitCode.DONE).code();
    }
  }

  private void save(Plan plan, Path to) {
    try {
      Files.writeString(to, PlanJson.write(plan));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          String.format(Locale.ROOT, "The plan cannot be written to %s: %s", to, e.getMessage()),
          e);
    }
    console.err().println("saved to " + to);
  }
}
