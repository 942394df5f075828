package dev.pgbound.postgres;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Relations;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SQL scripts that run in a schema, with Flyway's history of them in that schema: it goes with what
 * the scripts have made. What has run, with which content, is what a plan compares.
 */
final class ScriptsType implements ResourceType {

  static final String TYPE = "postgres-scripts";

  private static final String HISTORY = "historyTable";
  private static final String SCHEMA = "schema";
  private static final String LOCATIONS = "locations";
  private static final String SCRIPTS = "scripts";
  private static final String ANALYZE = "analyze";
  private static final String LOCK_TIMEOUT = "lockTimeout";
  private static final String STATEMENT_TIMEOUT = "statementTimeout";

  private final Sessions sessions;
  private final ScriptFiles files;
  private final ResourceSchema schema =
      ResourceSchema.of(TYPE, "SQL scripts in a PostgreSQL database, run by Flyway.")
          .attribute(
              Attribute.named(
                      HISTORY,
                      Type.text("[A-Za-z_][A-Za-z0-9_]{0,62}", "up to 63 letters, digits and _"),
                      "The table of the schema that says which have run.")
                  .with(Flag.REQUIRED, Flag.IDENTIFIER, Flag.IMMUTABLE)
                  .impact(Impact.NONE, ""))
          .attribute(Place.attribute())
          .attribute(
              Attribute.named(SCHEMA, Type.text(), "The schema that names without one stand for.")
                  .with(Flag.REQUIRED, Flag.IMMUTABLE)
                  .impact(Impact.NONE, ""))
          .attribute(
              Attribute.named(
                      LOCATIONS,
                      Type.sequence(Type.text()),
                      "Folders and files, by their paths from the migration file. V1__name.sql runs"
                          + " once, R__name.sql again whenever it changes.")
                  .with(Flag.REQUIRED)
                  .impact(Impact.NONE, ""))
          .attribute(
              Attribute.named(
                      SCRIPTS, Type.map(Type.text()), "What was found there, and what has run.")
                  .with(Flag.COMPUTED)
                  .impact(Impact.NONE, ""))
          .attribute(
              Attribute.named(
                      ANALYZE,
                      Type.bool(),
                      "Whether statistics are gathered for all tables of the schema afterwards.")
                  .impact(Impact.NONE, ""))
          .attribute(
              timeout(LOCK_TIMEOUT, "How long a statement may wait for who uses a table; 10s."))
          .attribute(timeout(STATEMENT_TIMEOUT, "How long a statement may take; 12h."))
          .identifiedBy(HISTORY)
          .ownership(Ownership.BY_PARENT)
          .within(Place.ATTRIBUTE)
          .relations(Relations.NONE.naming(SCHEMA, SchemaType.TYPE))
          .takes(Operation.CREATE, Duration.ofSeconds(10), Duration.ofHours(24))
          .takes(Operation.UPDATE, Duration.ofSeconds(10), Duration.ofHours(24))
          .build();

  ScriptsType(Sessions sessions, PostgresSettings settings) {
    this.sessions = sessions;
    files = new ScriptFiles(settings.folder());
  }

  private static Attribute timeout(String name, String doc) {
    return Attribute.named(
            name, Type.text("[1-9][0-9]{0,8}(ms|s|m|h)", "a time such as 10s, 5m or 12h"), doc)
        .with(Flag.WRITE_ONLY)
        .impact(Impact.NONE, "");
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public void check(Declared resource, Problems problems) {
    files.check(resource.attributes().texts(LOCATIONS), LOCATIONS, problems);
  }

  @Override
  public Value.Fields derive(Declared resource) {
    Map<String, Value> scripts = new LinkedHashMap<>();
    for (Script script : files.read(resource.attributes().texts(LOCATIONS))) {
      scripts.put(script.path(), Value.of(script.applied()));
    }
    return resource.attributes().with(SCRIPTS, new Value.Fields(scripts));
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    List<Live> found = new ArrayList<>();
    for (Query.Wanted wanted : query.wanted()) {
      Value.Fields desired = wanted.desired();
      if (Place.of(desired).isPresent() && desired.text(SCHEMA).isPresent()) {
        Map<String, String> owner =
            Map.of(
                Live.MIGRATION_TAG,
                query.migration(),
                Live.ADDRESS_TAG,
                wanted.address().toString());
        find(desired, owner, context).ifPresent(found::add);
      }
    }
    return found;
  }

  @Override
  public Optional<String> hindrance(
      Live live, Value.Fields desired, Set<String> changed, Context context) {
    for (Map.Entry<String, Value> entry : desired.fields(SCRIPTS).fields().entrySet()) {
      Script script = new Script(entry.getKey(), "");
      String now = live.attributes().fields(SCRIPTS).text(entry.getKey()).orElse("");
      boolean differs = now.startsWith("applied") && !now.equals(entry.getValue().toString());
      if (script.isVersioned() && differs) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s was changed after it had run, and a script with a version runs once. Undo the"
                    + " change, and write what is to be different into a new script.",
                script.path()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    return run(desired, context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    return run(desired, context);
  }

  /** What the scripts have made stays, unless its schema goes as well. */
  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = prior.attributes().text(SCHEMA).orElseThrow();
    String table = prior.identifier();
    sessions.write(
        TaggedObjects.place(prior),
        context,
        connection -> {
          if (ScriptHistory.exists(connection, name, table)) {
            Sql.execute(connection, "drop table %s.%s", name, table);
          }
        });
  }

  private Live run(Value.Fields desired, Context context) {
    Place place = TaggedObjects.placeOf(desired);
    String name = desired.text(SCHEMA).orElseThrow();
    String table = desired.text(HISTORY).orElseThrow();
    List<Script> scripts = planned(desired);
    sessions.write(place, context, connection -> forgetFailures(connection, name, table));
    String options =
        String.format(
            Locale.ROOT,
            "-c lock_timeout=%s -c statement_timeout=%s -c client_connection_check_interval=10s",
            limit(desired, LOCK_TIMEOUT, "10s"),
            limit(desired, STATEMENT_TIMEOUT, "12h"));
    new ScriptRun(scripts, context).run(() -> sessions.open(place, context, options), name, table);
    if (desired.flag(ANALYZE).orElse(false)) {
      context.progress("analyze");
      analyze(place, name, limit(desired, STATEMENT_TIMEOUT, "12h"), context);
    }
    return find(desired, Map.of(), context)
        .orElseThrow(
            () ->
                new ResourceException(
                    Kind.NOT_STABILIZED, "Vanished", "The history table " + table + " is gone."));
  }

  /** The scripts of the plan; whoever has reviewed them has not reviewed others. */
  private List<Script> planned(Value.Fields desired) {
    List<Script> scripts = files.read(desired.texts(LOCATIONS));
    Map<String, Value> present = new LinkedHashMap<>();
    scripts.forEach(script -> present.put(script.path(), Value.of(script.applied())));
    if (!desired.fields(SCRIPTS).fields().equals(present)) {
      throw new ResourceException(
          Kind.CONFLICT,
          "Stale",
          "The scripts are not those that were planned. Nothing was run; plan again.");
    }
    return scripts;
  }

  /** Of a script that failed outside of a transaction the history keeps a row that stops Flyway. */
  private static void forgetFailures(Connection connection, String schema, String table)
      throws SQLException {
    if (ScriptHistory.exists(connection, schema, table)) {
      Sql.execute(connection, "delete from %s.%s where not success", schema, table);
    }
  }

  private static String limit(Value.Fields desired, String name, String standard) {
    return desired.text(name).orElse(standard).replaceFirst("(?<=[0-9])m$", "min");
  }

  private void analyze(Place place, String schema, String timeout, Context context) {
    sessions.writePlainly(
        place,
        context,
        connection -> {
          Sql.run(connection, "set statement_timeout = " + Sql.text(timeout));
          List<String[]> tables =
              Sql.rows(
                  connection,
                  row -> new String[] {row.getString("relname"), row.getString("owner")},
                  "select c.relname, pg_get_userbyid(c.relowner) as owner from pg_class c"
                      + " join pg_namespace n on n.oid = c.relnamespace"
                      + " where n.nspname = ? and c.relkind in ('r', 'p', 'm') order by 1",
                  schema);
          for (String[] table : tables) {
            Owners.asMember(
                connection,
                table[1],
                () -> Sql.execute(connection, "analyze %s.%s", schema, table[0]));
          }
          Sql.run(connection, "reset statement_timeout");
        });
  }

  private Optional<Live> find(Value.Fields desired, Map<String, String> owner, Context context) {
    String name = desired.text(SCHEMA).orElseThrow();
    String table = desired.text(HISTORY).orElseThrow();
    return sessions
        .read(
            TaggedObjects.placeOf(desired),
            context,
            connection -> {
              Optional<ScriptHistory> history = ScriptHistory.read(connection, name, table);
              return history.isEmpty()
                  ? Optional.<Value.Fields>empty()
                  : Optional.of(live(desired, history.get(), isAnalyzed(connection, name)));
            })
        .map(attributes -> new Live(table, attributes, owner, Live.Health.READY));
  }

  private static Value.Fields live(Value.Fields desired, ScriptHistory history, boolean analyzed) {
    Map<String, Value> states = new LinkedHashMap<>();
    for (String path : desired.fields(SCRIPTS).fields().keySet()) {
      states.put(path, Value.of(history.state(new Script(path, ""))));
    }
    boolean wanted = desired.flag(ANALYZE).orElse(false);
    return desired
        .only(List.of(HISTORY, Place.ATTRIBUTE, SCHEMA, LOCATIONS))
        .with(SCRIPTS, new Value.Fields(states))
        .with(ANALYZE, Value.of(wanted && analyzed));
  }

  /** PostgreSQL marks a table of which it has no statistics yet with -1 rows. */
  private static boolean isAnalyzed(Connection connection, String schema) throws SQLException {
    return !Sql.exists(
        connection,
        "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            + " where n.nspname = ? and c.relkind in ('r', 'm') and c.reltuples < 0"
            + " and c.relname not like 'pgbound\\_%'",
        schema);
  }
}
