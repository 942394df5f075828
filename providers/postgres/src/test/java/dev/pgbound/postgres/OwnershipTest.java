package dev.pgbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.plan.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose an object is: PostgreSQL has no tags, so a table in the database holds them. */
final class OwnershipTest {

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void leavesAloneWhatTheFileDoesNotName() {
    rig.server.run(
        "create schema theirs", "create role theirs", "grant usage on schema theirs to theirs");

    rig.converge("schema.hr: {name: hr}");

    assertThat(rig.plan("schema.hr: {name: hr}").hasChanges()).isFalse();
    assertThat(rig.server.ask("select nspname from pg_namespace where nspname = 'theirs'"))
        .hasSize(1);
  }

  @Test
  void doesNotTakeWhatIsThereAlreadyUnlessItIsAdopted() {
    rig.server.run("create schema hr authorization dbadmin", "create table hr.kept (n int)");

    Plan plan = rig.plan("schema.hr: {name: hr}");

    assertThat(plan.refusals()).extracting(Refusal::code).containsExactly("PLAN-002");
    rig.converge("schema.hr: {name: hr, adopt: true}");
    assertThat(rig.server.ask("select count(*) from hr.kept")).containsExactly("0");
    assertThat(rig.plan("schema.hr: {name: hr}").hasChanges()).isFalse();
  }

  @Test
  void doesNotTakeWhatSomebodyMadeUnderTheNameOfWhatWasOurs() {
    rig.converge("schema.hr: {name: hr}");
    rig.server.run("drop schema hr", "create schema hr authorization dbadmin");

    assertThat(rig.plan("schema.hr: {name: hr}").refusals())
        .extracting(Refusal::code)
        .containsExactly("PLAN-002");
  }

  @Test
  void makesAgainWhatSomebodyDropped() {
    rig.converge("schema.hr: {name: hr}", "role.app: {name: app}");
    rig.server.run("drop schema hr", "drop role app");

    rig.converge("schema.hr: {name: hr}", "role.app: {name: app}");

    assertThat(rig.server.ask("select rolname from pg_roles where rolname = 'app'")).hasSize(1);
  }

  @Test
  void deletesWhatLeftTheFileButKeepsDataUntilThatIsAllowed() {
    rig.converge(
        "schema.hr: {name: hr}",
        "role.app: {name: app}",
        "grant.app: {role: '${postgres-role.app}', on: schema, schema: hr, privileges: [USAGE], dependsOn: [postgres-schema.hr]}",
        "extension.x: {name: pgcrypto}");

    Plan plan = rig.plan("extension.x: {name: pgcrypto}");

    assertThat(Rig.change(plan, "role.app").reason()).isEqualTo(Reason.ORPHANED);
    assertThat(Rig.change(plan, "grant.app").action()).isEqualTo(Action.DELETE);
    assertThat(plan.kept())
        .singleElement()
        .satisfies(
            kept -> assertThat(kept.text()).contains("--allow destroys-data:postgres-schema.hr"));
    rig.bench.applyFully(plan);
    assertThat(rig.server.ask("select 1 from pg_namespace where nspname = 'hr'")).hasSize(1);
    rig.converge("extension.x: {name: pgcrypto}");
    assertThat(rig.server.ask("select 1 from pg_namespace where nspname = 'hr'")).isEmpty();
  }

  @Test
  void leavesNoTraceWhenNothingIsOursAnyMore() {
    String[] file = {"schema.hr: {name: hr}", "role.app: {name: app}"};
    rig.converge(file);
    assertThat(rig.server.ask("select 1 from pg_namespace where nspname = 'pgbound'")).hasSize(1);

    rig.bench.applyFully(rig.bench.planDestroy(Rig.file(file)));

    assertThat(rig.server.ask("select 1 from pg_namespace where nspname in ('pgbound', 'hr')"))
        .isEmpty();
  }

  @Test
  void tellsWhoMoved() {
    rig.server.run("create role other");
    rig.converge("schema.hr: {name: hr, owner: dbadmin}");
    rig.server.run("alter schema hr owner to other");

    assertThat(Rig.change(rig.plan("schema.hr: {name: hr, owner: dbadmin}"), "schema.hr").reason())
        .isEqualTo(Reason.DRIFTED);
    rig.server.run("grant other to dbadmin with admin option");
    rig.converge("schema.hr: {name: hr, owner: dbadmin}");
    assertThat(
            rig.server.ask(
                "select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'hr'"))
        .containsExactly("dbadmin");
  }

  @Test
  void twoMigrationsInOneDatabaseKnowTheirOwn() {
    rig.bench.applyFully(rig.bench.plan(Rig.fileOf("one", "schema.s: {name: one}")));
    rig.bench.applyFully(rig.bench.plan(Rig.fileOf("two", "schema.s: {name: two}")));

    assertThat(rig.bench.plan(Rig.fileOf("one", "schema.s: {name: one}")).hasChanges()).isFalse();
    assertThat(rig.bench.plan(Rig.fileOf("two", "schema.s: {name: one}")).refusals())
        .extracting(Refusal::code)
        .contains("PLAN-002");
  }
}
