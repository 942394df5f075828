package dev.pgbound.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One look at a task that replicates tables.
 *
 * @param address of the declared resource; empty for a task that left the file
 * @param name what the service calls it
 * @param kind what it does: full-load, cdc, full-load-and-cdc
 * @param status the service's own word for where it stands; empty when it is not there
 * @param percent how much of the load is done, as the service counts
 * @param load when the load began and ended
 * @param stopped when it last stopped
 * @param tables all tables that the service tells of
 * @param lag how far behind the source it is; empty where it captures no changes, or nobody knows
 * @param trouble why it stands and its last failure, in the service's words
 */
public record TaskState(
    Optional<Address> address,
    String name,
    String kind,
    Phase phase,
    String status,
    int percent,
    Span load,
    Optional<Instant> stopped,
    List<TableState> tables,
    Optional<Lag> lag,
    Optional<String> trouble) {

  /** Where a task is on its way. */
  public enum Phase {
    MISSING("not there"),
    PREPARED("never started"),
    CHANGING("being changed"),
    STARTING("starting"),
    LOADING("full load"),
    /** It waits for being resumed, as its settings say. */
    PAUSED("paused after the load"),
    REPLICATING("replicating changes"),
    STOPPING("stopping"),
    /** Everything that was wanted is done. */
    FINISHED("finished"),
    STOPPED("stopped"),
    FAILED("failed"),
    GOING("being deleted");

    private final String words;

    Phase(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    /** Whether the task does nothing, and will not by itself. */
    public boolean isIdle() {
      return switch (this) {
        case MISSING, PREPARED, FINISHED, STOPPED, FAILED -> true;
        case CHANGING, STARTING, LOADING, PAUSED, REPLICATING, STOPPING, GOING -> false;
      };
    }
  }

  public TaskState {
    tables = List.copyOf(tables);
  }

  /** A stretch of time; without an end while it lasts, without a beginning before it. */
  public record Span(Optional<Instant> begin, Optional<Instant> end) {
    public static final Span NONE = new Span(Optional.empty(), Optional.empty());
  }

  /**
   * How far behind a task is, in seconds.
   *
   * @param source between the commit and the moment of its capture
   * @param target between the commit and the moment when the target has it
   * @param at of the younger value: the service tells with a delay
   */
  public record Lag(OptionalDouble source, OptionalDouble target, Instant at) {}
}
