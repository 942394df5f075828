package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.Session;
import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.plan.Plan.Goal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgbound destroy}. */
@Command(
    name = "destroy",
    description = "Removes everything the migration made, dependants first; shared roles stay.")
public final class DestroyCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();
  @Mixin private AwsOptions aws = new AwsOptions();
  @Mixin private PlanningOptions planning = new PlanningOptions();
  @Mixin private Running running = new Running();

  public DestroyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Migration migration;
    try (Session offline = Session.offline(file.folder())) {
      migration = file.load(offline, console);
    }
    try (Session session = aws.open(console, file.folder(), migration.region())) {
      PlanOptions options = planning.options(Goal.DESTROY, migration);
      Claim claim =
          new Claim(
              "destroy",
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
}
