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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An extension of a database. One that something depends on is not dropped. */
final class ExtensionType implements ResourceType {

  static final String TYPE = "postgres-extension";

  private static final String SCHEMA = "schema";
  private static final String VERSION = "version";

  private final Sessions sessions;
  private final TaggedObjects objects;
  private final ResourceSchema schema =
      ResourceSchema.of(TYPE, "An extension in a PostgreSQL database.")
          .attribute(Names.attribute("Name of the extension, such as pgcrypto.", Impact.NONE, ""))
          .attribute(Place.attribute())
          .attribute(
              Attribute.named(SCHEMA, Type.text(), "The schema that its objects are in; public.")
                  .with(Flag.IMMUTABLE)
                  .impact(Impact.NONE, ""))
          .attribute(
              Attribute.named(VERSION, Type.text(), "Its version; the one that the server prefers.")
                  .impact(Impact.NONE, ""))
          .identifiedBy(Names.ATTRIBUTE)
          .within(Place.ATTRIBUTE)
          .relations(Relations.NONE.naming(SCHEMA, SchemaType.TYPE))
          .deletion(Impact.NONE, "")
          .build();

  ExtensionType(Sessions sessions) {
    this.sessions = sessions;
    objects =
        new TaggedObjects(
            sessions, TYPE, fields -> fields.text(Names.ATTRIBUTE), ExtensionType::read);
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
    resource
        .attributes()
        .text(Names.ATTRIBUTE)
        .filter(name -> !Sql.isName(name))
        .ifPresent(name -> DatabaseFinding.NAME.report(problems, Names.ATTRIBUTE));
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    String name = Names.of(desired);
    sessions.write(
        TaggedObjects.placeOf(desired),
        context,
        connection -> {
          // An extension that does not choose its schema itself goes to the first of the path.
          Sql.run(connection, "set local search_path = public");
          String where = desired.text(SCHEMA).map(s -> " schema " + Sql.name(s)).orElse("");
          String version = desired.text(VERSION).map(v -> " version " + Sql.name(v)).orElse("");
          Sql.run(connection, "create extension " + Sql.name(name) + where + version);
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
          if (changed.contains(VERSION)) {
            String version = desired.text(VERSION).orElseThrow();
            Sql.execute(connection, "alter extension %s update to %s", name, version);
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
          Sql.execute(connection, "drop extension if exists %s", name);
          Tags.forget(connection, TYPE, name, context.migration());
        });
  }

  private static void tag(Connection connection, String name, Context context) throws SQLException {
    String oid =
        Sql.value(connection, "select oid from pg_extension where extname = ?", name).orElseThrow();
    Tags.write(connection, TYPE, name, Long.parseLong(oid), context.ownershipTags());
  }

  private static List<Found> read(Connection connection, Map<String, Value.Fields> wanted)
      throws SQLException {
    return Sql.rows(
        connection,
        row ->
            Found.named(
                row.getString("extname"),
                row.getLong("oid"),
                Value.Fields.NONE
                    .with(SCHEMA, row.getString("nspname"))
                    .with(VERSION, row.getString("extversion"))),
        "select e.extname, e.oid, n.nspname, e.extversion from pg_extension e"
            + " join pg_namespace n on n.oid = e.extnamespace"
            + " where e.extname = any(?) order by e.extname",
        wanted.keySet());
  }
}
