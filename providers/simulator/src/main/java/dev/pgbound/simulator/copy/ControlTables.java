package dev.pgbound.simulator.copy;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;

/** The tables that DMS keeps for itself in the target. */
final class ControlTables {

  private static final String EXCEPTIONS = "awsdms_apply_exceptions";

  private final TargetSession session;
  private final String schema;

  ControlTables(TargetSession session, String schema) {
    this.session = session;
    this.schema = schema;
  }

  /** Makes what is missing, as DMS does whenever a task starts. */
  void ensure() throws SQLException {
    if (!session.hasSchema(schema)) {
      session.execute("create schema " + TargetSession.quoted(schema));
    }
    if (!session.exists(schema, EXCEPTIONS)) {
      session.execute(
          String.format(
              Locale.ROOT,
              "create table %s (\"TASK_NAME\" varchar(128) not null, \"TABLE_OWNER\" varchar(128)"
                  + " not null, \"TABLE_NAME\" varchar(128) not null, \"ERROR_TIME\" timestamp not"
                  + " null, \"STATEMENT\" text not null, \"ERROR\" text not null)",
              name()));
    }
  }

  /** Notes that a change could not be applied. */
  void note(String task, TableProgress table, Instant now, String statement, String error)
      throws SQLException {
    session.update(
        "insert into " + name() + " values (?, ?, ?, ?, ?, ?)",
        Arrays.asList(
            task,
            table.schema,
            table.table,
            now.atOffset(ZoneOffset.UTC).toLocalDateTime().toString(),
            statement,
            error));
  }

  private String name() {
    return TargetSession.quoted(schema) + "." + TargetSession.quoted(EXCEPTIONS);
  }
}
