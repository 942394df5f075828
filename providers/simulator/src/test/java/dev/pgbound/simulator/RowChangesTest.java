package dev.pgbound.simulator;

import static dev.pgbound.simulator.Rehearsal.include;
import static dev.pgbound.simulator.Rehearsal.locator;
import static dev.pgbound.simulator.Rehearsal.transformation;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.CDC;
import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.FULL_LOAD_AND_CDC;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.RELOAD_TARGET;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.RESUME_PROCESSING;
import static software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue.START_REPLICATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.TableStatistics;

/** What happens in PostgreSQL when rows of the source change while a task runs. */
class RowChangesTest {

  private static final String LOADED = "1|Ada|10.00, 2|Bob|20.00, 3|Cyd|30.00";

  private final Rehearsal rehearsal = Rehearsal.shared();
  private String schema = "";
  private final List<Rehearsal.Task> tasks = new ArrayList<>();

  @BeforeEach
  void makeTable() {
    schema = rehearsal.schema();
    rehearsal.oracle(
        "create table "
            + schema
            + ".PEOPLE (ID NUMBER(6) primary key, NAME VARCHAR2(20), PAY NUMBER(8,2))",
        "insert into " + schema + ".PEOPLE values (1, 'Ada', 10), (2, 'Bob', 20), (3, 'Cyd', 30)");
  }

  /** Tasks that nobody needs any more would go on following each change. */
  @AfterEach
  void deleteTasks() {
    for (Rehearsal.Task task : tasks) {
      if (task.look().status().equals("running")) {
        task.stop();
      }
      task.delete();
    }
  }

  private Rehearsal.Task task() {
    return tasks.get(0);
  }

  private void start(MigrationTypeValue type, String settings, String... more) {
    String[] rules = new String[more.length + 1];
    rules[0] = include(schema, "%");
    System.arraycopy(more, 0, rules, 1, more.length);
    tasks.add(rehearsal.task(type, settings, rules));
    task().load();
  }

  private String people() {
    return "\"" + schema + "\".\"PEOPLE\"";
  }

  private String rows() {
    return String.join(", ", rehearsal.rows("select * from " + people() + " order by \"ID\""));
  }

  /** What the target has once the task has looked at the source. */
  private String replicated() {
    task().look();
    return rows();
  }

  @Test
  void followInTheirOrder() {
    start(FULL_LOAD_AND_CDC, "{}");
    assertThat(rows()).isEqualTo(LOADED);

    rehearsal.oracle(
        "insert into " + schema + ".PEOPLE values (4, 'Dee', 40)",
        "update " + schema + ".PEOPLE set NAME = 'Adele' where ID = 1",
        "update " + schema + ".PEOPLE set ID = 5 where ID = 4",
        "delete from " + schema + ".PEOPLE where ID = 2",
        "insert into " + schema + ".PEOPLE values (2, 'Bea', null)");

    assertThat(replicated()).isEqualTo("1|Adele|10.00, 2|Bea|null, 3|Cyd|30.00, 5|Dee|40.00");
    TableStatistics table = task().table("PEOPLE");
    assertThat(List.of(table.inserts(), table.updates(), table.deletes()))
        .containsExactly(2L, 2L, 1L);
    assertThat(List.of(table.appliedInserts(), table.appliedUpdates(), table.appliedDeletes()))
        .containsExactly(2L, 2L, 1L);
    assertThat(table.fullLoadRows()).isEqualTo(3);
    assertThat(table.tableState()).isEqualTo("Table completed");
  }

  @Test
  void changeOnlyWhatHasChanged() {
    start(FULL_LOAD_AND_CDC, "{}");
    rehearsal.postgres("update " + people() + " set \"PAY\" = 99 where \"ID\" = 1");

    rehearsal.oracle("update " + schema + ".PEOPLE set NAME = 'Adele' where ID = 1");

    assertThat(replicated()).startsWith("1|Adele|99.00");
  }

  @Test
  void areMadeByTheRulesOfTheTask() {
    start(
        FULL_LOAD_AND_CDC,
        "{}",
        transformation("table", "rename", locator(schema, "PEOPLE"), "\"value\": \"staff\""),
        transformation("column", "convert-lowercase", locator(schema, "PEOPLE", "%")),
        transformation("column", "remove-column", locator(schema, "PEOPLE", "PAY")),
        transformation(
            "column",
            "add-column",
            locator(schema, "PEOPLE"),
            "\"value\": \"how\"",
            "\"expression\": \"operation_indicator('gone', 'changed', 'new')\"",
            "\"data-type\": {\"type\": \"string\", \"length\": 10}"));

    rehearsal.oracle(
        "update " + schema + ".PEOPLE set NAME = 'Adele' where ID = 1",
        "delete from " + schema + ".PEOPLE where ID = 2");
    task().look();

    assertThat(rehearsal.rows("select * from \"" + schema + "\".staff order by id"))
        .containsExactly("1|Adele|changed", "2|Bob|gone", "3|Cyd|new");
  }

  @Test
  void showTheValueBeforeInBeforeImages() {
    start(
        FULL_LOAD_AND_CDC,
        "{}",
        transformation(
            "column",
            "add-before-image-columns",
            locator(schema, "PEOPLE", "NAME"),
            "\"before-image-def\": {\"column-prefix\": \"OLD_\", \"column-suffix\": \"\","
                + " \"column-filter\": \"all\"}"));

    rehearsal.oracle("update " + schema + ".PEOPLE set NAME = 'Adele' where ID = 1");

    assertThat(replicated()).startsWith("1|Adele|10.00|Ada, 2|Bob|20.00|null");
  }

  @Test
  void ofRowsThatTheFilterLeavesOutStayOut() {
    String filter =
        "{\"filter-type\": \"source\", \"column-name\": \"ID\", \"filter-conditions\":"
            + " [{\"filter-operator\": \"lte\", \"value\": \"3\"}]}";
    tasks.add(rehearsal.task(FULL_LOAD_AND_CDC, "{}", include(schema, "PEOPLE", filter)));
    task().load();

    rehearsal.oracle(
        "insert into " + schema + ".PEOPLE values (4, 'Dee', 40)",
        "update " + schema + ".PEOPLE set NAME = 'Adele' where ID = 1");

    assertThat(replicated()).isEqualTo("1|Adele|10.00, 2|Bob|20.00, 3|Cyd|30.00");
    assertThat(task().table("PEOPLE").inserts()).isZero();
  }

  @Test
  void ofTablesWithoutAKeyFindOneRowByAllItsValues() {
    rehearsal.oracle(
        "create table " + schema + ".NOTES (TEXT VARCHAR2(20), N NUMBER(4))",
        "insert into " + schema + ".NOTES values ('same', 1), ('same', 1), ('none', null)");
    start(FULL_LOAD_AND_CDC, "{}");

    rehearsal.oracle(
        "delete from " + schema + ".NOTES where _ROWID_ = 1",
        "update " + schema + ".NOTES set TEXT = 'some' where TEXT = 'none'");
    task().look();

    assertThat(rehearsal.rows("select * from \"" + schema + "\".\"NOTES\" order by 1"))
        .containsExactly("same|1", "some|null");
  }

  @Test
  void madeWhileTablesAreLoadedWaitAndArriveOnce() {
    rehearsal.oracle(
        "insert into " + schema + ".PEOPLE select X, 'P' || X, X from SYSTEM_RANGE(4, 10000)");
    tasks.add(rehearsal.task(FULL_LOAD_AND_CDC, "{}", include(schema, "%")));
    task().start(START_REPLICATION);
    rehearsal.pass(Duration.ofSeconds(60));
    assertThat(task().look().replicationTaskStats().fullLoadProgressPercent()).isEqualTo(40);

    rehearsal.oracle(
        "delete from " + schema + ".PEOPLE where ID in (1, 9999)",
        "update " + schema + ".PEOPLE set NAME = 'Bea' where ID = 2",
        "update " + schema + ".PEOPLE set NAME = 'Last' where ID = 10000",
        "insert into " + schema + ".PEOPLE values (10001, 'New', 0)");
    task().look();
    assertThat(rehearsal.rows("select count(*) from " + people())).containsExactly("4000");
    rehearsal.pass(Duration.ofMinutes(2));
    task().look();

    assertThat(
            rehearsal.rows(
                "select count(*), string_agg(\"NAME\", ' ' order by \"ID\") filter (where \"ID\" in (2, 10000,"
                    + " 10001)) from "
                    + people()))
        .containsExactly("9999|Bea Last New");
    assertThat(
            rehearsal.rows(
                "select count(*) from public.awsdms_apply_exceptions where \"TASK_NAME\" = '"
                    + task().id()
                    + "'"))
        .containsExactly("0");
  }

  @Test
  void madeWhileTheTaskStandsStillFollowWhenItResumes() {
    start(FULL_LOAD_AND_CDC, "{}");
    String before = task().look().recoveryCheckpoint();
    task().stop();
    rehearsal.oracle("insert into " + schema + ".PEOPLE values (4, 'Dee', 40)");
    assertThat(replicated()).isEqualTo(LOADED);

    task().start(RESUME_PROCESSING);
    rehearsal.pass(Duration.ofMinutes(1));

    assertThat(replicated()).isEqualTo(LOADED + ", 4|Dee|40.00");
    assertThat(task().look().recoveryCheckpoint())
        .startsWith("checkpoint:V1#")
        .isNotEqualTo(before);
    assertThat(task().look().replicationTaskStats().fullLoadProgressPercent()).isEqualTo(100);
  }

  @Test
  void areNotNeededByATaskThatLoadsEverythingAgain() {
    start(FULL_LOAD_AND_CDC, "{}");
    task().stop();
    rehearsal.oracle("insert into " + schema + ".PEOPLE values (4, 'Dee', 40)");
    rehearsal.postgres("delete from " + people() + " where \"ID\" = 1");

    task().start(RELOAD_TARGET);
    rehearsal.pass(Duration.ofMinutes(2));

    assertThat(replicated()).isEqualTo(LOADED + ", 4|Dee|40.00");
    assertThat(task().table("PEOPLE").fullLoadRows()).isEqualTo(4);
    assertThat(task().table("PEOPLE").inserts()).isZero();
  }

  @Test
  void goOnAfterTheReloadOfATable() {
    start(FULL_LOAD_AND_CDC, "{}");
    rehearsal.postgres("delete from " + people());

    task().reload(schema, "PEOPLE");
    assertThat(task().table("PEOPLE").tableState()).isEqualTo("Table is being reloaded");
    rehearsal.pass(Duration.ofMinutes(1));

    assertThat(replicated()).isEqualTo(LOADED);
    assertThat(task().table("PEOPLE").fullLoadReloaded()).isTrue();
    assertThat(task().look().status()).isEqualTo("running");
    rehearsal.oracle("delete from " + schema + ".PEOPLE where ID = 3");
    assertThat(replicated()).isEqualTo("1|Ada|10.00, 2|Bob|20.00");
  }

  @Test
  void areAllThatATaskWithoutALoadReplicates() {
    start(CDC, "{}");
    assertThat(rows()).isEmpty();

    rehearsal.oracle("insert into " + schema + ".PEOPLE values (4, 'Dee', 40)");

    assertThat(replicated()).isEqualTo("4|Dee|40.00");
  }

  @Test
  void areReadFromAPositionOn() {
    long scn = rehearsal.scn();
    rehearsal.oracle("insert into " + schema + ".PEOPLE values (4, 'Dee', 40)");
    tasks.add(rehearsal.task(CDC, "{}", include(schema, "%")));

    task().start(START_REPLICATION, String.valueOf(scn));
    rehearsal.pass(Duration.ofMinutes(1));

    assertThat(replicated()).isEqualTo("4|Dee|40.00");
  }

  @Test
  void waitWhenTheTaskIsToStopAfterItsLoad() {
    String settings = "{\"FullLoadSettings\": {\"StopTaskCachedChangesNotApplied\": true}}";
    tasks.add(rehearsal.task(FULL_LOAD_AND_CDC, settings, include(schema, "%")));
    task().start(START_REPLICATION);
    rehearsal.pass(Duration.ofSeconds(40));
    task().look();
    rehearsal.oracle("insert into " + schema + ".PEOPLE values (4, 'Dee', 40)");
    rehearsal.pass(Duration.ofMinutes(1));

    ReplicationTask stopped = task().look();
    assertThat(stopped.status()).isEqualTo("stopped");
    assertThat(stopped.stopReason()).isEqualTo("Stop Reason STOPPED_AFTER_FULL_LOAD");
    assertThat(rows()).isEqualTo(LOADED);
    task().start(RESUME_PROCESSING);
    rehearsal.pass(Duration.ofMinutes(1));
    assertThat(replicated()).isEqualTo(LOADED + ", 4|Dee|40.00");
  }

  @Test
  void areAppliedBeforeATaskStopsAfterThem() {
    String settings = "{\"FullLoadSettings\": {\"StopTaskCachedChangesApplied\": true}}";
    tasks.add(rehearsal.task(FULL_LOAD_AND_CDC, settings, include(schema, "%")));
    task().start(START_REPLICATION);
    rehearsal.pass(Duration.ofSeconds(40));
    task().look();
    rehearsal.oracle("insert into " + schema + ".PEOPLE values (4, 'Dee', 40)");
    rehearsal.pass(Duration.ofMinutes(1));

    assertThat(replicated()).isEqualTo(LOADED + ", 4|Dee|40.00");
    assertThat(task().look().stopReason()).isEqualTo("Stop Reason STOPPED_AFTER_CACHED_EVENTS");
    task().start(RESUME_PROCESSING);
    rehearsal.pass(Duration.ofMinutes(1));
    assertThat(task().look().status()).isEqualTo("running");
  }

  @Test
  void thatTheTargetRefusesAreNotedAndLeftOut() {
    start(FULL_LOAD_AND_CDC, "{}");
    rehearsal.postgres(
        "insert into " + people() + " values (4, 'Own', 0)",
        "delete from " + people() + " where \"ID\" = 3");

    rehearsal.oracle(
        "insert into " + schema + ".PEOPLE values (4, 'Dee', 40)",
        "update " + schema + ".PEOPLE set NAME = 'Cy' where ID = 3",
        "delete from " + schema + ".PEOPLE where ID = 3",
        "update " + schema + ".PEOPLE set NAME = 'Adele' where ID = 1");

    assertThat(replicated()).isEqualTo("1|Adele|10.00, 2|Bob|20.00, 4|Own|0.00");
    assertThat(
            rehearsal.rows(
                "select \"TABLE_NAME\", split_part(\"STATEMENT\", ' ', 1) from"
                    + " public.awsdms_apply_exceptions where \"TASK_NAME\" = '"
                    + task().id()
                    + "' order by \"STATEMENT\""))
        .containsExactly("PEOPLE|INSERT", "PEOPLE|UPDATE");
    assertThat(task().table("PEOPLE").inserts()).isEqualTo(1);
    assertThat(task().table("PEOPLE").appliedInserts()).isZero();
  }

  @Test
  void takeTheWayThatThePoliciesSay() {
    start(
        FULL_LOAD_AND_CDC,
        "{\"ErrorBehavior\": {\"ApplyErrorInsertPolicy\": \"INSERT_RECORD\","
            + " \"ApplyErrorUpdatePolicy\": \"UPDATE_RECORD\"}}");
    rehearsal.postgres(
        "insert into " + people() + " values (4, 'Own', 0)",
        "delete from " + people() + " where \"ID\" = 3");

    rehearsal.oracle(
        "insert into " + schema + ".PEOPLE values (4, 'Dee', 40)",
        "update " + schema + ".PEOPLE set NAME = 'Cy' where ID = 3");

    assertThat(replicated()).isEqualTo("1|Ada|10.00, 2|Bob|20.00, 3|Cy|30.00, 4|Dee|40.00");
  }

  @Test
  void ofATableThatIsGoneSuspendItAndLeaveTheOthersAlone() {
    rehearsal.oracle("create table " + schema + ".OTHERS (ID NUMBER(6) primary key)");
    start(FULL_LOAD_AND_CDC, "{}");
    rehearsal.postgres("drop table " + people());

    rehearsal.oracle(
        "update " + schema + ".PEOPLE set NAME = 'Adele' where ID = 1",
        "insert into " + schema + ".OTHERS values (1)");

    assertThat(task().look().replicationTaskStats().tablesErrored()).isEqualTo(1);
    assertThat(task().look().status()).isEqualTo("running");
    assertThat(task().table("PEOPLE").tableState()).isEqualTo("Table error");
    assertThat(rehearsal.rows("select * from \"" + schema + "\".\"OTHERS\"")).containsExactly("1");
    task().reload(schema, "PEOPLE");
    rehearsal.pass(Duration.ofMinutes(1));
    assertThat(replicated()).isEqualTo("1|Adele|10.00, 2|Bob|20.00, 3|Cyd|30.00");
  }

  @Test
  void endAtTheTimeThatTheTaskWasGiven() {
    tasks.add(rehearsal.task(FULL_LOAD_AND_CDC, "{}", include(schema, "%")));
    String end =
        rehearsal.aws().timeline().now().plus(Duration.ofMinutes(10)).toString().substring(0, 19);
    rehearsal.startUntil(task(), "server_time:" + end);
    rehearsal.pass(Duration.ofMinutes(5));
    assertThat(task().look().status()).isEqualTo("running");
    rehearsal.pass(Duration.ofMinutes(6));
    rehearsal.oracle("insert into " + schema + ".PEOPLE values (4, 'Dee', 40)");

    ReplicationTask ended = task().look();

    assertThat(ended.status()).isEqualTo("stopped");
    assertThat(ended.stopReason()).isEqualTo("Stop Reason STOPPED_AT_SERVER_TIME");
    assertThat(ended.replicationTaskStats().stopDate().toString().toUpperCase(Locale.ROOT))
        .startsWith(end);
  }

  @Test
  void areComparedWhenTheTaskValidates() {
    start(FULL_LOAD_AND_CDC, "{\"ValidationSettings\": {\"EnableValidation\": true}}");
    assertThat(task().table("PEOPLE").validationState()).isEqualTo("Validated");

    rehearsal.postgres("update " + people() + " set \"PAY\" = 0 where \"ID\" = 2");
    rehearsal.oracle("insert into " + schema + ".PEOPLE values (4, 'Dee', 40)");
    task().look();

    assertThat(task().table("PEOPLE").validationState()).isEqualTo("Mismatched records");
    assertThat(task().table("PEOPLE").validationFailedRecords()).isEqualTo(1);
  }

  @Test
  void wereNotComparedWithoutValidation() {
    start(FULL_LOAD_AND_CDC, "{}");

    assertThat(task().table("PEOPLE").validationState()).isEqualTo("Not enabled");
  }
}
