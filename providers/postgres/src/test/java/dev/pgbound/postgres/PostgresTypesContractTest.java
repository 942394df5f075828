package dev.pgbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.testkit.ResourceTypeContract;
import dev.pgbound.testkit.ResourceTypeContract.Case;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every type of the provider, through the whole engine, as a master user who is no superuser. */
final class PostgresTypesContractTest {

  /** What no case changes in place. */
  private static final List<String> NOT_CHANGED =
      List.of(
          // how scripts are run is no property of what they have made, nor is where they were
          "postgres-scripts.locations",
          "postgres-scripts.analyze",
          "postgres-scripts.lockTimeout",
          "postgres-scripts.statementTimeout");

  private static final String AT = "connection: " + PostgresWorld.CONNECTION;

  private static final String ROLES =
      """
      postgres-role:
        app: {name: app, %s}
        readers: {name: readers, %s}
      """
          .replace("%s", AT);

  private static List<Case> cases() {
    return List.of(
        database(),
        group(),
        user(),
        userOfSecret(),
        schema(),
        extension(),
        grant("schema"),
        grant("tables"),
        scripts());
  }

  private static Case database() {
    return Case.of(
            "postgres-database.reports",
            ROLES
                + """
                postgres-database:
                  reports: {name: reports, owner: dbadmin, connectionLimit: -1, %s}
                """
                    .replace("%s", AT))
        .change("owner", "\"${postgres-role.app}\"")
        .change("connectionLimit", "5")
        .change("name", "statistics");
  }

  private static Case user() {
    return role("login: true, password: \"${env.DMS}\"").change("password", "\"${env.OTHER}\"");
  }

  private static Case userOfSecret() {
    return role("login: true, passwordSecretArn: \"secret:dms\"")
        .change("passwordSecretArn", "\"secret:master\"");
  }

  private static Case role(String attributes) {
    return Case.of(
        "postgres-role.dms",
        String.format(Locale.ROOT, "postgres-role: {dms: {name: dms, %s, %s}}\n", attributes, AT));
  }

  private static Case group() {
    return Case.of(
            "postgres-role.dms",
            ROLES + "  dms: {name: dms, memberOf: [rds_superuser], %s}\n".replace("%s", AT))
        .change("login", "true")
        .change("memberOf", "[rds_superuser, \"${postgres-role.readers}\"]")
        .change("createDatabases", "true")
        .change("createRoles", "true")
        .change("connectionLimit", "3")
        .change("name", "dms2");
  }

  private static Case schema() {
    return Case.of(
            "postgres-schema.hr",
            ROLES + "postgres-schema:\n  hr: {name: hr, owner: dbadmin, %s}\n".replace("%s", AT))
        .change("owner", "\"${postgres-role.app}\"")
        .change("name", "people");
  }

  private static Case extension() {
    return Case.of(
            "postgres-extension.crypto",
            """
            postgres-schema:
              tools: {name: tools, %s}
            postgres-extension:
              crypto: {name: pg_trgm, version: "1.5", %s}
            """
                .replace("%s", AT))
        .change("version", "\"1.6\"")
        .change("schema", "\"${postgres-schema.tools}\"")
        .change("name", "citext");
  }

  private static Case grant(String on) {
    boolean tables = on.equals("tables");
    return Case.of(
            "postgres-grant.app",
            ROLES
                + """
                postgres-schema:
                  hr: {name: hr, %s}
                  pay: {name: pay, %s}
                postgres-grant:
                  app: {role: "${postgres-role.app}", on: ON, schema: "${postgres-schema.hr}", privileges: [P], %s}
                """
                    .replace("%s", AT)
                    .replace("ON", on)
                    .replace("[P]", tables ? "[SELECT, INSERT]" : "[USAGE]"))
        .change("privileges", tables ? "[SELECT, DELETE]" : "[USAGE, CREATE]")
        .change("role", "\"${postgres-role.readers}\"")
        .change("schema", "\"${postgres-schema.pay}\"");
  }

  private static Case scripts() {
    return Case.of(
        "postgres-scripts.tables",
        """
            postgres-schema:
              hr: {name: hr, %s}
            postgres-scripts:
              tables:
                historyTable: pgbound_tables
                schema: ${postgres-schema.hr}
                locations: [scripts/tables]
                analyze: true
                %s
            """
            .replace("%s", AT));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return cases().stream()
        .flatMap(
            one ->
                ResourceTypeContract.tests(
                    one, () -> new PostgresWorld().secret("secret:dms", "another-password")));
  }

  @Test
  void everyTypeHasACaseAndEveryAttributeThatChangesInPlaceIsChanged() {
    Set<String> changed = new TreeSet<>();
    for (Case one : cases()) {
      one.changes().forEach(change -> changed.add(one.subject().type() + "." + change.attribute()));
    }
    try (PostgresWorld world = new PostgresWorld()) {
      List<ResourceType> types = world.provider().types();
      assertThat(cases())
          .extracting(one -> one.subject().type())
          .containsAll(types.stream().map(type -> type.schema().type()).toList());
      Stream<String> inPlace =
          types.stream()
              .map(ResourceType::schema)
              .flatMap(
                  schema ->
                      schema.attributes().stream()
                          .filter(a -> !a.is(Flag.IMMUTABLE) && !a.is(Flag.COMPUTED))
                          .map(a -> schema.type() + "." + a.name()));
      assertThat(inPlace.filter(name -> !changed.contains(name)))
          .containsExactlyInAnyOrderElementsOf(NOT_CHANGED);
    }
  }
}
