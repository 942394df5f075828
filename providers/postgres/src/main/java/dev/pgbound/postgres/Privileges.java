package dev.pgbound.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The privileges that a role has been granted on something, itself and not through a group.
 *
 * @param everywhere those on every object there is and, by default, on those to come
 * @param somewhere those on some object, or only on those to come
 */
record Privileges(Set<String> everywhere, Set<String> somewhere) {

  static Privileges read(Connection connection, GrantTarget target) throws SQLException {
    if (!Sql.exists(connection, "select 1 from pg_roles where rolname = ?", target.role())) {
      return new Privileges(Set.of(), Set.of());
    }
    return switch (target.kind()) {
      case DATABASE ->
          of(
              Sql.rows(
                  connection,
                  row -> row.getString(1),
                  "select distinct a.privilege_type from pg_database d, aclexplode(d.datacl) a"
                      + " where d.datname = current_database() and pg_get_userbyid(a.grantee) = ?",
                  target.role()));
      case SCHEMA ->
          of(
              Sql.rows(
                  connection,
                  row -> row.getString(1),
                  "select distinct a.privilege_type from pg_namespace n, aclexplode(n.nspacl) a"
                      + " where n.nspname = ? and pg_get_userbyid(a.grantee) = ?",
                  target.schema(),
                  target.role()));
      case TABLES, SEQUENCES, FUNCTIONS -> ofMany(connection, target);
    };
  }

  private static Privileges of(List<String> privileges) {
    return new Privileges(new TreeSet<>(privileges), new TreeSet<>(privileges));
  }

  private static Privileges ofMany(Connection connection, GrantTarget target) throws SQLException {
    String objects = target.kind().objects();
    String total =
        Sql.value(
                connection,
                "select count(*) from pg_namespace n, lateral ("
                    + objects
                    + ") o"
                    + " where n.nspname = ?",
                target.schema())
            .orElseThrow();
    Map<String, String> counts = new TreeMap<>();
    Sql.rows(
        connection,
        row -> counts.put(row.getString(1), row.getString(2)),
        "select a.privilege_type, count(distinct o.oid) from pg_namespace n, lateral ("
            + objects
            + ") o, aclexplode(o.acl) a where n.nspname = ? and pg_get_userbyid(a.grantee) = ?"
            + " group by a.privilege_type",
        target.schema(),
        target.role());
    Set<String> later =
        new TreeSet<>(
            Sql.rows(
                connection,
                row -> row.getString(1),
                "select distinct a.privilege_type from pg_default_acl d"
                    + " join pg_namespace n on n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a"
                    + " where n.nspname = ? and d.defaclobjtype = ?::\"char\""
                    + " and pg_get_userbyid(d.defaclrole) = current_user"
                    + " and pg_get_userbyid(a.grantee) = ?",
                target.schema(),
                target.kind().defaults(),
                target.role()));
    Set<String> everywhere = new TreeSet<>();
    for (String privilege : later) {
      if (total.equals(counts.getOrDefault(privilege, "0"))) {
        everywhere.add(privilege);
      }
    }
    Set<String> somewhere = new TreeSet<>(later);
    somewhere.addAll(counts.keySet());
    return new Privileges(everywhere, somewhere);
  }

  /** What differs from {@code declared} only where something is missing or too much. */
  Set<String> comparedWith(Collection<String> declared) {
    Set<String> compared = new TreeSet<>(everywhere);
    somewhere.stream().filter(one -> !declared.contains(one)).forEach(compared::add);
    return compared;
  }

  /** What has to be taken away so that only {@code declared} is left. */
  Set<String> beyond(Collection<String> declared) {
    Set<String> beyond = new TreeSet<>(somewhere);
    beyond.removeAll(declared);
    return beyond;
  }
}
