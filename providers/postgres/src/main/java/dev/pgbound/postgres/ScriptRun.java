package dev.pgbound.postgres;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Has Flyway run scripts: exactly those that it is given, each in a transaction of its own unless
 * one of its statements cannot be in one, and each with a row in the history table.
 */
final class ScriptRun {

  private static final int LONGEST_STATEMENT = 160;
  private static final Pattern COMMENTS =
      Pattern.compile("(?:\\s|--[^\\n]*(?:\\n|$)|/\\*(?:[^*]|\\*(?!/))*\\*/)+");

  private final List<Script> scripts;
  private final Context context;

  ScriptRun(List<Script> scripts, Context context) {
    this.scripts = scripts;
    this.context = context;
  }

  /**
   * Runs what has not run yet, and what has changed and may run again.
   *
   * @param connections opens connections with the limits of the phase
   * @throws ResourceException with file, line, statement and SQLSTATE when a statement fails
   */
  void run(Connections connections, String schema, String historyTable) {
    Map<String, String> settings = new HashMap<>();
    // Otherwise the lock is a transaction, for whose end CREATE INDEX CONCURRENTLY waits for ever.
    settings.put("flyway.postgresql.transactional.lock", "false");
    try {
      Flyway.configure(ScriptRun.class.getClassLoader())
          .loggers("slf4j")
          .configuration(settings)
          .dataSource(new Opening(connections, schema))
          .resourceProvider(new Given(scripts))
          .javaMigrationClassProvider(List::of)
          .callbacks(new Progress())
          .defaultSchema(schema)
          .createSchemas(false)
          .table(historyTable)
          // A schema that DMS or somebody else has filled already is no reason not to begin.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .placeholderReplacement(false)
          .outOfOrder(true)
          .ignoreMigrationPatterns("*:missing", "*:future")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw failure(e);
    }
  }

  private ResourceException failure(FlywayException e) {
    Optional<FlywaySqlScriptException> statement =
        find(e, FlywaySqlScriptException.class).filter(one -> !file(one).isEmpty());
    if (statement.isEmpty()) {
      Optional<ResourceException> own = find(e, ResourceException.class);
      Optional<SQLException> sql = find(e, SQLException.class);
      return own.orElseGet(
          () ->
              sql.map(PostgresErrors::translate)
                  .orElseGet(
                      () ->
                          new ResourceException(
                              Kind.INVALID_REQUEST,
                              "Flyway",
                              "The scripts cannot be run: " + firstLine(e),
                              e)));
    }
    SQLException cause = find(statement.get(), SQLException.class).orElse(new SQLException("?"));
    boolean whole =
        find(e, FlywayMigrateException.class)
            .map(FlywayMigrateException::isExecutableInTransaction)
            .orElse(true);
    String rest =
        whole
            ? "Nothing of this script stays; those before it do."
            : "This script does not run in a transaction: part of it may stay, so write it in such a"
                + " way that it can run again.";
    ResourceException translated = PostgresErrors.translate(cause);
    return new ResourceException(
        translated.kind(),
        translated.code(),
        String.format(
            Locale.ROOT,
            "%s:%d: %s. Statement: %s. %s Correct it and apply again.",
            file(statement.get()),
            line(statement.get(), cause),
            PostgresErrors.words(cause).replaceFirst("\\.$", ""),
            excerpt(statement.get().getStatement()),
            rest),
        e);
  }

  private static String file(FlywaySqlScriptException e) {
    String path = e.getResource() == null ? null : e.getResource().getRelativePath();
    return path == null ? "" : path;
  }

  /** The line of the mistake, where the server says at which character of the statement it is. */
  private static int line(FlywaySqlScriptException e, SQLException cause) {
    ServerErrorMessage message =
        cause instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    String statement = e.getStatement();
    int position = message == null ? 0 : message.getPosition();
    int begin = beginning(statement);
    int end = Math.max(begin, Math.min(position, statement.length()));
    // Flyway counts from the line behind the comments, the server from the first character.
    long before = statement.substring(begin, end).chars().filter(c -> c == '\n').count();
    return e.getLineNumber() + Math.toIntExact(before);
  }

  /** Where a statement begins behind the comments in front of it. */
  private static int beginning(String statement) {
    Matcher comments = COMMENTS.matcher(statement);
    return comments.lookingAt() ? comments.end() : 0;
  }

  /** The beginning of a statement on one line, without the passwords that may stand in it. */
  private static String excerpt(String statement) {
    String line =
        statement
            .substring(beginning(statement))
            .strip()
            .replaceAll("\\s+", " ")
            .replaceAll("(?i)(password\\s+(?:=\\s*)?)E?'(?:[^']|'')*'", "$1'...'");
    return line.length() <= LONGEST_STATEMENT
        ? line
        : line.substring(0, LONGEST_STATEMENT - 3) + "...";
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static <T extends Throwable> Optional<T> find(Throwable e, Class<T> type) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }

  /** Opens connections. */
  interface Connections {
    Connection open();
  }

  /** Says which script runs. */
  private final class Progress extends BaseCallback {
    @Override
    public boolean supports(Event event, org.flywaydb.core.api.callback.Context flyway) {
      return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, org.flywaydb.core.api.callback.Context flyway) {
      context.progress(flyway.getMigrationInfo().getScript());
    }
  }

  /** The scripts as Flyway asks for them. */
  private record Given(List<Script> scripts) implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      return null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return scripts.stream()
          .filter(script -> script.fileName().startsWith(prefix))
          .<LoadableResource>map(Loaded::new)
          .toList();
    }
  }

  private static final class Loaded extends LoadableResource {
    private final Script script;

    Loaded(Script script) {
      this.script = script;
    }

    @Override
    public Reader read() {
      return new StringReader(script.text());
    }

    @Override
    public String getAbsolutePath() {
      return script.path();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return script.path();
    }

    @Override
    public String getFilename() {
      return script.fileName();
    }

    @Override
    public String getRelativePath() {
      return script.path();
    }
  }

  /** What Flyway gets its connections from. */
  private record Opening(Connections connections, String schema) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = connections.open();
      Sessions.runsScripts(connection, schema);
      return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter writer) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
