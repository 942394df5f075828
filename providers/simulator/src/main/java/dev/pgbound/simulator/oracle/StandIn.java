package dev.pgbound.simulator.oracle;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.tools.Shell;
import org.jspecify.annotations.Nullable;

/**
 * The database that stands in for Oracle in a rehearsal: a file of H2, filled from scripts when
 * somebody connects first. Several processes may work on it at the same time; whoever changes a row
 * needs {@link RedoTrigger} on the class path. Safe for use by many threads.
 */
public final class StandIn implements AutoCloseable {

  /** Makes the server that other processes share a database through listen on this machine only. */
  private static final String BIND = "h2.bindAddress";

  /** How long somebody waits for another one's transaction, in ms. */
  private static final int LOCK_TIMEOUT = 10_000;

  private static final String WITHOUT_TRIGGER =
      """
      select T.TABLE_SCHEMA, T.TABLE_NAME from INFORMATION_SCHEMA.TABLES T
      where T.TABLE_TYPE = 'BASE TABLE'
        and T.TABLE_SCHEMA not in ('INFORMATION_SCHEMA', 'SYS', 'DBMS_LOB')
        and not exists (select 1 from INFORMATION_SCHEMA.TRIGGERS G
          where G.EVENT_OBJECT_SCHEMA = T.TABLE_SCHEMA and G.EVENT_OBJECT_TABLE = T.TABLE_NAME
            and G.TRIGGER_NAME = 'PGBOUND_REDO_' || T.TABLE_NAME)
      """;

  private final Path folder;
  private final Path scripts;
  private @Nullable Connection held;

  /**
   * A stand-in; nothing is opened yet.
   *
   * @param folder where its data lie
   * @param scripts the folder with the {@code *.sql} that fill it
   */
  public StandIn(Path folder, Path scripts) {
    this.folder = folder.toAbsolutePath();
    this.scripts = scripts;
  }

  /**
   * Fills it unless that has been done.
   *
   * @throws InvalidScriptException when a script is refused
   */
  public synchronized void prepare() throws IOException {
    if (Files.notExists(folder)) {
      try {
        connect().close();
      } catch (SQLException e) {
        throw unusable(e);
      }
    }
  }

  /**
   * The command that looks into it, with H2's own shell; the changes that are made there are
   * written down as all others are. Empty while there is none.
   */
  public Optional<String> command() {
    if (Files.notExists(folder)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "java -D%s=127.0.0.1 -cp %s:%s org.h2.tools.Shell -user sa -password '' -url '%s'",
            BIND,
            place(Shell.class),
            place(StandIn.class),
            url()));
  }

  /** The jar or folder that a class comes from. */
  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What JDBC, and the shell of H2, connect to; the user is {@code sa}, without a password. */
  public String url() {
    return url(folder) + ";AUTO_SERVER=TRUE;SCHEMA_SEARCH_PATH=SYS";
  }

  private static String url(Path folder) {
    return String.format(
        Locale.ROOT,
        "jdbc:h2:file:%s;MODE=Oracle;LOCK_TIMEOUT=%d",
        folder.resolve("oracle"),
        LOCK_TIMEOUT);
  }

  /**
   * A connection; the first one fills the stand-in when that has not been done.
   *
   * @throws InvalidScriptException when a script is refused
   * @throws IOException when there is no database to connect to
   */
  public synchronized Connection connect() throws IOException {
    try {
      if (held == null || held.isClosed()) {
        held = open();
      }
      return login(url());
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private IOException unusable(SQLException e) {
    return new IOException(
        "The stand-in for Oracle in "
            + folder
            + " cannot be opened: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
        e);
  }

  /**
   * Has changes of all tables written down; who opens a stand-in does so for the tables that are
   * there.
   */
  public void writeDownChanges() throws IOException {
    try (Connection connection = connect()) {
      writeDownChanges(connection);
    } catch (SQLException e) {
      throw new IOException("The stand-in for Oracle does not write down its changes", e);
    }
  }

  private Connection open() throws IOException, SQLException {
    if (System.getProperty(BIND) == null) {
      System.setProperty(BIND, "127.0.0.1");
    }
    if (Files.notExists(folder)) {
      fill();
    }
    Connection connection = login(url());
    writeDownChanges(connection);
    return connection;
  }

  private static Connection login(String url) throws SQLException {
    return DriverManager.getConnection(url, "sa", "");
  }

  /** Fills a folder beside and moves it, so that a stand-in is there as a whole or not at all. */
  private void fill() throws IOException, SQLException {
    Path next = folder.resolveSibling(folder.getFileName() + ".new");
    delete(next);
    Files.createDirectories(next);
    try (Connection connection = login(url(next))) {
      Scripts.run(connection, scripts);
    }
    Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Has the changes of all tables written down, also of those that came after the scripts. */
  private static void writeDownChanges(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WITHOUT_TRIGGER);
        ResultSet rows = query.executeQuery();
        Statement statement = connection.createStatement()) {
      while (rows.next()) {
        String schema = rows.getString(1);
        String table = rows.getString(2);
        statement.execute(
            String.format(
                Locale.ROOT,
                "create trigger %s.%s after insert, update, delete on %s.%s for each row call '%s'",
                quoted(schema),
                quoted("PGBOUND_REDO_" + table),
                quoted(schema),
                quoted(table),
                RedoTrigger.class.getName()));
      }
    }
  }

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Leaves the database to others. */
  @Override
  public synchronized void close() throws IOException {
    try {
      if (held != null) {
        held.close();
        held = null;
      }
    } catch (SQLException e) {
      throw new IOException("The stand-in for Oracle cannot be closed", e);
    }
  }
}
