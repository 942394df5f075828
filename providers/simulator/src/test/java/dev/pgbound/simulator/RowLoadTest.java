package dev.pgbound.simulator;

import static dev.pgbound.simulator.Rehearsal.include;
import static dev.pgbound.simulator.Rehearsal.locator;
import static dev.pgbound.simulator.Rehearsal.transformation;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.FULL_LOAD;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.RELOAD_TARGET;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.RESUME_PROCESSING;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.START_REPLICATION;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** What the full load of a task leaves in PostgreSQL. */
class RowLoadTest {

  private static final String KEEP =
      "{\"FullLoadSettings\": {\"TargetTablePrepMode\": \"DO_NOTHING\"}}";
  private static final String TRUNCATE =
      "{\"FullLoadSettings\": {\"TargetTablePrepMode\": \"TRUNCATE_BEFORE_LOAD\"}}";
  private static final String DROP =
      "{\"FullLoadSettings\": {\"TargetTablePrepMode\": \"DROP_AND_CREATE\"}}";

  private final Rehearsal rehearsal = Rehearsal.shared();
  private String schema = "";
  private String target = "";

  @BeforeEach
  void makeSchema() {
    schema = rehearsal.schema();
    target = schema.toLowerCase(Locale.ROOT);
  }

  /** Rules that lower-case all names. */
  private String[] lowercase() {
    return new String[] {
      include(schema, "%"),
      transformation("schema", "convert-lowercase", locator(schema)),
      transformation("table", "convert-lowercase", locator(schema, "%")),
      transformation("column", "convert-lowercase", locator(schema, "%", "%"))
    };
  }

  private void people() {
    rehearsal.oracle(
        "create table " + schema + ".PEOPLE (ID NUMBER(6) primary key, NAME VARCHAR2(20) not null)",
        "insert into "
            + schema
            + ".PEOPLE values (1, 'Ada'), (2, 'Tab\there'), (3, 'Back\\slash')");
  }

  @Test
  void createsMissingTablesWithTheTypesOfDms() {
    rehearsal.oracle(
        "create table "
            + schema
            + ".KINDS (ID NUMBER(9) primary key, SMALL NUMBER(4), BIG NUMBER(18), MONEY"
            + " NUMBER(10,2), ANY_NUMBER NUMBER, WORDS VARCHAR2(30) not null, CODE CHAR(4), MOMENT"
            + " DATE, EXACT TIMESTAMP(3), TOO_EXACT TIMESTAMP(9), ZONED TIMESTAMP(0) WITH TIME"
            + " ZONE, BYTES RAW(4), REAL8 BINARY_DOUBLE, LONG_TEXT CLOB, PHOTO BLOB)",
        "insert into "
            + schema
            + ".KINDS values (1, 12, 123456789012345678, 12.30, 1.23456789012345, 'w', 'ab',"
            + " TO_DATE('2024-05-06 07:08:09', 'YYYY-MM-DD HH24:MI:SS'),"
            + " TIMESTAMP '2024-05-06 07:08:09.123', TIMESTAMP '2024-05-06 07:08:09.123456789',"
            + " TIMESTAMP WITH TIME ZONE '2024-05-06 07:08:09+02:00', X'00FF10', 0.5, 'text',"
            + " X'0102')",
        "insert into " + schema + ".KINDS(ID, WORDS) values (2, 'nothing else')");

    rehearsal.task(FULL_LOAD, KEEP, lowercase()).load();

    assertThat(
            rehearsal.rows(
                "select column_name, format_type(atttypid, atttypmod), attnotnull from"
                    + " information_schema.columns join pg_attribute on attrelid = '"
                    + target
                    + ".kinds'::regclass and attname = column_name where table_schema = '"
                    + target
                    + "' order by ordinal_position"))
        .containsExactly(
            "id|integer|t",
            "small|smallint|f",
            "big|numeric(18,0)|f",
            "money|numeric(10,2)|f",
            "any_number|numeric(38,10)|f",
            "words|character varying(30)|t",
            "code|character varying(4)|f",
            "moment|timestamp without time zone|f",
            "exact|timestamp without time zone|f",
            "too_exact|character varying(37)|f",
            "zoned|character varying|f",
            "bytes|bytea|f",
            "real8|double precision|f",
            "long_text|text|f",
            "photo|bytea|f");
    assertThat(rehearsal.rows("select * from " + target + ".kinds order by id"))
        .containsExactly(
            "1|12|123456789012345678|12.30|1.2345678901|w|ab|2024-05-06 07:08:09|2024-05-06"
                + " 07:08:09.123|2024-05-06 07:08:09.123456789|2024-05-06 07:08:09.000000"
                + " +02:00|\\x00ff10|0.5|text|\\x0102",
            "2|null|null|null|null|nothing else|null|null|null|null|null|null|null|null|null");
    assertThat(
            rehearsal.rows(
                "select pg_get_constraintdef(oid) from pg_constraint where conrelid = '"
                    + target
                    + ".kinds'::regclass"))
        .containsExactly("PRIMARY KEY (id)");
  }

  @Test
  void leavesATableAsItIsWhenItDoesNothingBeforeTheLoad() {
    people();
    rehearsal.postgres(
        "create schema " + target,
        "create table "
            + target
            + ".people (id bigint primary key, name text, note text default 'n')",
        "insert into " + target + ".people values (9, 'there before')");

    rehearsal.task(FULL_LOAD, KEEP, lowercase()).load();

    assertThat(rehearsal.rows("select * from " + target + ".people order by id"))
        .containsExactly("1|Ada|n", "2|Tab\there|n", "3|Back\\slash|n", "9|there before|n");
  }

  @Test
  void emptiesATableBeforeTheLoad() {
    people();
    rehearsal.postgres(
        "create schema " + target,
        "create table "
            + target
            + ".people (id bigint primary key, name text, note text default 'n')",
        "insert into " + target + ".people values (1, 'old'), (9, 'there before')");

    rehearsal.task(FULL_LOAD, TRUNCATE, lowercase()).load();

    assertThat(rehearsal.rows("select * from " + target + ".people order by id"))
        .containsExactly("1|Ada|n", "2|Tab\there|n", "3|Back\\slash|n");
  }

  @Test
  void dropsATableBeforeTheLoad() {
    people();
    rehearsal.postgres(
        "create schema " + target,
        "create table "
            + target
            + ".people (id bigint primary key, name text, note text default 'n')");

    rehearsal.task(FULL_LOAD, DROP, lowercase()).load();

    assertThat(rehearsal.rows("select * from " + target + ".people order by id"))
        .containsExactly("1|Ada", "2|Tab\there", "3|Back\\slash");
  }

  @Test
  void doesNotEmptyATableThatAnotherOneRefersTo() {
    people();
    rehearsal.postgres(
        "create schema " + target,
        "create table " + target + ".people (id bigint primary key, name text)",
        "create table " + target + ".pets (owner bigint references " + target + ".people)");

    Rehearsal.Task task = rehearsal.task(FULL_LOAD, TRUNCATE, lowercase()).load();

    assertThat(task.table("PEOPLE").tableState()).isEqualTo("Table error");
    assertThat(task.look().replicationTaskStats().tablesErrored()).isEqualTo(1);
    assertThat(task.look().status()).isEqualTo("stopped");
  }

  @Test
  void suspendsATableWhoseRowsAreRejectedAndLoadsTheOthers() {
    people();
    rehearsal.oracle(
        "create table " + schema + ".OTHERS (ID NUMBER(6) primary key)",
        "insert into " + schema + ".OTHERS values (1)");
    rehearsal.postgres(
        "create schema " + target,
        "create table " + target + ".people (id bigint primary key, name varchar(5))");

    Rehearsal.Task task = rehearsal.task(FULL_LOAD, KEEP, lowercase()).load();

    assertThat(task.table("PEOPLE").tableState()).isEqualTo("Table error");
    assertThat(task.table("OTHERS").tableState()).isEqualTo("Table completed");
    assertThat(rehearsal.rows("select * from " + target + ".people")).isEmpty();
    assertThat(rehearsal.rows("select * from " + target + ".others")).containsExactly("1");

    rehearsal.postgres("alter table " + target + ".people alter name type varchar(20)");
    task.start(RESUME_PROCESSING);
    rehearsal.pass(Duration.ofMinutes(2));
    assertThat(task.look().replicationTaskStats().tablesErrored()).isZero();
    assertThat(rehearsal.rows("select count(*) from " + target + ".people")).containsExactly("3");
  }

  @Test
  void failsWhenATableErrorIsToStopTheTask() {
    people();
    rehearsal.postgres(
        "create schema " + target,
        "create table " + target + ".people (id bigint primary key, name varchar(5))");
    String settings =
        "{\"FullLoadSettings\": {\"TargetTablePrepMode\": \"DO_NOTHING\"}, \"ErrorBehavior\":"
            + " {\"TableErrorPolicy\": \"STOP_TASK\"}}";

    ReplicationTask task = rehearsal.task(FULL_LOAD, settings, lowercase()).load().look();

    assertThat(task.status()).isEqualTo("failed");
    assertThat(task.stopReason()).isEqualTo("Stop Reason FATAL_ERROR Error Level FATAL");
    assertThat(task.lastFailureMessage())
        .contains(schema + ".PEOPLE", "SqlState: 22001", "value too long");
  }

  @Test
  void failsWhenItsRulesSelectNothing() {
    ReplicationTask task = rehearsal.task(FULL_LOAD, KEEP, lowercase()).load().look();

    assertThat(task.status()).isEqualTo("failed");
    assertThat(task.lastFailureMessage()).contains("No tables were found at task initialization");
  }

  @Test
  void needsTheRightsOfItsUser() throws InterruptedException {
    people();
    rehearsal.postgres(
        "create role " + target + "_dms login password 'pw'",
        "create schema " + target,
        "create table " + target + ".people (id bigint primary key, name text)",
        "grant usage on schema " + target + " to " + target + "_dms",
        "grant create on schema public to " + target + "_dms");
    String limited = rehearsal.target("limited-" + target, target + "_dms", "pw");

    Rehearsal.Task task = rehearsal.task(limited, FULL_LOAD, KEEP, lowercase()).load();

    assertThat(task.table("PEOPLE").tableState()).isEqualTo("Table error");
    rehearsal.postgres("grant all on " + target + ".people to " + target + "_dms");
    task.start(RELOAD_TARGET);
    rehearsal.pass(Duration.ofMinutes(2));
    assertThat(task.look().status()).isEqualTo("stopped");
    assertThat(rehearsal.rows("select count(*) from " + target + ".people")).containsExactly("3");
  }

  @Test
  void showsItsProgressOnTheClockAndGoesOnAfterAStop() {
    rehearsal.oracle(
        "create table " + schema + ".MANY (ID NUMBER(9) primary key, NAME VARCHAR2(20))",
        "insert into " + schema + ".MANY select X, 'n' || X from SYSTEM_RANGE(1, 10000)");
    Rehearsal.Task task = rehearsal.task(FULL_LOAD, DROP, lowercase());
    task.start(START_REPLICATION);
    rehearsal.pass(Duration.ofSeconds(50));

    // 40 seconds until it runs, then 200 rows in a second
    assertThat(task.look().replicationTaskStats().fullLoadProgressPercent()).isEqualTo(20);
    assertThat(task.look().replicationTaskStats().tablesLoading()).isEqualTo(1);
    assertThat(task.table("MANY").fullLoadRows()).isEqualTo(2000);
    assertThat(task.table("MANY").tableState()).isEqualTo("Full load");
    assertThat(rehearsal.rows("select count(*) from " + target + ".many")).containsExactly("2000");

    task.stop();
    assertThat(task.look().status()).isEqualTo("stopped");
    task.start(RESUME_PROCESSING);
    rehearsal.pass(Duration.ofMinutes(2));

    ReplicationTask done = task.look();
    assertThat(done.status()).isEqualTo("stopped");
    assertThat(done.stopReason()).isEqualTo("Stop Reason FULL_LOAD_ONLY_FINISHED");
    assertThat(done.replicationTaskStats().fullLoadProgressPercent()).isEqualTo(100);
    assertThat(task.table("MANY").fullLoadRows()).isEqualTo(10_000);
    assertThat(rehearsal.rows("select count(*), sum(id) from " + target + ".many"))
        .containsExactly("10000|50005000");
  }

  @Test
  void loadsSomeTablesAtATimeTheHighestLoadOrderFirst() {
    for (String name : new String[] {"A", "B", "C"}) {
      rehearsal.oracle(
          "create table " + schema + "." + name + " (ID NUMBER(9) primary key)",
          "insert into " + schema + "." + name + " select X from SYSTEM_RANGE(1, 2000)");
    }
    Rehearsal.Task task =
        rehearsal.task(
            FULL_LOAD,
            "{\"FullLoadSettings\": {\"MaxFullLoadSubTasks\": 1}}",
            include(schema, "A"),
            include(schema, "B"),
            include(schema, "C") + ", \"load-order\": 2");
    task.start(START_REPLICATION);
    rehearsal.pass(Duration.ofSeconds(56));

    assertThat(task.look().replicationTaskStats().tablesQueued()).isEqualTo(1);
    assertThat(task.table("C").tableState()).isEqualTo("Table completed");
    assertThat(task.table("A").tableState()).isEqualTo("Full load");
    assertThat(task.table("B").tableState()).isEqualTo("Before load");
    rehearsal.pass(Duration.ofMinutes(1));
    assertThat(task.look().replicationTaskStats().fullLoadFinishDate())
        .isEqualTo(task.table("B").fullLoadEndTime());
  }

  @Test
  void createsTheKeyAfterTheLoadWhenToldSo() {
    people();
    String settings =
        "{\"FullLoadSettings\": {\"TargetTablePrepMode\": \"DROP_AND_CREATE\","
            + " \"CreatePkAfterFullLoad\": true}}";

    rehearsal.task(FULL_LOAD, settings, lowercase()).load();

    assertThat(
            rehearsal.rows(
                "select contype from pg_constraint where conrelid = '"
                    + target
                    + ".people'::regclass"))
        .containsExactly("p");
  }

  @Test
  void loadsViewsWithoutAKey() {
    people();
    rehearsal.oracle("create view " + schema + ".NAMES as select NAME from " + schema + ".PEOPLE");

    rehearsal
        .task(
            FULL_LOAD,
            KEEP,
            include(schema, "NAMES")
                .replace("\"table-name\"", "\"table-type\": \"view\", \"table-name\""))
        .load();

    assertThat(rehearsal.rows("select * from \"" + schema + "\".\"NAMES\" order by 1"))
        .containsExactly("Ada", "Back\\slash", "Tab\there");
  }
}
