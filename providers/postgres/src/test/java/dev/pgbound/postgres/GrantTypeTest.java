package dev.pgbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Reason;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Privileges are compared as sets, and only of the role and the objects that the file names. */
final class GrantTypeTest {

  private static final String ROLE = "role.app: {name: app}";
  private static final String SCHEMA = "schema.hr: {name: hr}";
  private static final String WAITING =
      "select 1 from pg_locks where locktype = 'advisory' and not granted";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static String grant(String on, String privileges) {
    return "grant.app: {role: '${postgres-role.app}', on: "
        + on
        + ", schema: '${postgres-schema.hr}', privileges: ["
        + privileges
        + "]}";
  }

  private boolean may(String table, String privilege) {
    return rig.server
        .ask("select has_table_privilege('app', ?, ?)", table, privilege)
        .equals(List.of("t"));
  }

  @Test
  void coversTablesThatAreThereAndThoseToCome() {
    rig.converge(ROLE, SCHEMA);
    asMaster("create table hr.early (n int)");
    rig.converge(ROLE, SCHEMA, grant("tables", "SELECT, INSERT"));
    asMaster("create table hr.late (n int)");

    assertThat(rig.plan(ROLE, SCHEMA, grant("tables", "SELECT, INSERT")).hasChanges()).isFalse();
    for (String table : List.of("hr.early", "hr.late")) {
      assertThat(may(table, "SELECT")).isTrue();
      assertThat(may(table, "INSERT")).isTrue();
      assertThat(may(table, "DELETE")).isFalse();
    }
  }

  @Test
  void waitsForTheTablesOfScriptsThatAreRunning() throws Exception {
    rig.converge(ROLE, SCHEMA);
    String[] file = {ROLE, SCHEMA, grant("tables", "SELECT")};
    CompletableFuture<ApplyResult> apply;
    try (Connection script = rig.server.as(Server.MASTER, Server.PASSWORD, "hr")) {
      Sessions.runsScripts(script, "hr");
      script.setAutoCommit(false);
      Sql.run(script, "create table hr.in_the_making (n int)");
      apply = CompletableFuture.supplyAsync(() -> rig.apply(file));
      while (rig.server.ask(WAITING).isEmpty()) {
        assertThat(apply).isNotDone();
      }
      script.commit();
    }

    assertThat(apply.join().isComplete()).isTrue();
    assertThat(may("hr.in_the_making", "SELECT")).isTrue();
  }

  @Test
  void takesAwayWhatIsTooMuchAndGivesBackWhatIsMissing() {
    String[] file = {ROLE, SCHEMA, grant("tables", "SELECT, INSERT")};
    rig.converge(ROLE, SCHEMA);
    asMaster("create table hr.a (n int)", "create table hr.b (n int)");
    rig.converge(file);
    asMaster("grant delete on hr.a to app", "revoke insert on hr.b from app");

    Plan plan = rig.plan(file);

    assertThat(Rig.change(plan, "grant.app").reason()).isEqualTo(Reason.DRIFTED);
    assertThat(Rig.change(plan, "grant.app").changes())
        .singleElement()
        .satisfies(change -> assertThat(change.before().toString()).contains("DELETE, SELECT"));
    rig.converge(file);
    assertThat(may("hr.a", "DELETE")).isFalse();
    assertThat(may("hr.b", "INSERT")).isTrue();
  }

  @Test
  void leavesOtherRolesAndOtherSchemasAlone() {
    rig.server.run("create role other", "create schema theirs", "create table theirs.t (n int)");
    rig.converge(ROLE, SCHEMA);
    asMaster("create table hr.a (n int)", "grant all on hr.a to other");
    rig.server.run("grant select on theirs.t to app");

    rig.converge(ROLE, SCHEMA, grant("tables", "SELECT"));

    assertThat(may("theirs.t", "SELECT")).isTrue();
    assertThat(rig.server.ask("select has_table_privilege('other', 'hr.a', 'TRUNCATE')"))
        .containsExactly("t");
  }

  @Test
  void grantsOnTablesThatBelongToAnotherRole() {
    rig.converge(ROLE, SCHEMA, "role.owner: {name: owner}");
    asMaster(
        "grant owner to dbadmin with inherit true, set true",
        "create table hr.a (n int)",
        "grant create on schema hr to owner",
        "alter table hr.a owner to owner",
        "revoke owner from dbadmin");

    rig.converge(ROLE, SCHEMA, "role.owner: {name: owner}", grant("tables", "SELECT"));

    assertThat(may("hr.a", "SELECT")).isTrue();
    assertThat(
            rig.server.ask(
                "select 1 from pg_auth_members where pg_get_userbyid(roleid) = 'owner'"
                    + " and pg_get_userbyid(member) = 'dbadmin' and set_option"))
        .as("what was needed for a moment is given back")
        .isEmpty();
  }

  @Test
  void grantsOnEveryKindOfObject() {
    rig.converge(ROLE, SCHEMA);
    asMaster(
        "create sequence hr.s",
        "create function hr.f() returns int language sql as 'select 1'",
        "revoke execute on function hr.f() from public");
    String[] file = {
      ROLE,
      SCHEMA,
      "grant.d: {role: '${postgres-role.app}', on: database, privileges: [CONNECT, TEMPORARY]}",
      "grant.p: {role: '${postgres-role.app}', on: schema, schema: public, privileges: [CREATE, USAGE]}",
      "grant.s: {role: '${postgres-role.app}', on: sequences, schema: hr, privileges: [USAGE]}",
      "grant.f: {role: '${postgres-role.app}', on: functions, schema: hr, privileges: [EXECUTE]}"
    };

    rig.converge(file);

    assertThat(
            rig.server.ask(
                "select has_sequence_privilege('app', 'hr.s', 'USAGE')"
                    + " and has_function_privilege('app', 'hr.f()', 'EXECUTE')"
                    + " and has_schema_privilege('app', 'public', 'CREATE')"
                    + " and has_database_privilege('app', 'hr', 'TEMPORARY')"))
        .containsExactly("t");
  }

  @Test
  void revokesEverythingWhenItLeavesTheFile() {
    rig.converge(ROLE, SCHEMA);
    asMaster("create table hr.a (n int)");
    rig.converge(ROLE, SCHEMA, grant("tables", "SELECT"));

    rig.converge(ROLE, SCHEMA);

    asMaster("create table hr.b (n int)");
    assertThat(may("hr.a", "SELECT")).isFalse();
    assertThat(may("hr.b", "SELECT")).isFalse();
  }

  private void asMaster(String... statements) {
    try (var master = rig.server.as(Server.MASTER, Server.PASSWORD, "hr")) {
      for (String statement : statements) {
        Sql.run(master, statement);
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
