package dev.pgbound.simulator.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.core.Utils;
import org.postgresql.util.PasswordUtil;

/**
 * The PostgreSQL servers behind the simulated Aurora clusters: one for each cluster, started when
 * somebody asks for its host name, and deleted with the cluster. The master user is what it is in
 * RDS: no superuser, but a member of {@code rds_superuser} who may make roles and databases.
 */
public final class AuroraServers {

  private static final Object IN_THIS_PROCESS = new Object();

  /** Rights that RDS gives to its own group of administrators. */
  private static final List<String> RDS_ROLES =
      List.of(
          "create role rds_superuser",
          "create role rds_replication",
          "create role rds_password",
          "create role rds_iam",
          "grant pg_monitor, pg_signal_backend, pg_checkpoint to rds_superuser",
          "grant rds_replication, rds_password to rds_superuser with admin option",
          "grant set on parameter session_replication_role to rds_superuser");

  private final Path folder;
  private final Path cache;
  private final boolean isReadOnly;
  private final Supplier<List<AuroraCluster>> clusters;
  private final Map<String, EmbeddedPostgres> servers = new HashMap<>();

  /**
   * Servers for clusters.
   *
   * @param folder where their data lie
   * @param cache where the programs of PostgreSQL are unpacked
   * @param isReadOnly whether somebody else may be changing the clusters: then none is deleted here
   * @param clusters the clusters as they are now
   */
  public AuroraServers(
      Path folder, Path cache, boolean isReadOnly, Supplier<List<AuroraCluster>> clusters) {
    this.folder = folder;
    this.cache = cache;
    this.isReadOnly = isReadOnly;
    this.clusters = clusters;
  }

  /**
   * The port on the loopback interface of the server behind a host name; empty when no database
   * answers there.
   *
   * @throws IOException when PostgreSQL cannot be started
   */
  public synchronized OptionalInt port(String host) throws IOException {
    Optional<AuroraCluster> cluster =
        clusters.get().stream()
            .filter(AuroraCluster::isServing)
            .filter(one -> one.hosts().stream().anyMatch(host::equalsIgnoreCase))
            .findFirst();
    if (cluster.isEmpty() || cluster.get().masterPassword().isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(alone(() -> start(cluster.get())));
  }

  private int start(AuroraCluster cluster) throws IOException {
    EmbeddedPostgres server = server(cluster.resourceId());
    int port = server.start();
    // What somebody else is changing is not put back to what was read before.
    if (!isReadOnly || Files.notExists(mark(cluster))) {
      prepare(cluster, server, port);
    }
    return port;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  /** Two processes may begin at the same moment with the same cluster. */
  private <T> T alone(Work<T> work) throws IOException {
    Files.createDirectories(folder);
    synchronized (IN_THIS_PROCESS) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        return lock.isValid() ? work.run() : alone(work);
      }
    }
  }

  /** Whether the programs of PostgreSQL have to be unpacked for the first cluster that is made. */
  public boolean isFirstUse() throws IOException {
    return !isReadOnly
        && !PostgresBinaries.areIn(cache)
        && !PostgresBinaries.areIn(Launcher.find().place(cache));
  }

  /** Deletes the data of clusters that are no more. */
  public synchronized void sweep() throws IOException {
    if (isReadOnly || Files.notExists(folder)) {
      return;
    }
    Set<String> present =
        clusters.get().stream().map(AuroraCluster::resourceId).collect(Collectors.toSet());
    alone(
        () -> {
          for (String resourceId : known()) {
            if (!present.contains(resourceId)) {
              server(resourceId).delete();
              Files.deleteIfExists(passwords(resourceId));
            }
          }
          return present;
        });
  }

  /** Ends all servers; their data stay. */
  public synchronized void stop() throws IOException {
    for (String resourceId : known()) {
      server(resourceId).stop();
    }
  }

  /** For each cluster with a server, by name, the command that looks into its database. */
  public synchronized Map<String, String> commands() throws IOException {
    Map<String, String> commands = new LinkedHashMap<>();
    for (AuroraCluster cluster : clusters.get()) {
      Path passwords = passwords(cluster.resourceId());
      if (Files.exists(passwords)) {
        String port = Files.readString(passwords).split(":", -1)[1];
        commands.put(
            cluster.identifier(),
            String.format(
                Locale.ROOT,
                "PGPASSFILE=%s psql -h 127.0.0.1 -p %s -U %s %s",
                passwords,
                port,
                cluster.masterUser(),
                cluster.database().orElse("postgres")));
      }
    }
    return commands;
  }

  private List<String> known() throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(Files::isDirectory)
          .map(one -> one.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private EmbeddedPostgres server(String resourceId) {
    return servers.computeIfAbsent(
        resourceId, id -> new EmbeddedPostgres(folder.resolve(id), cache));
  }

  private Path passwords(String resourceId) {
    return folder.resolve(resourceId + ".pgpass");
  }

  /** Gives the server what RDS gives a new cluster, and the master user the present password. */
  private void prepare(AuroraCluster cluster, EmbeddedPostgres server, int port)
      throws IOException {
    Path mark = mark(cluster);
    String wanted = digest(cluster + " " + port);
    if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
      return;
    }
    try (Connection connection = server.superuser("postgres");
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "pg_roles", "rolname", "rds_superuser")) {
        for (String sql : RDS_ROLES) {
          statement.execute(sql);
        }
      }
      masterUser(cluster, statement);
    } catch (SQLException e) {
      throw new IOException(
          "The rehearsed database cannot be prepared: " + String.valueOf(e.getMessage()), e);
    }
    writePasswords(cluster, port);
    Files.writeString(mark, wanted);
  }

  /** Is there once the server has what RDS gives a new cluster. */
  private Path mark(AuroraCluster cluster) {
    return folder.resolve(cluster.resourceId()).resolve("prepared");
  }

  private static void masterUser(AuroraCluster cluster, Statement statement) throws SQLException {
    String user = quoted(cluster.masterUser());
    if (!exists(statement, "pg_roles", "rolname", cluster.masterUser())) {
      statement.execute("create role " + user + " login createdb createrole");
      statement.execute("grant rds_superuser to " + user + " with admin option");
      statement.execute("alter database postgres owner to " + user);
    }
    String verifier =
        PasswordUtil.encodeScramSha256(cluster.masterPassword().orElseThrow().toCharArray());
    statement.execute("alter role " + user + " password '" + verifier + "'");
    if (cluster.database().isPresent()
        && !exists(statement, "pg_database", "datname", cluster.database().get())) {
      statement.execute("create database " + quoted(cluster.database().get()) + " owner " + user);
    }
  }

  private static boolean exists(Statement statement, String catalog, String column, String name)
      throws SQLException {
    String sql =
        String.format(Locale.ROOT, "select 1 from %s where %s = %s", catalog, column, text(name));
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next();
    }
  }

  /** For who wants to look into the database; psql takes only a file that nobody else reads. */
  private void writePasswords(AuroraCluster cluster, int port) throws IOException {
    Path file = passwords(cluster.resourceId());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        String.format(
            Locale.ROOT,
            "127.0.0.1:%d:*:%s:%s\n",
            port,
            cluster.masterUser(),
            cluster.masterPassword().orElseThrow().replaceAll("([:\\\\])", "\\\\$1")));
  }

  private static String quoted(String name) throws SQLException {
    return Utils.escapeIdentifier(null, name).toString();
  }

  private static String text(String value) throws SQLException {
    return "'" + Utils.escapeLiteral(null, value, true) + "'";
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
