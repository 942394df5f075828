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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PasswordUtil;

/**
 * A role: a user, or a group of them. Its tags are in the database of the connection, although the
 * whole server knows the role.
 *
 * <p>The server never sees a password: it gets the SCRAM verifier that this class computes, as it
 * does from {@code \password} of psql. No catalog that is open to the master user of RDS shows it,
 * so the digest tag tells when another one is declared.
 */
final class RoleType implements ResourceType {

  static final String TYPE = "postgres-role";

  private static final String LOGIN = "login";
  private static final String CREATE_DATABASES = "createDatabases";
  private static final String CREATE_ROLES = "createRoles";
  private static final String LIMIT = "connectionLimit";
  private static final String MEMBER_OF = "memberOf";
  private static final String PASSWORD = "password";
  private static final String SECRET = "passwordSecretArn";
  private static final Set<String> OPTIONS = Set.of(LOGIN, CREATE_DATABASES, CREATE_ROLES, LIMIT);
  private static final String LOGS_IN_ANEW = "Who logs in as this role needs the new password.";

  private final Sessions sessions;
  private final TaggedObjects objects;
  private final ResourceSchema schema =
      ResourceSchema.of(TYPE, "A role of a PostgreSQL server: a user or a group.")
          .attribute(
              Names.attribute(
                  "Name of the role.", Impact.INTERRUPTS, "A new role takes its place."))
          .attribute(Place.attribute())
          .attribute(option(LOGIN, Type.bool(), "Whether it may log in."))
          .attribute(
              Attribute.named(PASSWORD, Type.text(), "Its password, as ${env.NAME}.")
                  .with(Flag.SENSITIVE, Flag.WRITE_ONLY)
                  .impact(Impact.INTERRUPTS, LOGS_IN_ANEW))
          .attribute(
              Attribute.named(SECRET, Type.text(), "A secret that holds its password.")
                  .with(Flag.WRITE_ONLY)
                  .impact(Impact.INTERRUPTS, LOGS_IN_ANEW))
          .attribute(
              Attribute.named(
                      MEMBER_OF, Type.set(Type.text()), "The roles whose rights it has as well.")
                  .impact(Impact.NONE, ""))
          .attribute(option(CREATE_DATABASES, Type.bool(), "Whether it may make databases."))
          .attribute(option(CREATE_ROLES, Type.bool(), "Whether it may make roles."))
          .attribute(
              option(
                  LIMIT,
                  Type.integer(-1, Integer.MAX_VALUE),
                  "How many sessions it may have at once; -1 for any number."))
          .identifiedBy(Names.ATTRIBUTE)
          .within(Place.ATTRIBUTE)
          .relations(Relations.NONE.naming(MEMBER_OF, TYPE))
          .retriggeredBy(SECRET)
          .deletion(
              Impact.INTERRUPTS,
              "It can no longer log in; what it owns passes to the user of the connection.")
          .build();

  RoleType(Sessions sessions) {
    this.sessions = sessions;
    objects =
        new TaggedObjects(sessions, TYPE, fields -> fields.text(Names.ATTRIBUTE), RoleType::read);
  }

  private static Attribute option(String name, Type type, String doc) {
    return Attribute.named(name, type, doc).impact(Impact.NONE, "");
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
    Value.Fields role = resource.attributes();
    Names.check(role, problems);
    if (role.has(PASSWORD) && role.has(SECRET)) {
      DatabaseFinding.TWO_PASSWORDS.report(problems, PASSWORD);
    } else if (role.has(PASSWORD) || role.has(SECRET)) {
      boolean known = role.get(LOGIN).filter(Value::isUnknown).isEmpty();
      if (known && !role.flag(LOGIN).orElse(false)) {
        DatabaseFinding.NO_LOGIN.report(problems, role.has(SECRET) ? SECRET : PASSWORD);
      }
    }
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    String name = Names.of(desired);
    String verifier = verifier(desired, context);
    sessions.write(
        TaggedObjects.placeOf(desired),
        context,
        connection -> {
          Sql.run(connection, "create role " + Sql.name(name) + options(desired) + verifier);
          for (String group : desired.texts(MEMBER_OF)) {
            Sql.execute(connection, "grant %s to %s", group, name);
          }
          tag(connection, name, context);
        });
    return objects.read(desired, context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String name = Names.of(prior.attributes());
    String verifier = verifier(desired, context);
    sessions.write(
        TaggedObjects.place(prior),
        context,
        connection -> {
          boolean differs = changed.stream().anyMatch(OPTIONS::contains);
          String options = differs ? options(desired) : "";
          if (!(options + verifier).isEmpty()) {
            Sql.run(connection, "alter role " + Sql.name(name) + options + verifier);
          }
          if (changed.contains(MEMBER_OF)) {
            changeMemberships(connection, name, prior.attributes(), desired);
          }
          tag(connection, name, context);
        });
    return objects.read(desired, context);
  }

  private static void changeMemberships(
      Connection connection, String name, Value.Fields prior, Value.Fields desired)
      throws SQLException {
    Set<String> wanted = new LinkedHashSet<>(desired.texts(MEMBER_OF));
    Set<String> present = new LinkedHashSet<>(prior.texts(MEMBER_OF));
    for (String group : present) {
      if (!wanted.contains(group)) {
        Sql.execute(connection, "revoke %s from %s", group, name);
      }
    }
    for (String group : wanted) {
      if (!present.contains(group)) {
        Sql.execute(connection, "grant %s to %s", group, name);
      }
    }
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = Names.of(prior.attributes());
    sessions.write(
        TaggedObjects.place(prior),
        context,
        connection -> {
          if (Sql.exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
            Sql.execute(connection, "grant %s to current_user", name);
            Sql.execute(connection, "reassign owned by %s to current_user", name);
            Sql.execute(connection, "drop owned by %s", name);
            Sql.execute(connection, "drop role %s", name);
          }
          Tags.forget(connection, TYPE, name, context.migration());
        });
  }

  /** What is declared; of the rest PostgreSQL denies everything to a new role. */
  private static String options(Value.Fields desired) {
    StringBuilder options = new StringBuilder();
    desired.flag(LOGIN).ifPresent(may -> options.append(may ? " login" : " nologin"));
    desired
        .flag(CREATE_DATABASES)
        .ifPresent(may -> options.append(may ? " createdb" : " nocreatedb"));
    desired
        .flag(CREATE_ROLES)
        .ifPresent(may -> options.append(may ? " createrole" : " nocreaterole"));
    desired
        .number(LIMIT)
        .ifPresent(limit -> options.append(" connection limit ").append(limit.intValue()));
    return options.toString();
  }

  /** The clause that sets the password; empty when the file declares none. */
  private static String verifier(Value.Fields desired, Context context) {
    Optional<String> password =
        desired
            .text(SECRET)
            .map(arn -> Sessions.secretText(context.secret(arn), arn))
            .or(
                () ->
                    desired.fields().get(PASSWORD) instanceof Value.Secret secret
                        ? Optional.of(secret.revealed())
                        : Optional.empty());
    return password
        .map(text -> " password '" + PasswordUtil.encodeScramSha256(text.toCharArray()) + "'")
        .orElse("");
  }

  private static void tag(Connection connection, String name, Context context) throws SQLException {
    String oid =
        Sql.value(connection, "select oid from pg_roles where rolname = ?", name).orElseThrow();
    Tags.write(connection, TYPE, name, Long.parseLong(oid), context.ownershipTags());
  }

  private static List<Found> read(Connection connection, Map<String, Value.Fields> wanted)
      throws SQLException {
    return Sql.rows(
        connection,
        row ->
            Found.named(
                row.getString("rolname"),
                row.getLong("oid"),
                Value.Fields.NONE
                    .with(LOGIN, Value.of(row.getBoolean("rolcanlogin")))
                    .with(CREATE_DATABASES, Value.of(row.getBoolean("rolcreatedb")))
                    .with(CREATE_ROLES, Value.of(row.getBoolean("rolcreaterole")))
                    .with(LIMIT, Value.of(row.getLong("rolconnlimit")))
                    .with(MEMBER_OF, Value.of(Sql.texts(row, "groups")))),
        "select rolname, oid, rolcanlogin, rolcreatedb, rolcreaterole, rolconnlimit,"
            + " array(select distinct pg_get_userbyid(m.roleid)::text from pg_auth_members m"
            + " where m.member = r.oid order by 1) as groups"
            + " from pg_roles r where rolname = any(?) order by rolname",
        wanted.keySet());
  }
}
