package dev.pgbound.postgres;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections to databases, kept for the next call. Passwords come from the secret that the place
 * names, at the first connection, and stay in memory only.
 */
final class Sessions implements AutoCloseable {

  /** Something that is done with a connection. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** What is done with a connection and has no result. */
  interface Change {
    void run(Connection connection) throws SQLException;
  }

  private static final int CONNECT_SECONDS = 10;

  /** Reading catalogs and changing roles takes moments; whatever blocks longer is in the way. */
  private static final String LIMITS =
      "-c statement_timeout=60s -c lock_timeout=10s -c search_path=pg_catalog";

  private static final int REFUSALS = 15;

  /** Keeps the writers of this tool apart; {@link Tags} relies on it. */
  private static final String ALONE = "select pg_advisory_xact_lock(7401386, 1)";

  /** Scripts hold it together in their schema; whoever needs a schema at rest holds it alone. */
  private static final String SCRIPTS = "(7401387, hashtext(?))";

  /** The SQLSTATE of a lock that was waited for in vain. */
  private static final String LOCKED = "55P03";

  /** The SQLSTATE of "tuple concurrently updated": somebody else was faster. */
  private static final String CATALOG_CONFLICT = "XX000";

  private final PostgresSettings settings;
  private final Map<Place, Deque<Connection>> idle = new HashMap<>();
  private final Map<String, String> passwords = new HashMap<>();

  Sessions(PostgresSettings settings) {
    this.settings = settings;
  }

  /** Reads everything as it was at one moment; the server itself refuses a write. */
  <T> T read(Place place, Context context, Work<T> work) {
    return with(
        place,
        context,
        true,
        connection -> {
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          connection.setAutoCommit(false);
          T result = work.run(connection);
          connection.commit();
          return result;
        });
  }

  /**
   * Writes in one transaction, all or nothing, and one after the other: PostgreSQL does not let two
   * sessions change one row of a catalog, such as the privileges on a schema. A server that does
   * not answer yet, as it happens right after a cluster was made, is given some minutes.
   */
  void write(Place place, Context context, Change change) {
    write(place, Optional.empty(), context, change);
  }

  /**
   * As {@link #write}, at a moment when no scripts run in a schema. What they have made is there
   * then; a table that is being made is seen by nobody yet.
   */
  void writeBetweenScripts(Place place, String schema, Context context, Change change) {
    write(place, Optional.of(schema), context, change);
  }

  /** Marks a session as one that runs scripts in a schema, until it ends. */
  static void runsScripts(Connection connection, String schema) throws SQLException {
    Sql.rows(connection, row -> true, "select pg_advisory_lock_shared" + SCRIPTS, schema);
  }

  private void write(Place place, Optional<String> resting, Context context, Change change) {
    awaitServer(place, context);
    AtomicInteger left = new AtomicInteger(REFUSALS);
    context.retrying(
        resting
            .map(schema -> "the scripts in " + schema + " to end")
            .orElseGet(() -> "others to let go of " + place.database()),
        e ->
            (resting.isPresent() && e.code().equals(LOCKED))
                || (e.code().equals(CATALOG_CONFLICT) && left.getAndDecrement() > 0),
        () ->
            with(
                place,
                context,
                false,
                connection -> {
                  connection.setAutoCommit(false);
                  if (resting.isPresent()) {
                    String lock = "select pg_advisory_xact_lock" + SCRIPTS;
                    Sql.rows(connection, row -> true, lock, resting.get());
                  }
                  Sql.rows(connection, row -> true, ALONE);
                  change.run(connection);
                  connection.commit();
                  return true;
                }));
  }

  /** Writes what cannot be part of a transaction. */
  void writePlainly(Place place, Context context, Change change) {
    awaitServer(place, context);
    with(
        place,
        context,
        false,
        connection -> {
          change.run(connection);
          return true;
        });
  }

  private void awaitServer(Place place, Context context) {
    AtomicInteger left = new AtomicInteger(REFUSALS);
    context.retrying(
        place.host() + " to answer",
        e -> e.kind() == Kind.UNAVAILABLE && left.getAndDecrement() > 0,
        () -> with(place, context, true, connection -> true));
  }

  private <T> T with(Place place, Context context, boolean readOnly, Work<T> work) {
    Connection connection = take(place, context);
    boolean usable = false;
    try {
      connection.setReadOnly(readOnly);
      T result = work.run(connection);
      usable = true;
      return result;
    } catch (SQLException e) {
      throw PostgresErrors.translate(e);
    } finally {
      giveBack(place, connection, usable);
    }
  }

  private Connection take(Place place, Context context) {
    Optional<Connection> kept = kept(place);
    while (kept.isPresent()) {
      if (isAlive(kept.get())) {
        return kept.get();
      }
      closeQuietly(kept.get());
      kept = kept(place);
    }
    return open(place, context, LIMITS);
  }

  private synchronized Optional<Connection> kept(Place place) {
    return Optional.ofNullable(idle.get(place)).map(Deque::poll);
  }

  /** During a long wait for something else the server or a firewall may have ended it. */
  private static boolean isAlive(Connection connection) {
    try {
      return connection.isValid(CONNECT_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** A connection after a failure is not used again: its session may be in any state. */
  private void giveBack(Place place, Connection connection, boolean usable) {
    try {
      if (usable) {
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        synchronized (this) {
          idle.computeIfAbsent(place, p -> new ArrayDeque<>()).push(connection);
        }
      } else {
        connection.close();
      }
    } catch (SQLException e) {
      // What was to be done has been done, or its failure is on its way already.
      closeQuietly(connection);
    }
  }

  /**
   * A connection of its own, for who closes it.
   *
   * @param options settings of the session as the server's command line has them
   */
  Connection open(Place place, Context context, String options) {
    if (place.secretArn().isEmpty()) {
      return connect(place, Optional.empty(), options);
    }
    String secret = place.secretArn().get();
    String password = password(secret, context);
    try {
      return connect(place, Optional.of(password), options);
    } catch (ResourceException e) {
      String other = e.kind() == Kind.ACCESS_DENIED ? otherThan(password, secret, context) : "";
      if (other.isEmpty()) {
        throw e;
      }
      return connect(place, Optional.of(other), options);
    }
  }

  private Connection connect(Place place, Optional<String> password, String options) {
    Reach.Way way = settings.reach().to(place.host(), place.port());
    Properties properties = new Properties();
    properties.setProperty("user", place.username());
    password.ifPresent(text -> properties.setProperty("password", text));
    properties.setProperty("ApplicationName", "pgbound");
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    properties.setProperty("loginTimeout", String.valueOf(2 * CONNECT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", options);
    properties.setProperty("sslmode", way.isRehearsed() ? "disable" : place.sslMode());
    if (!way.isRehearsed()) {
      Path certificates =
          place.sslRootCert().map(settings.folder()::resolve).orElse(settings.rootCertificates());
      properties.setProperty("sslrootcert", certificates.toString());
    }
    try {
      return DriverManager.getConnection(
          String.format(
              Locale.ROOT,
              "jdbc:postgresql://%s:%d/%s",
              way.host(),
              way.port(),
              URLEncoder.encode(place.database(), StandardCharsets.UTF_8).replace("+", "%20")),
          properties);
    } catch (SQLException e) {
      throw PostgresErrors.connecting(e, place, way);
    }
  }

  private synchronized String password(String secret, Context context) {
    return passwords.computeIfAbsent(secret, arn -> secretText(context.secret(arn), arn));
  }

  /** The password in the values of a secret. */
  static String secretText(Value.Fields values, String secret) {
    if (values.fields().get("password") instanceof Value.Secret password) {
      return password.revealed();
    }
    throw new ResourceException(
        Kind.INVALID_REQUEST,
        "NoPassword",
        "The secret " + secret + " has no value with the name \"password\".");
  }

  /**
   * RDS rotates passwords: after a refusal the secret is read again. Empty when it holds the
   * refused password still.
   */
  private synchronized String otherThan(String refused, String secret, Context context) {
    passwords.remove(secret, refused);
    String password = password(secret, context);
    return password.equals(refused) ? "" : password;
  }

  @Override
  public synchronized void close() {
    idle.values().forEach(kept -> kept.forEach(Sessions::closeQuietly));
    idle.clear();
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is closed on our side in any case.
      return;
    }
  }
}
