package dev.pgbound.simulator.copy;

import dev.pgbound.simulator.oracle.SourceRows.Change;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What DMS knows about a row beside its values.
 *
 * @param scn 0 while a table is loaded
 */
record RowHeader(long scn, LocalDateTime moment, String operation) {

  /** A row that is loaded. */
  static RowHeader loaded(LocalDateTime moment) {
    return new RowHeader(0, moment, "INSERT");
  }

  static RowHeader of(Change change) {
    String operation =
        change.before() == null ? "INSERT" : change.after() == null ? "DELETE" : "UPDATE";
    return new RowHeader(change.scn(), change.stamp(), operation);
  }

  /** The value of one of the {@code AR_H} headers. */
  @Nullable Object value(String name) {
    return switch (name) {
      case "AR_H_STREAM_POSITION" -> scn == 0 ? "" : String.format(Locale.ROOT, "%016x", scn);
      case "AR_H_CHANGE_SEQ" -> scn == 0 ? "" : changeSequence();
      case "AR_H_TIMESTAMP", "AR_H_COMMIT_TIMESTAMP" -> TargetText.plain(moment);
      case "AR_H_OPERATION" -> operation;
      case "AR_H_USER" -> "";
      case "AR_H_TRANSACTION_ID" -> scn == 0 ? "" : String.format(Locale.ROOT, "%032x", scn);
      default -> null;
    };
  }

  /** The moment with its hundredths of seconds, and a number that grows. */
  private String changeSequence() {
    String digits = TargetText.plain(moment).replaceAll("[^0-9]", "");
    String moment16 = (digits + "0000000000000000").substring(0, 16);
    return moment16 + String.format(Locale.ROOT, "%019d", scn);
  }
}
