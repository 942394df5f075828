package dev.pgbound.simulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL behind simulated clusters: it starts, survives, answers, and goes. */
class EmbeddedPostgresTest {

  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "pgbound");
  private static final String HOST = "hr.cluster-c1.us-east-1.rds.amazonaws.com";

  @TempDir private Path folder;
  private final List<AuroraCluster> clusters = new ArrayList<>();

  private AuroraServers servers() {
    return new AuroraServers(folder, CACHE, false, () -> clusters);
  }

  @AfterEach
  void stop() throws IOException {
    clusters.clear();
    servers().sweep();
  }

  private static AuroraCluster cluster(String resourceId, boolean serving, String password) {
    return new AuroraCluster(
        "hr",
        resourceId,
        List.of(HOST),
        serving,
        "dbadmin",
        Optional.of(password),
        Optional.of("hr"));
  }

  private static String ask(int port, String user, String password, String sql)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/hr?sslmode=disable", user, password);
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          rows.next();
          return rows.getString(1);
        }
      }
      return "";
    }
  }

  @Test
  void answersOnlyBehindAnInstanceThatServes() throws IOException {
    clusters.add(cluster("cluster-A", false, "first"));
    assertThat(servers().port(HOST)).isEmpty();
    assertThat(servers().port("elsewhere.example.com")).isEmpty();
    assertThat(servers().commands()).isEmpty();
  }

  @Test
  void keepsItsDataFromOneProcessToTheNextAndLosesThemWithTheCluster() throws Exception {
    clusters.add(cluster("cluster-A", true, "first"));
    int port = servers().port(HOST).orElseThrow();
    ask(port, "dbadmin", "first", "create table kept(n int)");
    servers().stop();
    assertThatThrownBy(() -> ask(port, "dbadmin", "first", "select 1"))
        .isInstanceOf(SQLException.class);

    OptionalInt again = servers().port(HOST);

    assertThat(again).hasValue(port);
    assertThat(ask(port, "dbadmin", "first", "select count(*) from kept")).isEqualTo("0");
    assertThat(servers().commands().get("hr"))
        .endsWith("psql -h 127.0.0.1 -p " + port + " -U dbadmin hr")
        .doesNotContain("first");

    clusters.clear();
    clusters.add(cluster("cluster-B", true, "first"));
    servers().sweep();
    assertThat(Files.exists(folder.resolve("cluster-A"))).isFalse();
    int other = servers().port(HOST).orElseThrow();
    assertThatThrownBy(() -> ask(other, "dbadmin", "first", "select count(*) from kept"))
        .hasMessageContaining("does not exist");
  }

  @Test
  void hasAMasterUserWhoIsNoSuperuserAndFollowsItsPassword() throws Exception {
    clusters.add(cluster("cluster-A", true, "first:\\word"));
    int port = servers().port(HOST).orElseThrow();

    assertThat(
            ask(
                port,
                "dbadmin",
                "first:\\word",
                "select rolsuper or rolreplication or rolbypassrls from pg_roles"
                    + " where rolname = current_user"))
        .isEqualTo("f");
    assertThatThrownBy(() -> ask(port, "dbadmin", "first:\\word", "select * from pg_authid"))
        .hasMessageContaining("permission denied");
    ask(port, "dbadmin", "first:\\word", "create role dms login in role rds_superuser");
    ask(port, "dbadmin", "first:\\word", "create extension pgcrypto");

    clusters.set(0, cluster("cluster-A", true, "second"));
    assertThat(servers().port(HOST)).hasValue(port);
    assertThat(ask(port, "dbadmin", "second", "select version()")).startsWith("PostgreSQL 16.");
    assertThatThrownBy(() -> ask(port, "dbadmin", "first:\\word", "select 1"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void whoOnlyLooksNeitherDeletesNorChangesAPassword() throws Exception {
    clusters.add(cluster("cluster-A", true, "first"));
    int port = servers().port(HOST).orElseThrow();
    AuroraServers looking = new AuroraServers(folder, CACHE, true, () -> clusters);

    clusters.set(0, cluster("cluster-A", true, "of another moment"));
    assertThat(looking.port(HOST)).hasValue(port);
    assertThat(ask(port, "dbadmin", "first", "select 1")).isEqualTo("1");

    clusters.set(0, cluster("cluster-B", true, "first"));
    looking.sweep();
    assertThat(Files.exists(folder.resolve("cluster-A"))).isTrue();
  }

  @Test
  void sortsTextAsAuroraDoes() throws Exception {
    clusters.add(cluster("cluster-A", true, "first"));
    int port = servers().port(HOST).orElseThrow();

    assertThat(
            ask(
                port,
                "dbadmin",
                "first",
                "select string_agg(w, '' order by w) from unnest(array['b', 'A', 'a', 'B']) w"))
        .isEqualTo("aAbB");
  }

  @Test
  void beginsAnewAfterABeginningThatWasInterrupted() throws IOException {
    Files.createDirectories(folder.resolve("cluster-A").resolve("data"));
    clusters.add(cluster("cluster-A", true, "first"));

    assertThat(servers().port(HOST)).isPresent();
  }

  @Test
  void runsAsNobodyWhereTheKernelAllowsNoNamespace() throws Exception {
    Assumptions.assumeTrue(!Launcher.find().prefix().isEmpty(), "only root needs another user");
    EmbeddedPostgres server =
        new EmbeddedPostgres(folder.resolve("nobody"), CACHE, Launcher.NOBODY);
    try {
      server.start();
      try (Connection connection = server.superuser("postgres")) {
        assertThat(connection.isValid(5)).isTrue();
      }
    } finally {
      server.delete();
    }
    assertThat(Launcher.NOBODY.place(folder.resolve("nobody").resolve("data"))).doesNotExist();
  }
}
