package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Goal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgbound apply}. */
@Command(
    name = "apply",
    description = "Makes AWS what the migration file declares, or carries out a saved PLAN.json.")
public final class ApplyCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();
  @Mixin private AwsOptions aws = new AwsOptions();
  @Mixin private PlanningOptions planning = new PlanningOptions();
  @Mixin private Running running = new Running();

  public ApplyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return file.file().toString().endsWith(".json") ? applySaved() : applyFile();
  }

  private int applyFile() {
    Migration migration;
    try (Session offline = Session.offline(file.folder())) {
      migration = file.load(offline, console);
    }
    try (Session session = aws.open(console, file.folder(), migration.region())) {
      PlanOptions options = planning.options(Goal.CONVERGE, migration);
      Claim claim =
          new Claim(
              "apply",
              migration.name(),
              session.timeline().now(),
              CommandLineText.of("unlock", file.arguments(), aws.arguments()),
              console);
      return running.run(
          claim,
          () -> session.engine().plan(migration, options, claim),
          session,
          console,
          file.folder());
    }
  }

  private int applySaved() {
    if (!planning.isEmpty()) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE,
          "A saved plan is carried out as it is; give --target and --allow when it is made.");
    }
    Plan plan = SavedPlan.read(file.file());
    Path folder =
        Optional.ofNullable(Path.of(plan.file()).toAbsolutePath().getParent())
            .orElse(file.folder());
    String region = plan.account().region();
    try (Session session = aws.open(console, folder, Optional.of(region))) {
      Claim claim =
          new Claim(
              "apply",
              plan.migration(),
              session.timeline().now(),
              CommandLineText.of("unlock", List.of(plan.file()), aws.arguments()),
              console);
      return running.run(claim, () -> plan, session, console, folder);
    }
  }
}
