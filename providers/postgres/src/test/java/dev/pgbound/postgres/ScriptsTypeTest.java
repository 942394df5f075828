package dev.pgbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.StringResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of scripts, and what is there when some of them fail. */
final class ScriptsTypeTest {

  private static final String SCHEMA = "schema.hr: {name: hr}";

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String scripts(String more) {
    return "scripts.s: {historyTable: pgbound_s, schema: '${postgres-schema.hr}', locations: [sql]"
        + more
        + "}";
  }

  private void write(String name, String sql) throws IOException {
    Path file = folder.resolve("sql").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, sql);
  }

  private Plan plan() {
    return rig.plan(SCHEMA, scripts(""));
  }

  private static List<String> changes(Plan plan) {
    return Rig.change(plan, "scripts.s").changes().stream().map(ScriptsTypeTest::words).toList();
  }

  private static String words(AttributeChange change) {
    return String.join(
        " ",
        change.path(),
        text(change.before()),
        "->",
        text(change.after()).replaceAll("\\(.*", ""));
  }

  private static String text(Optional<Value> value) {
    return value.map(v -> v.toString().replaceAll(" \\(.*", "")).orElse("nothing");
  }

  @Test
  void runInTheOrderOfTheirVersionsAndThenByName() throws IOException {
    write("V10__b.sql", "insert into log values ('V10')");
    write("V2__a.sql", "insert into log values ('V2')");
    write("V1__log.sql", "create table log (n serial, what text)");
    write("deeper/R__again.sql", "insert into log values (default, 'R')");
    write("V2__a.sql", "insert into log (what) values ('V2')");
    write("V10__b.sql", "insert into log (what) values ('V10')");

    rig.converge(SCHEMA, scripts(""));

    assertThat(rig.server.ask("select what from hr.log order by n"))
        .containsExactly("V2", "V10", "R");
  }

  @Test
  void appearInThePlanAsPendingChangedAndApplied() throws IOException {
    write("V1__t.sql", "create table t (n int)");
    write("R__v.sql", "create or replace view v as select 1 as one");
    rig.converge(SCHEMA, scripts(""));
    write("V2__u.sql", "create table u (n int)");
    write("R__v.sql", "create or replace view v as select 2 as one");

    assertThat(changes(plan()))
        .containsExactly(
            "scripts.sql/R__v.sql applied -> applied", "scripts.sql/V2__u.sql pending -> applied");
    rig.converge(SCHEMA, scripts(""));
    assertThat(rig.server.ask("select one from hr.v")).containsExactly("2");
  }

  @Test
  void theChecksumIsFlyways() {
    for (String text : List.of("select 1;\n", "a\r\nb\r\n", "\uFEFFä\n\n", "no end", "")) {
      assertThat(new Script("sql/V1__x.sql", text).checksum())
          .as(text)
          .isEqualTo(ChecksumCalculator.calculate(new StringResource(text)));
    }
  }

  @Test
  void aVersionThatHasRunCannotBeChanged() throws IOException {
    write("V1__t.sql", "create table t (n int)");
    rig.converge(SCHEMA, scripts(""));
    write("V1__t.sql", "create table t (n bigint)");

    Plan plan = plan();

    assertThat(plan.refusals())
        .singleElement()
        .extracting(Refusal::text)
        .asString()
        .contains("sql/V1__t.sql was changed after it had run");
    write("V1__t.sql", "create table t (n int)\n");
    assertThat(plan().hasChanges()).isFalse();
  }

  @Test
  void oneThatFailsLeavesNothingOfItselfAndTheNextApplyContinues() throws IOException {
    write("V1__t.sql", "create table t (n int);");
    write(
        "V2__u.sql",
        """
        create table u (n int);

        -- the server does not say where in the statement the mistake is
        create index on
          t (n, m);
        """);
    write("V3__w.sql", "create table w (n int);");

    ApplyResult result = rig.apply(SCHEMA, scripts(""));

    assertThat(Rig.failure(result))
        .startsWith("sql/V2__u.sql:4: column \"m\" does not exist (SQLSTATE 42703)")
        .contains("Statement: create index on t (n, m).")
        .contains("Nothing of this script stays; those before it do. Correct it and apply again.");
    assertThat(rig.server.ask("select tablename from pg_tables where schemaname = 'hr' order by 1"))
        .containsExactly("pgbound_s", "t");
    assertThat(changes(plan()))
        .containsExactly(
            "scripts.sql/V2__u.sql pending -> applied", "scripts.sql/V3__w.sql pending -> applied");

    write("V2__u.sql", "create table u (n int);\nselect n,\n  m\nfrom t;");
    assertThat(Rig.failure(rig.apply(SCHEMA, scripts(""))))
        .startsWith("sql/V2__u.sql:3: column \"m\" does not exist (SQLSTATE 42703)");

    write("V2__u.sql", "create table u (n int);");
    rig.converge(SCHEMA, scripts(""));

    assertThat(rig.server.ask("select count(*) from hr.w")).containsExactly("0");
  }

  @Test
  void oneThatCannotBeInATransactionIsShownAsFailedAndRunsAgain() throws IOException {
    write("V1__t.sql", "create table t (n int); insert into t values (1), (1);");
    write("V2__i.sql", "create unique index concurrently i on t (n);");

    ApplyResult result = rig.apply(SCHEMA, scripts(""));

    assertThat(Rig.failure(result)).contains("sql/V2__i.sql:1:", "does not run in a transaction");
    assertThat(changes(plan())).containsExactly("scripts.sql/V2__i.sql failed -> applied");
    write(
        "V2__i.sql", "drop index concurrently if exists i;\ncreate index concurrently i on t (n);");
    rig.converge(SCHEMA, scripts(""));
    assertThat(
            rig.server.ask("select indisvalid from pg_index where indexrelid = 'hr.i'::regclass"))
        .containsExactly("t");
  }

  @Test
  void passwordsInStatementsAreNotShown() throws IOException {
    write("V1__r.sql", "create role x login password 'canary-in-a-script' nonsense;");

    String failure = Rig.failure(rig.apply(SCHEMA, scripts("")));

    assertThat(failure).contains("password '...'").doesNotContain("canary");
  }

  @Test
  void placeholdersOfOtherToolsAreNothingSpecial() throws IOException {
    write("V1__t.sql", "create table t as select '${user}'::text as who;");

    rig.converge(SCHEMA, scripts(""));

    assertThat(rig.server.ask("select who from hr.t")).containsExactly("${user}");
  }

  @Test
  void whatWasPlannedIsWhatRuns() throws IOException {
    write("V1__t.sql", "create table t (n int)");
    Plan plan = plan();
    write("V1__t.sql", "create table t (n bigint)");

    ApplyResult result = rig.bench.apply(plan);

    assertThat(Rig.failure(result)).contains("not those that were planned", "plan again");
    assertThat(rig.server.ask("select 1 from pg_tables where schemaname = 'hr'")).isEmpty();
  }

  @Test
  void waitNoLongerForALockThanTheyMay() throws IOException, SQLException {
    write("V1__t.sql", "create table t (n int)");
    rig.converge(SCHEMA, scripts(""));
    write("V2__m.sql", "alter table t add m int");
    try (Connection other = rig.server.superuser("hr")) {
      other.setAutoCommit(false);
      Sql.run(other, "lock table hr.t in access share mode");

      String failure = Rig.failure(rig.apply(SCHEMA, scripts(", lockTimeout: 200ms")));

      assertThat(failure).contains("sql/V2__m.sql:1: canceling statement due to lock timeout");
    }
    rig.converge(SCHEMA, scripts(", lockTimeout: 200ms"));
  }

  @Test
  void whoIsCutOffInTheMiddleContinuesWhereItStopped() throws IOException {
    write("V1__t.sql", "create table t (n int)");
    write(
        "V2__gone.sql", "insert into t values (1); select pg_terminate_backend(pg_backend_pid());");
    write("V3__u.sql", "create table u (n int)");

    ApplyResult result = rig.apply(SCHEMA, scripts(""));

    assertThat(Rig.failure(result)).contains("SQLSTATE");
    assertThat(rig.server.ask("select count(*) from hr.t")).containsExactly("0");
    write("V2__gone.sql", "insert into t values (1)");
    rig.converge(SCHEMA, scripts(""));
    assertThat(rig.server.ask("select count(*) from hr.t, hr.u")).containsExactly("0");
    assertThat(rig.server.ask("select count(*) from hr.t")).containsExactly("1");
  }

  @Test
  void statisticsAreGatheredAndMissedWhereTheyLack() throws IOException {
    write("V1__t.sql", "create table t as select generate_series(1, 1000) as n");
    rig.converge(SCHEMA, scripts(", analyze: true"));
    assertThat(rig.server.ask("select reltuples from pg_class where oid = 'hr.t'::regclass"))
        .containsExactly("1000");
    rig.server.run("create table hr.later (n int)", "alter table hr.later owner to dbadmin");

    assertThat(Rig.change(rig.plan(SCHEMA, scripts(", analyze: true")), "scripts.s").changes())
        .extracting(AttributeChange::path)
        .containsExactly("analyze");
    rig.converge(SCHEMA, scripts(", analyze: true"));
  }

  @Test
  void beginInASchemaThatIsNotEmpty() throws IOException {
    rig.converge(SCHEMA);
    rig.server.run(
        "create table hr.made_by_dms (n int)", "alter table hr.made_by_dms owner to dbadmin");
    write("V1__i.sql", "create index on made_by_dms (n)");

    rig.converge(SCHEMA, scripts(""));

    assertThat(rig.server.ask("select count(*) from pg_indexes where tablename = 'made_by_dms'"))
        .containsExactly("1");
  }

  @Test
  void runAgainInASchemaThatWasMadeAnew() throws IOException {
    write("V1__t.sql", "create table t (n int)");
    rig.converge(SCHEMA, scripts(""));
    rig.server.run("drop schema hr cascade");

    rig.converge(SCHEMA, scripts(""));

    assertThat(rig.server.ask("select count(*) from hr.t")).containsExactly("0");
  }

  @Test
  void mistakesInTheFolderAreFoundAtTheirPlace() throws IOException {
    assertThat(findings())
        .containsExactly("PG-010 There is no script at " + folder.resolve("sql") + ".");
    write("01-tables.sql", "create table t (n int)");
    write("V1__a.sql", "select 1");
    write("V1.0__b.sql", "select 1");
    write("V2__empty.sql", "  \n");

    assertThat(findings())
        .containsExactlyInAnyOrder(
            "PG-011 sql/01-tables.sql:",
            "PG-012 sql/V1.0__b.sql and sql/V1__a.sql:",
            "PG-013 sql/V2__empty.sql:");
  }

  private List<String> findings() {
    Diagnostics found = new Diagnostics();
    rig.bench.tryLoad(Rig.file(SCHEMA, scripts("")), found);
    assertThat(found.sorted()).allSatisfy(one -> assertThat(one.range()).isPresent());
    return found.sorted().stream().map(ScriptsTypeTest::finding).toList();
  }

  private static String finding(Diagnostic one) {
    return one.code() + " " + one.detail().replaceFirst("(?<=[:.]) (Give|A script|Write) .*", "");
  }
}
