package dev.pgbound.postgres;

import dev.pgbound.postgres.TaggedObjects.Found;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Relations;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A schema and who owns it. What is in it is the business of scripts. */
final class SchemaType implements ResourceType {

  static final String TYPE = "postgres-schema";

  private static final String OWNER = "owner";
  private static final String LOSES = "All tables of the schema and their rows are deleted.";

  private final Sessions sessions;
  private final TaggedObjects objects;
  private final ResourceSchema schema =
      ResourceSchema.of(TYPE, "A schema in a PostgreSQL database.")
          .attribute(Names.attribute("Name of the schema.", Impact.DESTROYS_DATA, LOSES))
          .attribute(Place.attribute())
          .attribute(
              Attribute.named(
                      OWNER, Type.text(), "The role that owns it; the user of the connection.")
                  .impact(Impact.NONE, ""))
          .identifiedBy(Names.ATTRIBUTE)
          .within(Place.ATTRIBUTE)
          .relations(Relations.NONE.naming(OWNER, RoleType.TYPE))
          .deletion(Impact.DESTROYS_DATA, LOSES)
          .takes(Operation.DELETE, Duration.ofSeconds(5), Duration.ofHours(1))
          .build();

  SchemaType(Sessions sessions) {
    this.sessions = sessions;
    objects =
        new TaggedObjects(sessions, TYPE, fields -> fields.text(Names.ATTRIBUTE), SchemaType::read);
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
    Names.check(resource.attributes(), problems);
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    String name = Names.of(desired);
    sessions.write(
        TaggedObjects.placeOf(desired),
        context,
        connection -> {
          Optional<String> owner = desired.text(OWNER);
          if (owner.isPresent()) {
            Owners.asMember(
                connection,
                owner.get(),
                () ->
                    Sql.execute(
                        connection, "create schema %s authorization %s", name, owner.get()));
          } else {
            Sql.execute(connection, "create schema %s", name);
          }
          tag(connection, name, context);
        });
    return objects.read(desired, context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String name = Names.of(prior.attributes());
    sessions.write(
        TaggedObjects.place(prior),
        context,
        connection -> {
          if (changed.contains(OWNER)) {
            String old = prior.attributes().text(OWNER).orElseThrow();
            String owner = desired.text(OWNER).orElseThrow();
            Owners.asMember(
                connection,
                List.of(old, owner),
                () -> Sql.execute(connection, "alter schema %s owner to %s", name, owner));
          }
          tag(connection, name, context);
        });
    return objects.read(desired, context);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = Names.of(prior.attributes());
    sessions.write(
        TaggedObjects.place(prior),
        context,
        connection -> {
          Optional<String> owner =
              Sql.value(
                  connection,
                  "select pg_get_userbyid(nspowner) from pg_namespace where nspname = ?",
                  name);
          if (owner.isPresent()) {
            Sql.run(connection, "set local statement_timeout = '30min'");
            Owners.asMember(
                connection,
                owner.get(),
                () -> Sql.execute(connection, "drop schema %s cascade", name));
          }
          Tags.forget(connection, TYPE, name, context.migration());
        });
  }

  private static void tag(Connection connection, String name, Context context) throws SQLException {
    String oid =
        Sql.value(connection, "select oid from pg_namespace where nspname = ?", name).orElseThrow();
    Tags.write(connection, TYPE, name, Long.parseLong(oid), context.ownershipTags());
  }

  private static List<Found> read(Connection connection, Map<String, Value.Fields> wanted)
      throws SQLException {
    return Sql.rows(
        connection,
        row ->
            Found.named(
                row.getString("nspname"),
                row.getLong("oid"),
                Value.Fields.NONE.with(OWNER, row.getString("owner"))),
        "select nspname, oid, pg_get_userbyid(nspowner) as owner from pg_namespace"
            + " where nspname = any(?) order by nspname",
        wanted.keySet());
  }
}
