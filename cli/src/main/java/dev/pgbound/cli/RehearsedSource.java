package dev.pgbound.cli;

import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.oracle.InvalidScriptException;
import dev.pgbound.simulator.oracle.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** The stand-in for Oracle of a migration, which the scripts beside its file fill. */
public final class RehearsedSource implements AutoCloseable {

  /** The folder of the scripts, beside the migration file. */
  private static final String SCRIPTS = "oracle";

  private final StandIn oracle;

  private RehearsedSource(StandIn oracle) {
    this.oracle = oracle;
  }

  /** The stand-in of the migration whose file lies in {@code work}, for looking into it. */
  public static RehearsedSource open(Path work) {
    StandIn oracle =
        find(work, Session.state(work))
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.INVALID_FILE,
                        "There is no stand-in for Oracle: put scripts that fill one into "
                            + work.resolve(SCRIPTS)
                            + "."));
    return new RehearsedSource(oracle);
  }

  /** A connection to it. */
  public Connection connect() {
    prepare(oracle);
    try {
      return oracle.connect();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      oracle.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The stand-in; empty when there are no scripts for one.
   *
   * @param work the folder of the migration file
   * @param state where the simulation keeps what it knows
   */
  static Optional<StandIn> find(Path work, Path state) {
    Path scripts = work.resolve(SCRIPTS);
    return Files.isDirectory(scripts)
        ? Optional.of(new StandIn(state.resolve(SCRIPTS), scripts))
        : Optional.empty();
  }

  /** Has the tasks of a simulated account move rows, whoever fills the stand-in. */
  static void moveRows(SimulatedAws aws, StandIn oracle, Path state) {
    aws.moveRows(oracle, state.resolve("tasks"));
  }

  /** Fills a stand-in that is not there yet. */
  static void prepare(StandIn oracle) {
    try {
      oracle.prepare();
    } catch (InvalidScriptException e) {
      throw new CommandFailure(
          ExitCode.INVALID_FILE,
          e.getMessage() + ". The script fills the stand-in for Oracle; nothing was rehearsed.",
          e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /** How to look into the stand-in. */
  static List<String> hints(StandIn oracle) {
    return oracle.command().stream().map(command -> "look into the source: " + command).toList();
  }
}
