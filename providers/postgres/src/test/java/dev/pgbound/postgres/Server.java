package dev.pgbound.postgres;

import dev.pgbound.simulator.postgres.AuroraCluster;
import dev.pgbound.simulator.postgres.AuroraServers;
import dev.pgbound.simulator.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One PostgreSQL for all tests of this module, as RDS sets it up: a master user who is no
 * superuser. It is emptied before each test and ends with the JVM.
 */
final class Server {

  static final String HOST = "hr-target.cluster-c1.us-east-1.rds.amazonaws.com";
  static final String MASTER = "dbadmin";

  /** A password that nothing may ever show. */
  static final String PASSWORD = "canary-of-the-master";

  private static final Path FOLDER = Path.of("target", "postgres-test").toAbsolutePath();
  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "pgbound");
  private static final String ID = "cluster-TEST";

  static final Server INSTANCE = new Server();

  private final AuroraServers servers =
      new AuroraServers(
          FOLDER,
          CACHE,
          false,
          () ->
              List.of(
                  new AuroraCluster(
                      "hr-target",
                      ID,
                      List.of(HOST),
                      true,
                      MASTER,
                      Optional.of(PASSWORD),
                      Optional.of("hr"))));
  private boolean started;

  private Server() {}

  /** Where it listens; it is started on first use. */
  synchronized int port() {
    try {
      if (!started) {
        new EmbeddedPostgres(FOLDER.resolve(ID), CACHE).delete();
        started = true;
        Runtime.getRuntime().addShutdownHook(new Thread(Server::end));
      }
      return servers.port(HOST).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end() {
    try {
      new EmbeddedPostgres(FOLDER.resolve(ID), CACHE).delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that was logged. */
  static String log() {
    try {
      return Files.readString(FOLDER.resolve(ID).resolve("data").resolve("server.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server as new: one empty database, and no role but those of RDS. */
  void reset() {
    int port = port();
    try (Connection admin = superuser("hr")) {
      for (String database :
          Sql.rows(
              admin,
              row -> row.getString(1),
              "select datname from pg_database where not datistemplate"
                  + " and datname not in ('postgres', 'hr')")) {
        Sql.execute(admin, "drop database %s with (force)", database);
      }
      for (String schema :
          Sql.rows(
              admin,
              row -> row.getString(1),
              "select nspname from pg_namespace"
                  + " where nspname !~ '^(pg_|public$|information_schema$)'")) {
        Sql.execute(admin, "drop schema %s cascade", schema);
      }
      for (String role :
          Sql.rows(
              admin,
              row -> row.getString(1),
              "select rolname from pg_roles where rolname !~ '^(pg_|rds)'")) {
        Sql.execute(admin, "drop owned by %s cascade", role);
        if (!role.equals(MASTER)) {
          Sql.execute(admin, "drop role %s", role);
        }
      }
      Sql.execute(admin, "grant all on database hr to %s", MASTER);
    } catch (SQLException e) {
      throw new IllegalStateException("port " + port, e);
    }
  }

  Connection superuser(String database) throws SQLException {
    port();
    return new EmbeddedPostgres(FOLDER.resolve(ID), CACHE).superuser(database);
  }

  /** A connection of any role; whoever may not log in gets an exception. */
  Connection as(String user, String password, String database) throws SQLException {
    return DriverManager.getConnection(
        String.format(
            Locale.ROOT, "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable", port(), database),
        user,
        password);
  }

  /** Runs statements as the superuser, as somebody else would behind our back. */
  void run(String... statements) {
    try (Connection admin = superuser("hr")) {
      for (String statement : statements) {
        Sql.run(admin, statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of a query, as the superuser sees it. */
  List<String> ask(String sql, Object... values) {
    try (Connection admin = superuser("hr")) {
      return new ArrayList<>(Sql.rows(admin, row -> String.valueOf(row.getString(1)), sql, values));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
