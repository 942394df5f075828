package dev.pgbound.postgres;

import dev.pgbound.spi.Value;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a role is granted privileges on.
 *
 * @param schema the schema of the objects; empty for the database
 */
record GrantTarget(Kind kind, String schema, String role) {

  /** A kind of object, with what PostgreSQL calls it and what can be done with it. */
  enum Kind {
    DATABASE("database", "", "", "CONNECT CREATE TEMPORARY"),
    SCHEMA("schema", "", "", "CREATE USAGE"),
    TABLES(
        "tables",
        "r",
        "select relacl as acl, relowner as owner, oid from pg_class where relnamespace = n.oid"
            + " and relkind in ('r', 'p', 'v', 'm', 'f')",
        "DELETE INSERT REFERENCES SELECT TRIGGER TRUNCATE UPDATE"),
    SEQUENCES(
        "sequences",
        "S",
        "select relacl as acl, relowner as owner, oid from pg_class where relnamespace = n.oid"
            + " and relkind = 'S'",
        "SELECT UPDATE USAGE"),
    FUNCTIONS(
        "functions",
        "f",
        "select proacl as acl, proowner as owner, oid from pg_proc where pronamespace = n.oid"
            + " and prokind <> 'a'",
        "EXECUTE");

    private final String word;
    private final String defaults;
    private final String objects;
    private final String privileges;

    Kind(String word, String defaults, String objects, String privileges) {
      this.word = word;
      this.defaults = defaults;
      this.objects = objects;
      this.privileges = privileges;
    }

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String[] words() {
      return Arrays.stream(values()).map(Kind::word).toArray(String[]::new);
    }

    String word() {
      return word;
    }

    /** Whether it means all objects of a kind in a schema, those to come included. */
    boolean isPlural() {
      return !objects.isEmpty();
    }

    /** The letter under which default privileges are kept. */
    String defaults() {
      return defaults;
    }

    /** A query for ACL, owner and OID of the objects in the schema {@code n}. */
    String objects() {
      return objects;
    }

    boolean allows(String privilege) {
      return List.of(privileges.split(" ", -1)).contains(privilege);
    }
  }

  /** Empty as long as a part is not known. */
  static Optional<GrantTarget> of(Value.Fields attributes) {
    Optional<Kind> kind = attributes.text("on").flatMap(Kind::of);
    Optional<String> role = attributes.text("role");
    Optional<String> schema =
        kind.filter(k -> k == Kind.DATABASE).map(k -> "").or(() -> attributes.text("schema"));
    return kind.isPresent() && role.isPresent() && schema.isPresent()
        ? Optional.of(new GrantTarget(kind.get(), schema.get(), role.get()))
        : Optional.empty();
  }

  /** The name under which the tags know it. */
  String key() {
    return String.join("/", kind.word(), encoded(schema), encoded(role));
  }

  /** Reads {@link #key}. */
  static GrantTarget parse(String key) {
    List<String> parts = Arrays.asList(key.split("/", -1));
    return new GrantTarget(
        Kind.of(parts.get(0)).orElseThrow(), decoded(parts.get(1)), decoded(parts.get(2)));
  }

  /** For people. */
  String words() {
    String where = kind == Kind.DATABASE ? "the database" : "schema " + schema;
    return kind.isPlural()
        ? String.format(Locale.ROOT, "%s on all %s in %s", role, kind.word(), where)
        : String.format(Locale.ROOT, "%s on %s", role, where);
  }

  /** The part of GRANT behind ON. */
  String clause(String database) {
    return switch (kind) {
      case DATABASE -> "database " + Sql.name(database);
      case SCHEMA -> "schema " + Sql.name(schema);
      case TABLES, SEQUENCES, FUNCTIONS -> "all " + kind.word() + " in schema " + Sql.name(schema);
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
