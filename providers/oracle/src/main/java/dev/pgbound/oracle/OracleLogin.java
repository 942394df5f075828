package dev.pgbound.oracle;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/**
 * Where an Oracle database is, and who logs in. Its driver is not part of pgbound: it has to be on
 * the class path.
 *
 * @param service the name of the service or of the pluggable database
 */
public record OracleLogin(String host, int port, String service, String user, String password) {

  /** How long a login may take, in ms. */
  private static final String TIMEOUT = "20000";

  /** Whether there is a driver for Oracle. */
  public static boolean hasDriver() {
    return DriverManager.drivers().anyMatch(OracleLogin::accepts);
  }

  private static boolean accepts(Driver driver) {
    try {
      return driver.acceptsURL("jdbc:oracle:thin:@//localhost:1521/ORCL");
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * A connection that only reads.
   *
   * @throws SQLException when the database does not answer or turns the login down
   */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("oracle.net.CONNECT_TIMEOUT", TIMEOUT);
    Connection connection =
        DriverManager.getConnection(
            String.format(Locale.ROOT, "jdbc:oracle:thin:@//%s:%d/%s", host, port, service),
            properties);
    connection.setReadOnly(true);
    return connection;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + service;
  }
}
