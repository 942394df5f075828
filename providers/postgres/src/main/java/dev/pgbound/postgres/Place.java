package dev.pgbound.postgres;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.Optional;

/**
 * The database that an object is in, and who logs in to it.
 *
 * @param secretArn the secret with the password; empty for one in the file {@code ~/.pgpass}
 * @param sslMode {@code verify-full} unless the file says otherwise
 */
record Place(
    String host,
    int port,
    String database,
    String username,
    Optional<String> secretArn,
    String sslMode,
    Optional<String> sslRootCert) {

  /** The attribute that every type of this provider has. */
  static final String ATTRIBUTE = "connection";

  private static final int STANDARD_PORT = 5432;
  private static final Type CONNECTION =
      Type.object(
          Attribute.named("host", Type.text(), "Host name of the server.").with(Flag.REQUIRED),
          Attribute.named("port", Type.integer(1, 65535), "Its port; 5432."),
          Attribute.named("database", Type.text(), "The database.").with(Flag.REQUIRED),
          Attribute.named("username", Type.text(), "Who logs in.").with(Flag.REQUIRED),
          Attribute.named(
              "secretArn",
              Type.text(),
              "A secret with the password under `password`; without it ~/.pgpass is read."),
          Attribute.named(
              "sslMode",
              Type.words("verify-full", "verify-ca", "require", "disable"),
              "How the server proves who it is; verify-full."),
          Attribute.named(
              "sslRootCert", Type.text(), "Certificates in PEM that vouch for the server."));

  static Attribute attribute() {
    return Attribute.named(
            ATTRIBUTE,
            CONNECTION,
            "The database: ${db-cluster.name.connection}, or host, database, username and so on.")
        .with(Flag.REQUIRED, Flag.IMMUTABLE)
        .impact(Impact.NONE, "");
  }

  /** The place that the attribute says; empty as long as it is not known. */
  static Optional<Place> of(Value.Fields attributes) {
    Value.Fields connection = attributes.fields(ATTRIBUTE);
    if (connection.isUnknown()
        || !connection.has("host")
        || !connection.has("database")
        || !connection.has("username")) {
      return Optional.empty();
    }
    return Optional.of(
        new Place(
            connection.text("host").orElseThrow(),
            connection.number("port").map(Number::intValue).orElse(STANDARD_PORT),
            text(connection, "database"),
            text(connection, "username"),
            connection.text("secretArn"),
            connection.text("sslMode").orElse("verify-full"),
            connection.text("sslRootCert")));
  }

  private static String text(Value.Fields connection, String name) {
    return connection.get(name).map(Value::toString).orElseThrow();
  }

  /** The same server and user, another database. */
  Place in(String otherDatabase) {
    return new Place(host, port, otherDatabase, username, secretArn, sslMode, sslRootCert);
  }
}
