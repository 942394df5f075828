package dev.pgbound.cli;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.MigrationStatus;
import dev.pgbound.spi.MigrationStatus.Alarm;
import dev.pgbound.spi.MigrationStatus.Connection;
import dev.pgbound.spi.MigrationStatus.Leftover;
import dev.pgbound.spi.MigrationStatus.Maintenance;
import dev.pgbound.spi.TableState;
import dev.pgbound.spi.TaskState;
import dev.pgbound.spi.TaskState.Lag;
import dev.pgbound.spi.TaskState.Phase;
import dev.pgbound.spi.TaskState.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Looks at a migration, as they come from AWS. */
public final class Statuses {

  /** When the load of all of them began. */
  public static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  private Statuses() {}

  /** A load that goes on: this long after its beginning, with so many rows. */
  public static MigrationStatus loading(Duration after, long rows, int percent) {
    return look(
        BEGIN.plus(after),
        task(
            Phase.LOADING,
            percent,
            Optional.empty(),
            Optional.empty(),
            table("EMPLOYEES", "Full load", rows),
            table("JOBS", "Table completed", 0)));
  }

  /** Changes are replicated and all is well. */
  public static MigrationStatus replicating() {
    Instant at = BEGIN.plus(Duration.ofHours(1));
    Lag lag = new Lag(OptionalDouble.of(1.4), OptionalDouble.of(75), at.minusSeconds(60));
    return look(
        at,
        task(
            Phase.REPLICATING,
            100,
            Optional.of(BEGIN.plus(Duration.ofMinutes(10))),
            Optional.of(lag),
            new TableState("HR", "JOBS", "Table completed", 600, 0, 17, "Validated", 0, 0, 0),
            new TableState(
                "HR", "REGIONS", "Table completed", 0, 0, 0, "Pending records", 0, 0, 4)));
  }

  /** Everything that can go wrong, with words that would paint over a screen. */
  public static MigrationStatus troubled() {
    Instant at = BEGIN.plus(Duration.ofDays(43));
    TaskState failed =
        new TaskState(
            Optional.of(new Address("dms-task", "hr")),
            "hr",
            "full-load-and-cdc",
            Phase.FAILED,
            "failed",
            40,
            new Span(Optional.of(BEGIN), Optional.empty()),
            Optional.of(BEGIN.plus(Duration.ofHours(1))),
            List.of(
                new TableState("HR", "JOBS", "Table error", 600, 3, 0, "Table error", 0, 0, 0),
                new TableState(
                    "HR",
                    "ODD\u001b[2J",
                    "Table completed",
                    9,
                    0,
                    0,
                    "Mismatched records",
                    2,
                    1,
                    0),
                table("FINE", "Table completed", 5)),
            Optional.empty(),
            Optional.of("Stop Reason FATAL_ERROR: ORA-01017\u001b[31m: invalid username/password"));
    TaskState gone =
        new TaskState(
            Optional.of(new Address("dms-task", "payroll")),
            "payroll",
            "cdc",
            Phase.MISSING,
            "",
            0,
            Span.NONE,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    return new MigrationStatus(
        at,
        List.of(failed, gone),
        List.of(
            new Connection("hr-source", "hr", "failed", Optional.of("ORA-12170: TNS timeout")),
            new Connection("hr-target", "hr", "successful", Optional.empty())),
        List.of(
            new Alarm("hr-lag-source", Alarm.State.OK, "", Optional.empty()),
            new Alarm(
                "hr-lag-target",
                Alarm.State.ALARM,
                "Threshold Crossed: 900 > 300",
                Optional.of(BEGIN))),
        List.of(
            new Maintenance("dms-instance hr", "os-upgrade", Optional.of(at.plusSeconds(3600)))),
        List.of(
            new Leftover(
                "dms-instance hr",
                "dms.r6i.large, 100 GB",
                Optional.of(BEGIN.plus(Duration.ofHours(1))))),
        List.of("CDC latency: cloudwatch:GetMetricData: not authorized"));
  }

  /** A look with one task and nothing else. */
  public static MigrationStatus look(Instant at, TaskState task) {
    return new MigrationStatus(
        at, List.of(task), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private static TaskState task(
      Phase phase, int percent, Optional<Instant> loaded, Optional<Lag> lag, TableState... tables) {
    return new TaskState(
        Optional.of(new Address("dms-task", "hr")),
        "hr",
        "full-load-and-cdc",
        phase,
        "running",
        percent,
        new Span(Optional.of(BEGIN), loaded),
        Optional.empty(),
        List.of(tables),
        lag,
        Optional.empty());
  }

  private static TableState table(String name, String state, long rows) {
    return new TableState("HR", name, state, rows, 0, 0, "Not enabled", 0, 0, 0);
  }
}
