package dev.pgbound.simulator.copy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A replication task that runs.
 *
 * @param id names the task for ever
 * @param run tells its runs apart
 * @param begin when this run begins
 * @param startPosition where change data capture begins, in the words of DMS
 * @param end when and why it ends by itself
 */
public record CopyOrder(
    String id,
    String run,
    Instant begin,
    Start start,
    Optional<String> startPosition,
    Optional<End> end,
    CopySettings settings,
    Target target) {

  /** How a run begins. */
  public enum Start {
    /** With nothing done before. */
    FRESH,
    /** Where the run before has ended. */
    RESUME,
    /** With all tables loaded again. */
    RELOAD
  }

  /** An end that was asked for beforehand. */
  public record End(Instant at, String reason) {}

  /** Logs in to the target as the endpoint's user. */
  public interface Target {
    /**
     * A new connection.
     *
     * @throws SQLException when the database turns the login down
     * @throws IOException when no database answers; it may do so later
     */
    Connection connect() throws SQLException, IOException;
  }
}
