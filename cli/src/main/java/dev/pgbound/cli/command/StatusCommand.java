package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.StatusJson;
import dev.pgbound.cli.render.StatusText;
import dev.pgbound.cli.render.StatusView;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlans;
import dev.pgbound.spi.MigrationStatus;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgbound status}. */
@Command(
    name = "status",
    description =
        "Says how a migration is getting on: tasks, tables, latency, alarms, what still costs"
            + " money. Writes nothing.")
public final class StatusCommand implements Callable<Integer> {

  /** How a status is printed. */
  enum Format {
    text,
    json
  }

  /** DMS itself counts anew once a minute or so, and every look is some ten calls. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private static final Duration SIMULATED_PAUSE = Duration.ofSeconds(1);

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();
  @Mixin private AwsOptions aws = new AwsOptions();

  @Option(
      names = "--watch",
      description =
          "Look again and again until Ctrl-C: redrawn on a terminal, elsewhere a line for each"
              + " change.")
  private boolean watch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Format format = Format.text;

  public StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Migration migration;
    try (Session offline = Session.offline(file.folder())) {
      migration = file.load(offline, console);
    }
    Optional<TablePlan> tables =
        migration.tables().map(one -> TablePlans.of(one, task -> Optional.empty()));
    return watch ? watch(migration, tables) : once(migration, tables);
  }

  private int once(Migration migration, Optional<TablePlan> tables) {
    try (Session session = aws.look(console, file.folder(), migration.region())) {
      StatusView view =
          StatusView.of(
              migration.name(), session.engine().status(migration), Optional.empty(), tables);
      console
          .out()
          .print(
              switch (format) {
                case text -> StatusText.render(view, console.columns());
                case json -> StatusJson.render(view);
              });
      return ExitCode.DONE.code();
    }
  }

  private int watch(Migration migration, Optional<TablePlan> tables) {
    StatusWatch watching =
        new StatusWatch(migration.name(), tables, console, format == Format.json);
    try {
      if (aws.isSimulated()) {
        watching.run(() -> lookAnew(migration), SIMULATED_PAUSE);
      } else {
        try (Session session = aws.look(console, file.folder(), migration.region())) {
          watching.run(() -> session.engine().status(migration), PAUSE);
        }
      }
      return ExitCode.DONE.code();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.code();
    }
  }

  /** What another process does to a simulated account is in its files. */
  private MigrationStatus lookAnew(Migration migration) {
    Console quiet =
        new Console(
            console.out(),
            new PrintWriter(Writer.nullWriter()),
            console.in(),
            console.environment());
    try (Session session = aws.look(quiet, file.folder(), migration.region())) {
      return session.engine().status(migration);
    }
  }
}
