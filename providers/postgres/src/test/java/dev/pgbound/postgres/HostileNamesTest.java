package dev.pgbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.config.Diagnostics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are quoted wherever they go, whatever they are made of. */
final class HostileNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a\\\"; drop table x; --", "back\\\\slash", "Ünïcödé 表", "a/b.c%d?e", "$$"})
  void areTakenAsTheyAre(String yaml) throws SQLException {
    String name = yaml.replace("\\\"", "\"").replace("\\\\", "\\");
    String[] file = {
      String.format(Locale.ROOT, "role.r: {name: \"%s\"}", yaml),
      String.format(Locale.ROOT, "schema.s: {name: \"%s\", owner: dbadmin}", yaml),
      "grant.g: {role: '${postgres-role.r}', on: tables, schema: '${postgres-schema.s}', privileges: [SELECT]}",
      "grant.h: {role: '${postgres-role.r}', on: database, privileges: [CONNECT]}",
      String.format(Locale.ROOT, "database.d: {name: \"%s\", owner: \"${postgres-role.r}\"}", yaml),
      // Flyway itself loses its way in a schema whose name looks like a piece of SQL.
      name.matches(".*[\"$].*")
          ? "role.q: {name: q}"
          : "scripts.p: {historyTable: history, schema: \"${postgres-schema.s}\", locations: [scripts/tables], analyze: true}"
    };
    try (Rig rig = new Rig()) {
      rig.converge(file);

      assertThat(rig.server.ask("select 1 from pg_namespace where nspname = ?", name)).hasSize(1);
      assertThat(rig.server.ask("select 1 from pg_roles where rolname = ?", name)).hasSize(1);
      try (Connection there = rig.server.superuser(encoded(name))) {
        assertThat(there.isValid(5)).isTrue();
      }
      rig.bench.applyFully(rig.bench.planDestroy(Rig.file(file)));
      assertThat(rig.server.ask("select 1 from pg_namespace where nspname = ?", name)).isEmpty();
      assertThat(rig.server.ask("select 1 from pg_roles where rolname = ?", name)).isEmpty();
    }
  }

  private static String encoded(String name) {
    return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  @Test
  void areRefusedWhenTheServerWouldCutThemOff() {
    assertFinding("schema.s: {name: " + "x".repeat(64) + "}", "PG-001");
    assertFinding("role.r: {name: pg_mine}", "PG-002");
    assertFinding("schema.s: {name: pgbound}", "PG-002");
    assertFinding(
        "role.r: {name: r, login: true, password: \"${env.A}\", passwordSecretArn: x}", "PG-003");
    assertFinding("role.r: {name: r, passwordSecretArn: x}", "PG-004");
    assertFinding("grant.g: {role: r, on: schema, schema: s, privileges: [SELECT]}", "PG-005");
    assertFinding("grant.g: {role: r, on: tables, privileges: [SELECT]}", "PG-006");
    assertFinding("grant.g: {role: r, on: database, schema: s, privileges: [CONNECT]}", "PG-007");
  }

  private static void assertFinding(String resource, String code) {
    try (Rig rig = new Rig()) {
      Diagnostics found = new Diagnostics();
      rig.bench.tryLoad(Rig.file(resource), found);
      assertThat(found.sorted())
          .as(resource)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.code()).isEqualTo(code);
                assertThat(one.range()).isPresent();
              });
    }
  }
}
