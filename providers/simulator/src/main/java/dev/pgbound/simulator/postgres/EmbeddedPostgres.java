package dev.pgbound.simulator.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL 16 server whose data lies in one folder. It listens on the loopback interface, and
 * goes on running when the process that started it ends: {@link #stop} ends it, and so does, within
 * a minute, the deletion of its data.
 *
 * <p>As in RDS, its superuser is {@code rdsadmin}, whom only this class knows.
 */
public final class EmbeddedPostgres {

  /** The superuser. */
  public static final String SUPERUSER = "rdsadmin";

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PROBE_MILLIS = 500;
  private static final int ATTEMPTS = 3;

  private final Path folder;
  private final Path cache;
  private @Nullable Launcher launcher;

  /**
   * The server of a folder; nothing is started yet.
   *
   * @param folder for the data and for what is known of the server
   * @param cache where the programs of PostgreSQL are unpacked, once for all servers
   */
  public EmbeddedPostgres(Path folder, Path cache) {
    this(folder, cache, null);
  }

  EmbeddedPostgres(Path folder, Path cache, @Nullable Launcher launcher) {
    this.launcher = launcher;
    this.folder = folder.toAbsolutePath();
    this.cache = cache.toAbsolutePath();
  }

  /**
   * Lets the server run, with new data when there are none; does nothing when it runs.
   *
   * @return its port on the loopback interface
   * @throws IOException when it cannot be started, with what PostgreSQL says
   */
  public int start() throws IOException {
    Path data = data();
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      create(data);
    } else if (isRunning(data)) {
      return port();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return launch(data);
      } catch (IOException e) {
        // The port may have been taken since the server ran last.
        Files.deleteIfExists(folder.resolve("port"));
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Ends the server at once and deletes its data; does nothing when there are none. */
  public void delete() throws IOException {
    if (Files.exists(folder)) {
      stop();
      PostgresBinaries.delete(data());
      PostgresBinaries.delete(folder);
    }
  }

  /** Ends the server at once; its data stay. Does nothing when it does not run. */
  public void stop() throws IOException {
    Path data = data();
    if (isRunning(data)) {
      control(data, "-m", "immediate", "stop");
    }
  }

  /** A connection of the superuser; the server must run. */
  public Connection superuser(String database) throws SQLException {
    try {
      Properties login = new Properties();
      login.setProperty("user", SUPERUSER);
      login.setProperty("password", Files.readString(folder.resolve("superuser")).strip());
      login.setProperty("sslmode", "disable");
      return DriverManager.getConnection(
          String.format(Locale.ROOT, "jdbc:postgresql://127.0.0.1:%d/%s", port(), database), login);
    } catch (IOException e) {
      throw new SQLException("The password of the superuser cannot be read", "08001", e);
    }
  }

  private Launcher launcher() throws IOException {
    if (launcher == null) {
      launcher = Launcher.find();
    }
    return launcher;
  }

  private Path data() throws IOException {
    return launcher().place(folder.resolve("data"));
  }

  private Path program(String name) throws IOException {
    return PostgresBinaries.unpack(launcher().place(cache)).resolve("bin").resolve(name);
  }

  /** A beginning that was interrupted leaves no PG_VERSION or an unusable folder: begun anew. */
  private void create(Path data) throws IOException {
    PostgresBinaries.delete(data);
    PostgresBinaries.delete(folder);
    Files.createDirectories(folder);
    Path next = data.resolveSibling(data.getFileName() + ".new");
    PostgresBinaries.delete(next);
    Files.createDirectories(next);
    launcher().give(next);
    Path password = secretFile("superuser", next);
    Path log = folder.resolve("initdb.log");
    int code =
        launcher()
            .run(
                List.of(
                    program("initdb").toString(),
                    "--pgdata=" + next.resolve("pg"),
                    "--username=" + SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=icu",
                    "--icu-locale=en-US",
                    "--no-sync",
                    "--no-instructions"),
                log);
    if (code != 0) {
      throw new IOException("PostgreSQL cannot make a database: " + end(log));
    }
    Files.deleteIfExists(password);
    Files.move(next.resolve("pg"), data);
    PostgresBinaries.delete(next);
  }

  /** A random password in a file that only its owner reads, and a copy that initdb reads. */
  private Path secretFile(String name, Path forInitdb) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path file = folder.resolve(name);
    var mode = PosixFilePermissions.fromString("rw-------");
    Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
    Files.writeString(file, HexFormat.of().formatHex(random));
    Path copy = forInitdb.resolve(name);
    Files.copy(file, copy);
    Files.setPosixFilePermissions(copy, mode);
    launcher().give(copy);
    return copy;
  }

  private int launch(Path data) throws IOException {
    int port = Files.exists(folder.resolve("port")) ? port() : freePort();
    Files.writeString(folder.resolve("port"), Integer.toString(port));
    Files.writeString(data.resolve("postgresql.conf"), configuration(port), StandardCharsets.UTF_8);
    control(data, "--wait", "--silent", "--log=" + data.resolve("server.log"), "start");
    return port;
  }

  /** What only a power failure would lose need not reach the disk at once. */
  private static String configuration(int port) {
    return String.join(
        "\n",
        "port = " + port,
        "listen_addresses = '127.0.0.1'",
        "unix_socket_directories = ''",
        "max_connections = 60",
        "password_encryption = 'scram-sha-256'",
        "shared_buffers = 64MB",
        "fsync = off",
        "full_page_writes = off",
        "autovacuum_naptime = 10min",
        "log_timezone = 'UTC'",
        "timezone = 'UTC'",
        "lc_messages = 'C'",
        "log_line_prefix = '%m [%p] %u '",
        "");
  }

  private void control(Path data, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(program("pg_ctl").toString(), "--pgdata=" + data));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("pg_ctl.log");
    if (launcher().run(command, log) != 0) {
      Path server = data.resolve("server.log");
      throw new IOException(
          String.format(
              Locale.ROOT,
              "PostgreSQL in %s does not start or stop: %s",
              folder,
              end(Files.exists(server) ? server : log)));
    }
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(" ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  private int port() throws IOException {
    return Integer.parseInt(Files.readString(folder.resolve("port")).strip());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  /** Whether the process of the lock file lives and the port answers: a number may be reused. */
  private boolean isRunning(Path data) throws IOException {
    Path lock = data.resolve("postmaster.pid");
    if (Files.notExists(lock) || Files.notExists(folder.resolve("port"))) {
      return false;
    }
    List<String> lines = Files.readAllLines(lock);
    boolean alive =
        !lines.isEmpty()
            && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    return alive && answers();
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port()), PROBE_MILLIS);
      return true;
    } catch (java.net.ConnectException | java.net.SocketTimeoutException e) {
      return false;
    }
  }
}
