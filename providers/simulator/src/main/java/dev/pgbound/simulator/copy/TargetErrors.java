package dev.pgbound.simulator.copy;

import dev.pgbound.simulator.copy.CopySettings.ErrorPolicies;
import dev.pgbound.simulator.copy.CopySettings.Policy;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL refuses, and what DMS makes of it. */
final class TargetErrors {

  /** A row with this key is there. */
  static final String DUPLICATE = "23505";

  private static final String TOO_LONG = "22001";

  /** Lost connections, shutdowns, deadlocks, lack of resources, and locks that somebody holds. */
  private static final List<String> PASSING = List.of("08", "57", "40", "53", "55P03");

  private TargetErrors() {}

  /** Whether the same may work later. */
  static boolean isPassing(SQLException error) {
    return PASSING.stream().anyMatch(state(error)::startsWith);
  }

  static boolean isDuplicate(SQLException error) {
    return state(error).equals(DUPLICATE);
  }

  /**
   * What happens after a change was refused.
   *
   * @param conflict what happens when the row is there already, or is not
   */
  static Policy policy(SQLException error, ErrorPolicies policies, Policy conflict) {
    String state = state(error);
    if (state.equals(TOO_LONG)) {
      return policies.truncation();
    }
    return state.startsWith("22")
        ? policies.data()
        : state.startsWith("23") ? conflict : policies.table();
  }

  private static String state(SQLException error) {
    @Nullable String state = error.getSQLState();
    return state == null ? "" : state;
  }

  /** As DMS quotes a driver. */
  static String text(SQLException error) {
    return String.format(
        Locale.ROOT,
        "RetCode: SQL_ERROR SqlState: %s NativeError: 1 Message: %s",
        state(error),
        String.valueOf(error.getMessage()).replaceAll("\\s*\\n\\s*", " "));
  }

  /** The last failure message of a task that ends by it. */
  static String fatal(String what) {
    return "Last Error Task error notification received from subtask 0, thread 0 [1020401] "
        + what
        + " Stop Reason FATAL_ERROR Error Level FATAL";
  }
}
