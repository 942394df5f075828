package dev.pgbound.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One look at a migration.
 *
 * @param at when it was taken, on the timeline of the run
 * @param tasks in the order of their addresses; also those that are declared and not there
 * @param connections how the last tests of the endpoints ended
 * @param unread what could not be read, each with the reason
 */
public record MigrationStatus(
    Instant at,
    List<TaskState> tasks,
    List<Connection> connections,
    List<Alarm> alarms,
    List<Maintenance> maintenance,
    List<Leftover> leftovers,
    List<String> unread) {

  public MigrationStatus {
    tasks = List.copyOf(tasks);
    connections = List.copyOf(connections);
    alarms = List.copyOf(alarms);
    maintenance = List.copyOf(maintenance);
    leftovers = List.copyOf(leftovers);
    unread = List.copyOf(unread);
  }

  /**
   * The last test of an endpoint from a replication instance.
   *
   * @param status the service's word: testing, successful, failed
   * @param message why it failed, in the service's words
   */
  public record Connection(
      String endpoint, String instance, String status, Optional<String> message) {

    public boolean hasFailed() {
      return status.equals("failed");
    }
  }

  /**
   * An alarm.
   *
   * @param reason why it is in its state, in the service's words
   * @param since when it came into its state
   */
  public record Alarm(String name, State state, String reason, Optional<Instant> since) {

    /** What the service says of the metric. */
    public enum State {
      OK,
      ALARM,
      /** There are too few values to tell. */
      NO_DATA
    }
  }

  /**
   * Something that will be done to an object by itself.
   *
   * @param object its kind and name: "dms-instance hr"
   * @param action what is going to happen, in the service's words
   * @param when at the latest; empty when the service does not say
   */
  public record Maintenance(String object, String action, Optional<Instant> when) {}

  /**
   * Something that is billed by the hour although nothing is replicated with it.
   *
   * @param object its kind and name: "dms-instance hr"
   * @param size what decides its price
   * @param idleSince since when it has been of no use; empty when the service does not say
   */
  public record Leftover(String object, String size, Optional<Instant> idleSince) {}
}
