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
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A further database of a server. Its tags are in the database of the connection, from which it is
 * made: PostgreSQL makes no database in a transaction, so they are written before.
 */
final class DatabaseType implements ResourceType {

  static final String TYPE = "postgres-database";

  private static final String NOT_PERMITTED = "42501";

  private static final String OWNER = "owner";
  private static final String LIMIT = "connectionLimit";
  private static final String LOSES = "The database with all its rows is deleted.";

  private final Sessions sessions;
  private final TaggedObjects objects;
  private final ResourceSchema schema =
      ResourceSchema.of(TYPE, "A further database of a PostgreSQL server.")
          .attribute(Names.attribute("Name of the database.", Impact.DESTROYS_DATA, LOSES))
          .attribute(Place.attribute())
          .attribute(
              Attribute.named(
                      OWNER, Type.text(), "The role that owns it; the user of the connection.")
                  .impact(Impact.NONE, ""))
          .attribute(
              Attribute.named(
                      LIMIT,
                      Type.integer(-1, Integer.MAX_VALUE),
                      "How many may be connected at once; -1 for any number.")
                  .impact(Impact.NONE, ""))
          .attribute(
              Attribute.named(
                      "databaseConnection",
                      Type.map(Type.any()),
                      "The connection to this database, for what is in it.")
                  .with(Flag.COMPUTED))
          .identifiedBy(Names.ATTRIBUTE)
          .within(Place.ATTRIBUTE)
          .relations(Relations.NONE.naming(OWNER, RoleType.TYPE))
          .deletion(Impact.DESTROYS_DATA, LOSES)
          .takes(Operation.DELETE, Duration.ofSeconds(5), Duration.ofHours(1))
          .build();

  DatabaseType(Sessions sessions) {
    this.sessions = sessions;
    objects =
        new TaggedObjects(
            sessions, TYPE, fields -> fields.text(Names.ATTRIBUTE), DatabaseType::read);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, context).stream().map(DatabaseType::withConnection).toList();
  }

  @Override
  public void check(Declared resource, Problems problems) {
    Names.check(resource.attributes(), problems);
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    String name = Names.of(desired);
    Place place = TaggedObjects.placeOf(desired);
    sessions.write(
        place,
        context,
        connection -> Tags.write(connection, TYPE, name, Tags.ANY, context.ownershipTags()));
    sessions.writePlainly(
        place,
        context,
        connection ->
            Owners.asMember(
                connection,
                desired.text(OWNER).stream().toList(),
                () -> Sql.run(connection, "create database " + definition(desired))));
    sessions.write(place, context, connection -> tag(connection, name, context));
    return withConnection(objects.read(desired, context));
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String name = Names.of(prior.attributes());
    sessions.write(
        TaggedObjects.place(prior),
        context,
        connection -> {
          if (changed.contains(LIMIT)) {
            String limit = String.valueOf(desired.number(LIMIT).orElseThrow().intValue());
            Sql.execute(connection, "alter database %s connection limit " + limit, name);
          }
          if (changed.contains(OWNER)) {
            String old = prior.attributes().text(OWNER).orElseThrow();
            String owner = desired.text(OWNER).orElseThrow();
            Owners.asMember(
                connection,
                List.of(old, owner),
                () -> Sql.execute(connection, "alter database %s owner to %s", name, owner));
          }
          tag(connection, name, context);
        });
    return withConnection(objects.read(desired, context));
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = Names.of(prior.attributes());
    Place place = TaggedObjects.place(prior);
    sessions.writePlainly(
        place,
        context,
        connection -> {
          Optional<String> owner =
              Sql.value(
                  connection,
                  "select pg_get_userbyid(datdba) from pg_database where datname = ?",
                  name);
          if (owner.isPresent()) {
            Owners.asMember(connection, owner.get(), () -> drop(connection, name));
          }
        });
    sessions.write(
        place, context, connection -> Tags.forget(connection, TYPE, name, context.migration()));
  }

  /**
   * Ends the sessions of others. Those of the service itself, which nobody else may end, leave
   * soon: without force the server gives them five seconds.
   */
  private static void drop(Connection connection, String name) throws SQLException {
    try {
      Sql.execute(connection, "drop database %s with (force)", name);
    } catch (SQLException e) {
      if (!NOT_PERMITTED.equals(e.getSQLState())) {
        throw e;
      }
      Sql.execute(connection, "drop database %s", name);
    }
  }

  private static String definition(Value.Fields desired) {
    List<String> words = new ArrayList<>(List.of(Sql.name(Names.of(desired))));
    desired.text(OWNER).ifPresent(owner -> words.add("owner " + Sql.name(owner)));
    desired.number(LIMIT).ifPresent(limit -> words.add("connection limit " + limit.intValue()));
    return String.join(" ", words);
  }

  private static void tag(Connection connection, String name, Context context) throws SQLException {
    String oid =
        Sql.value(connection, "select oid from pg_database where datname = ?", name).orElseThrow();
    Tags.write(connection, TYPE, name, Long.parseLong(oid), context.ownershipTags());
  }

  private static Live withConnection(Live live) {
    Value.Fields there =
        live.attributes().fields(Place.ATTRIBUTE).with("database", live.identifier());
    return new Live(
        live.identifier(),
        live.attributes().with("databaseConnection", there),
        live.tags(),
        live.health());
  }

  private static List<Found> read(Connection connection, Map<String, Value.Fields> wanted)
      throws SQLException {
    return Sql.rows(
        connection,
        row ->
            Found.named(
                row.getString("datname"),
                row.getLong("oid"),
                Value.Fields.NONE
                    .with(OWNER, row.getString("owner"))
                    .with(LIMIT, Value.of(row.getLong("datconnlimit")))),
        "select datname, oid, pg_get_userbyid(datdba) as owner, datconnlimit from pg_database"
            + " where datname = any(?) order by datname",
        wanted.keySet());
  }
}
