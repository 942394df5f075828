package dev.pgbound.postgres;

import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns what the server or the driver says into what the engine understands, by SQLSTATE. */
final class PostgresErrors {

  private static final Map<String, Kind> BY_STATE =
      Map.ofEntries(
          Map.entry("42501", Kind.ACCESS_DENIED),
          Map.entry("42710", Kind.ALREADY_EXISTS),
          Map.entry("42P04", Kind.ALREADY_EXISTS),
          Map.entry("42P06", Kind.ALREADY_EXISTS),
          Map.entry("3D000", Kind.NOT_FOUND),
          Map.entry("42704", Kind.NOT_FOUND),
          Map.entry("3F000", Kind.NOT_FOUND),
          Map.entry("57014", Kind.TIMED_OUT),
          Map.entry("55P03", Kind.CONFLICT),
          Map.entry("55006", Kind.CONFLICT),
          Map.entry("2BP01", Kind.CONFLICT),
          Map.entry("40P01", Kind.CONFLICT),
          Map.entry("53300", Kind.UNAVAILABLE),
          Map.entry("57P01", Kind.UNAVAILABLE),
          Map.entry("57P03", Kind.UNAVAILABLE));

  private static final Map<String, String> ADVICE =
      Map.of(
          "42501",
          "Let the user of the connection do it: as the master user, or as a member of the role"
              + " that owns the object.",
          "55P03",
          "Somebody else uses the object; apply again, or give lockTimeout more time.",
          "57014",
          "Give statementTimeout more time, or do less in one statement.",
          "2BP01",
          "Remove what depends on it first.");

  private PostgresErrors() {}

  /** What happened while an object was read or changed. */
  static ResourceException translate(SQLException e) {
    String state = state(e);
    return new ResourceException(kind(state), state, words(e), e);
  }

  /** What happened while connecting to a place. */
  static ResourceException connecting(SQLException e, Place place, Reach.Way way) {
    String state = state(e);
    String where =
        String.format(
            Locale.ROOT,
            "%s on %s:%d as %s",
            place.database(),
            place.host(),
            place.port(),
            place.username());
    if (state.startsWith("28") || state.equals("3D000") || state.equals("42501")) {
      return new ResourceException(kind(state), state, "No login to " + where + ": " + words(e), e);
    }
    boolean certificates =
        String.valueOf(e.getMessage()).contains("root certificate")
            || String.valueOf(e.getMessage()).contains("PKIX")
            || String.valueOf(e.getMessage()).contains("could not be verified");
    if (certificates && !way.isRehearsed()) {
      return new ResourceException(
          Kind.INVALID_REQUEST,
          state,
          String.format(
              Locale.ROOT,
              "The server of %s cannot prove who it is: %s. Put the certificates of its authority"
                  + " into ~/.postgresql/root.crt, or name their file in PGSSLROOTCERT. Those of RDS"
                  + " are at https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.",
              where,
              words(e)),
          e);
    }
    return new ResourceException(
        Kind.UNAVAILABLE,
        state,
        String.format(
            Locale.ROOT,
            "The database %s cannot be reached: %s. Run pgbound where the network of the database"
                + " is reached: inside the VPC, or over a VPN or a tunnel.",
            where,
            words(e)),
        e);
  }

  /** The server's words with the SQLSTATE; never the statement, which may hold secrets. */
  static String words(SQLException e) {
    Optional<ServerErrorMessage> server =
        e instanceof PSQLException postgres
            ? Optional.ofNullable(postgres.getServerErrorMessage())
            : Optional.empty();
    StringBuilder words =
        new StringBuilder(
            server
                .flatMap(message -> Optional.ofNullable(message.getMessage()))
                .orElse(String.valueOf(e.getMessage())));
    words.append(" (SQLSTATE ").append(state(e)).append(')');
    server.flatMap(m -> Optional.ofNullable(m.getDetail())).ifPresent(d -> sentence(words, d));
    server.flatMap(m -> Optional.ofNullable(m.getHint())).ifPresent(h -> sentence(words, h));
    Optional.ofNullable(ADVICE.get(state(e))).ifPresent(advice -> sentence(words, advice));
    return words.toString();
  }

  private static void sentence(StringBuilder words, String more) {
    boolean ended = words.charAt(words.length() - 1) == '.';
    words.append(ended ? " " : ". ").append(more.strip());
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "08000" : e.getSQLState();
  }

  private static Kind kind(String state) {
    if (state.startsWith("08")) {
      return Kind.UNAVAILABLE;
    }
    if (state.startsWith("28")) {
      return Kind.ACCESS_DENIED;
    }
    return BY_STATE.getOrDefault(state, Kind.INVALID_REQUEST);
  }
}
