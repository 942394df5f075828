package dev.pgbound.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Acting for another role. The master user of RDS is no superuser: what belongs to a role it may
 * change, or give away, only as a member of that role.
 */
final class Owners {

  /** What is done meanwhile. */
  interface Action {
    void run() throws SQLException;
  }

  private Owners() {}

  /** As {@link #asMember(Connection, String, Action)}, of several roles at once. */
  static void asMember(Connection connection, List<String> roles, Action action)
      throws SQLException {
    if (roles.isEmpty()) {
      action.run();
    } else {
      List<String> rest = roles.subList(1, roles.size());
      asMember(connection, roles.get(0), () -> asMember(connection, rest, action));
    }
  }

  /** Runs {@code action} as a member of {@code role}, for as long as it takes. */
  static void asMember(Connection connection, String role, Action action) throws SQLException {
    boolean member = isMember(connection, role, "USAGE");
    if (member && isVersion16(connection)) {
      member = isMember(connection, role, "SET");
    }
    if (member) {
      action.run();
      return;
    }
    // Since version 16 a membership says what it is good for.
    String options = isVersion16(connection) ? " with inherit true, set true" : "";
    Sql.run(connection, "grant " + Sql.name(role) + " to current_user" + options);
    action.run();
    Sql.run(connection, "revoke " + Sql.name(role) + " from current_user");
  }

  private static boolean isMember(Connection connection, String role, String how)
      throws SQLException {
    return Sql.exists(
        connection, "select 1 where pg_has_role(current_user, ?::name, ?)", role, how);
  }

  private static boolean isVersion16(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion() >= 16;
  }
}
