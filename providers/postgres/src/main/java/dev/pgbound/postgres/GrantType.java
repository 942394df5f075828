package dev.pgbound.postgres;

import dev.pgbound.postgres.TaggedObjects.Found;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Relations;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a role may do with the database, a schema, or all objects of a kind in a schema: exactly the
 * declared privileges. What other roles may do, and this role elsewhere, is left alone.
 *
 * <p>All objects of a kind are those there are and, by default privileges of the connection's user,
 * those that this user makes later.
 */
final class GrantType implements ResourceType {

  static final String TYPE = "postgres-grant";

  private static final String ROLE = "role";
  private static final String ON = "on";
  private static final String SCHEMA = "schema";
  private static final String PRIVILEGES = "privileges";

  private final Sessions sessions;
  private final TaggedObjects objects;
  private final ResourceSchema schema =
      ResourceSchema.of(TYPE, "What a role may do with a database, a schema, or what is in it.")
          .attribute(Place.attribute())
          .attribute(fixed(ROLE, Type.text(), "The role.").with(Flag.REQUIRED))
          .attribute(
              fixed(
                      ON,
                      Type.words(GrantTarget.Kind.words()),
                      "On what: the database, the schema, or all objects of a kind in the schema.")
                  .with(Flag.REQUIRED))
          .attribute(fixed(SCHEMA, Type.text(), "The schema; not for the database."))
          .attribute(
              Attribute.named(
                      PRIVILEGES,
                      Type.set(
                          Type.words(
                              "CONNECT",
                              "CREATE",
                              "DELETE",
                              "EXECUTE",
                              "INSERT",
                              "REFERENCES",
                              "SELECT",
                              "TEMPORARY",
                              "TRIGGER",
                              "TRUNCATE",
                              "UPDATE",
                              "USAGE")),
                      "All that the role may do there.")
                  .with(Flag.REQUIRED)
                  .impact(Impact.NONE, ""))
          .attribute(Attribute.named("id", Type.text(), "The grant in words.").with(Flag.COMPUTED))
          .identifiedBy("id")
          .within(Place.ATTRIBUTE)
          .relations(Relations.NONE.naming(ROLE, RoleType.TYPE).naming(SCHEMA, SchemaType.TYPE))
          .deletion(Impact.NONE, "")
          .build();

  GrantType(Sessions sessions) {
    this.sessions = sessions;
    objects =
        new TaggedObjects(
            sessions,
            TYPE,
            fields -> GrantTarget.of(fields).map(GrantTarget::key),
            GrantType::read);
  }

  private static Attribute fixed(String name, Type type, String doc) {
    return Attribute.named(name, type, doc).with(Flag.IMMUTABLE).impact(Impact.NONE, "");
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, context);
  }

  @Override
  public void check(Declared resource, Problems problems) {
    Value.Fields grant = resource.attributes();
    Optional<GrantTarget.Kind> kind = grant.text(ON).flatMap(GrantTarget.Kind::of);
    if (kind.isEmpty()) {
      return;
    }
    boolean database = kind.get() == GrantTarget.Kind.DATABASE;
    if (database && grant.has(SCHEMA)) {
      DatabaseFinding.GRANT_WITH_SCHEMA.report(problems, SCHEMA);
    } else if (!database && !grant.has(SCHEMA)) {
      DatabaseFinding.GRANT_WITHOUT_SCHEMA.report(problems, ON);
    }
    List<String> privileges = grant.texts(PRIVILEGES);
    for (int i = 0; i < privileges.size(); i++) {
      if (!kind.get().allows(privileges.get(i))) {
        DatabaseFinding.PRIVILEGE.report(
            problems, String.format(Locale.ROOT, "%s[%d]", PRIVILEGES, i));
      }
    }
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    return bringAbout(desired, context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    return bringAbout(desired, context);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    GrantTarget target = GrantTarget.of(prior.attributes()).orElseThrow();
    Place place = TaggedObjects.place(prior);
    sessions.write(
        place,
        context,
        connection -> {
          change(connection, target, place, List.of());
          Tags.forget(connection, TYPE, target.key(), context.migration());
        });
  }

  private Live bringAbout(Value.Fields desired, Context context) {
    GrantTarget target = GrantTarget.of(desired).orElseThrow();
    Place place = TaggedObjects.placeOf(desired);
    Sessions.Change grant =
        connection -> {
          change(connection, target, place, desired.texts(PRIVILEGES));
          Tags.write(connection, TYPE, target.key(), Tags.ANY, context.ownershipTags());
        };
    if (target.kind().isPlural()) {
      sessions.writeBetweenScripts(place, target.schema(), context, grant);
    } else {
      sessions.write(place, context, grant);
    }
    return objects.read(desired, context);
  }

  private static void change(
      Connection connection, GrantTarget target, Place place, Collection<String> wanted)
      throws SQLException {
    Privileges live = Privileges.read(connection, target);
    List<String> statements = new ArrayList<>();
    String on = target.clause(place.database());
    String role = Sql.name(target.role());
    String later =
        String.format(
            Locale.ROOT,
            "alter default privileges in schema %s ",
            target.schema().isEmpty() ? "" : Sql.name(target.schema()));
    String kind = target.kind().word();
    Set<String> beyond = live.beyond(wanted);
    if (!beyond.isEmpty()) {
      String list = String.join(", ", beyond);
      statements.add("revoke " + list + " on " + on + " from " + role);
      if (target.kind().isPlural()) {
        statements.add(later + "revoke " + list + " on " + kind + " from " + role);
      }
    }
    if (!wanted.isEmpty()) {
      String list = String.join(", ", wanted);
      statements.add("grant " + list + " on " + on + " to " + role);
      if (target.kind().isPlural()) {
        statements.add(later + "grant " + list + " on " + kind + " to " + role);
      }
    }
    Owners.asMember(
        connection,
        owners(connection, target),
        () -> {
          for (String statement : statements) {
            Sql.run(connection, statement);
          }
        });
  }

  /** Who may grant: the owners of what is granted on. */
  private static List<String> owners(Connection connection, GrantTarget target)
      throws SQLException {
    String query =
        switch (target.kind()) {
          case DATABASE ->
              "select pg_get_userbyid(datdba)::text from pg_database"
                  + " where datname = current_database() and ? is not null";
          case SCHEMA ->
              "select pg_get_userbyid(nspowner)::text from pg_namespace where nspname = ?";
          case TABLES, SEQUENCES, FUNCTIONS ->
              "select distinct pg_get_userbyid(o.owner)::text from pg_namespace n, lateral ("
                  + target.kind().objects()
                  + ") o where n.nspname = ? order by 1";
        };
    return Sql.rows(connection, row -> row.getString(1), query, target.schema());
  }

  private static List<Found> read(Connection connection, Map<String, Value.Fields> wanted)
      throws SQLException {
    List<Found> found = new ArrayList<>();
    for (Map.Entry<String, Value.Fields> entry : wanted.entrySet()) {
      GrantTarget target = GrantTarget.parse(entry.getKey());
      Privileges live = Privileges.read(connection, target);
      if (!live.somewhere().isEmpty()) {
        Set<String> compared = live.comparedWith(entry.getValue().texts(PRIVILEGES));
        Value.Fields read =
            Value.Fields.NONE
                .with(ROLE, target.role())
                .with(ON, target.kind().word())
                .with(PRIVILEGES, Value.of(List.copyOf(compared)))
                .with("id", target.words());
        found.add(
            new Found(
                entry.getKey(),
                target.words(),
                Tags.ANY,
                target.schema().isEmpty() ? read : read.with(SCHEMA, target.schema())));
      }
    }
    return found;
  }
}
