package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;

import dev.pgbound.simulator.oracle.SourceRows;
import dev.pgbound.simulator.oracle.StandIn;
import dev.pgbound.simulator.postgres.AuroraServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;
import software.amazon.awssdk.services.databasemigration.model.TableStatistics;
import software.amazon.awssdk.services.databasemigration.model.TableToReload;

/**
 * A simulated account with a stand-in for Oracle, a real PostgreSQL behind a cluster, and
 * everything between them but tasks. All tests share one; each has a schema of its own on both
 * sides.
 */
final class Rehearsal {

  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "pgbound");
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable Rehearsal shared;

  private final Path folder;
  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final DmsAccount account = new DmsAccount(aws);
  private final DatabaseMigrationClient dms = account.dms();
  private final StandIn standIn;
  private final AuroraServers servers;
  private final String host;
  private final String instance;
  private final String source;
  private final String target;

  private Rehearsal() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("rehearsal");
    Path scripts = Files.createDirectory(folder.resolve("scripts"));
    standIn = new StandIn(folder.resolve("oracle"), scripts);
    servers = aws.serveDatabases(folder.resolve("postgres"), CACHE);
    aws.moveRows(standIn, folder.resolve("tasks"));
    account.createSubnetGroup();
    RdsAccount rds = new RdsAccount(aws);
    rds.createCluster("hr", r -> r.databaseName("hr"));
    rds.instance("hr", "hr-1", r -> {});
    host = rds.cluster("hr").endpoint();
    instance = account.createInstance("worker");
    source = account.createOracleSource("source");
    target = target("target", "postgres", "not-a-secret");
    account.test(instance, source);
    account.pass(Duration.ofMinutes(1));
  }

  /** The one that all tests share; it ends with the process. */
  static synchronized Rehearsal shared() {
    Rehearsal made = shared;
    try {
      if (made == null) {
        made = new Rehearsal();
        Runtime.getRuntime().addShutdownHook(new Thread(made::end));
        shared = made;
      }
      return made;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void end() {
    try {
      servers.stop();
      standIn.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SimulatedAws aws() {
    return aws;
  }

  DatabaseMigrationClient dms() {
    return dms;
  }

  Path tasks() {
    return folder.resolve("tasks");
  }

  StandIn standIn() {
    return standIn;
  }

  void pass(Duration time) {
    try {
      aws.timeline().sleep(time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** An endpoint of the database, tested with success. */
  String target(String name, String user, String password) throws InterruptedException {
    String arn =
        dms.createEndpoint(
                r ->
                    r.endpointIdentifier(name)
                        .endpointType(ReplicationEndpointTypeValue.TARGET)
                        .engineName("aurora-postgresql")
                        .serverName(host)
                        .port(5432)
                        .databaseName("hr")
                        .username(user)
                        .password(password))
            .endpoint()
            .endpointArn();
    account.test(instance, arn);
    account.pass(Duration.ofMinutes(1));
    return arn;
  }

  /** A schema of the stand-in that nobody else has. */
  String schema() {
    String name = "S" + NAMES.incrementAndGet();
    oracle("create schema " + name);
    return name;
  }

  /** Executes statements in the stand-in, as another process may do at any time. */
  void oracle(String... statements) {
    try (Connection connection = standIn.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
    try {
      standIn.writeDownChanges();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Executes statements in PostgreSQL, as the master user. */
  void postgres(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Rows of PostgreSQL, their values separated by bars. */
  List<String> rows(String sql) {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        lines.add(String.join("|", values));
      }
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
    return lines;
  }

  Connection connect() throws IOException, SQLException {
    return DriverManager.getConnection(
        String.format(
            Locale.ROOT,
            "jdbc:postgresql://127.0.0.1:%d/hr?sslmode=disable",
            servers.port(host).orElseThrow()),
        "postgres",
        "not-a-secret");
  }

  /** A task that may be started. */
  Task task(MigrationTypeValue type, String settings, String... rules) {
    return task(target, type, settings, rules);
  }

  Task task(String targetArn, MigrationTypeValue type, String settings, String... rules) {
    return task(source, targetArn, type, settings, rules);
  }

  /** A task from a source that is told to fail rather than cut a LOB off. */
  Task failingOnCutLobs(MigrationTypeValue type, String settings, String... rules) {
    String strict =
        dms.createEndpoint(
                r ->
                    r.endpointIdentifier("strict-" + NAMES.incrementAndGet())
                        .endpointType(ReplicationEndpointTypeValue.SOURCE)
                        .engineName("oracle")
                        .serverName("oracle.example.com")
                        .port(1521)
                        .databaseName("ORCL")
                        .username("dms")
                        .password("not-to-be-seen")
                        .oracleSettings(o -> o.failTasksOnLobTruncation(true)))
            .endpoint()
            .endpointArn();
    account.test(instance, strict);
    pass(Duration.ofMinutes(1));
    return task(strict, target, type, settings, rules);
  }

  private Task task(
      String sourceArn,
      String targetArn,
      MigrationTypeValue type,
      String settings,
      String... rules) {
    String arn =
        dms.createReplicationTask(
                r ->
                    r.replicationTaskIdentifier("task-" + NAMES.incrementAndGet())
                        .replicationInstanceArn(instance)
                        .sourceEndpointArn(sourceArn)
                        .targetEndpointArn(targetArn)
                        .migrationType(type)
                        .tableMappings(mapping(rules))
                        .replicationTaskSettings(settings))
            .replicationTask()
            .replicationTaskArn();
    pass(Duration.ofMinutes(1));
    return new Task(arn);
  }

  /** The number of the last change in the stand-in. */
  long scn() {
    try (Connection connection = standIn.connect()) {
      return new SourceRows(connection).currentScn();
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a task that ends by itself. */
  void startUntil(Task task, String position) {
    dms.startReplicationTask(
        r ->
            r.replicationTaskArn(task.arn)
                .startReplicationTaskType(StartReplicationTaskTypeValue.START_REPLICATION)
                .cdcStopPosition(position));
  }

  /** A table mapping whose rules get their numbers in order. */
  static String mapping(String... rules) {
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < rules.length; i++) {
      numbered.add(
          "{\"rule-id\": \""
              + (i + 1)
              + "\", \"rule-name\": \""
              + (i + 1)
              + "\", "
              + rules[i]
              + "}");
    }
    return "{\"rules\": [" + String.join(", ", numbered) + "]}";
  }

  /** A rule that includes the tables of a schema. */
  static String include(String schema, String table, String... filters) {
    String all = filters.length == 0 ? "" : ", \"filters\": [" + String.join(", ", filters) + "]";
    return "\"rule-type\": \"selection\", \"rule-action\": \"include\", "
        + locator(schema, table)
        + all;
  }

  /** A transformation; {@code more} are members of it, without braces. */
  static String transformation(String target, String action, String locator, String... more) {
    String rest = Stream.of(more).map(member -> ", " + member).collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "\"rule-type\": \"transformation\", \"rule-target\": \"%s\", \"rule-action\": \"%s\", %s%s",
        target,
        action,
        locator,
        rest);
  }

  static String locator(String... names) {
    List<String> keys = List.of("schema-name", "table-name", "column-name");
    List<String> members = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      members.add("\"" + keys.get(i) + "\": \"" + names[i] + "\"");
    }
    return "\"object-locator\": {" + String.join(", ", members) + "}";
  }

  /** A task of the account. */
  final class Task {

    private final String arn;

    Task(String arn) {
      this.arn = arn;
    }

    String id() {
      return arn.substring(arn.lastIndexOf(':') + 1);
    }

    void start(StartReplicationTaskTypeValue type) {
      dms.startReplicationTask(r -> r.replicationTaskArn(arn).startReplicationTaskType(type));
    }

    /** Starts it for the first time and lets so much time pass that small tables are loaded. */
    Task load() {
      start(StartReplicationTaskTypeValue.START_REPLICATION);
      pass(Duration.ofMinutes(2));
      look();
      return this;
    }

    void stop() {
      dms.stopReplicationTask(r -> r.replicationTaskArn(arn));
      pass(Duration.ofMinutes(1));
    }

    void start(StartReplicationTaskTypeValue type, String position) {
      dms.startReplicationTask(
          r -> r.replicationTaskArn(arn).startReplicationTaskType(type).cdcStartPosition(position));
    }

    void reload(String schema, String table) {
      dms.reloadTables(
          r ->
              r.replicationTaskArn(arn)
                  .tablesToReload(
                      TableToReload.builder().schemaName(schema).tableName(table).build()));
    }

    ReplicationTask look() {
      return dms.describeReplicationTasks(r -> r.filters(filter("replication-task-arn", arn)))
          .replicationTasks()
          .get(0);
    }

    TableStatistics table(String name) {
      return dms.describeTableStatistics(
              r -> r.replicationTaskArn(arn).filters(filter("table-name", name)))
          .tableStatistics()
          .get(0);
    }

    void delete() {
      dms.deleteReplicationTask(r -> r.replicationTaskArn(arn));
    }
  }
}
