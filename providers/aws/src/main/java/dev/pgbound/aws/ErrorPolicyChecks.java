package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds policies for errors that lose rows, and such that never apply. */
final class ErrorPolicyChecks {

  private static final String ERRORS = "ErrorBehavior";

  /** Escalations, and the setting without which they never happen. */
  private static final Map<String, String> COUNTS =
      Map.of(
          "DataErrorEscalationPolicy", "DataErrorEscalationCount",
          "TableErrorEscalationPolicy", "TableErrorEscalationCount",
          "ApplyErrorEscalationPolicy", "ApplyErrorEscalationCount");

  private final DeclaredSettings settings;
  private final Problems problems;

  private ErrorPolicyChecks(DeclaredSettings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(DeclaredSettings settings, Problems problems) {
    ErrorPolicyChecks checks = new ErrorPolicyChecks(settings, problems);
    checks.rows();
    checks.updates();
    COUNTS.forEach(checks::escalation);
    checks.tables();
  }

  private void rows() {
    String policy = settings.word(ERRORS, "DataErrorPolicy", "LOG_ERROR");
    if (List.of("LOG_ERROR", "IGNORE_RECORD").contains(policy)) {
      TaskFinding.ROWS_ARE_SKIPPED.report(
          problems,
          settings.path(ERRORS, "DataErrorPolicy"),
          String.format(
              Locale.ROOT,
              "With DataErrorPolicy %s the load goes on without a row that cannot be written, and %s.",
              policy,
              policy.equals("LOG_ERROR") ? "only the log tells" : "nothing tells"));
    }
  }

  private void updates() {
    boolean inserts = settings.word(ERRORS, "ApplyErrorUpdatePolicy", "").equals("UPDATE_RECORD");
    if (inserts && settings.replicatesChanges()) {
      TaskFinding.NEEDS_WHOLE_ROWS.report(
          problems,
          settings.path(ERRORS, "ApplyErrorUpdatePolicy"),
          "UPDATE_RECORD makes a row that is missing from the update, which holds only the columns"
              + " that Oracle logs.");
    }
  }

  private void escalation(String policy, String count) {
    if (settings.has(ERRORS, policy) && !settings.has(ERRORS, count)) {
      TaskFinding.NEVER_ESCALATES.report(
          problems, settings.path(ERRORS, policy), count + " is 0 unless it is set: never.");
    }
  }

  private void tables() {
    if (!settings.flag(ERRORS, "FailOnNoTablesCaptured", true)) {
      TaskFinding.NO_TABLES_IS_FINE.report(
          problems,
          settings.path(ERRORS, "FailOnNoTablesCaptured"),
          "When a rule or a grant is wrong and no table is found, the task runs and does nothing.");
    }
  }
}
