package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

class DmsTaskTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();

  @BeforeEach
  void createSubnetGroup() throws InterruptedException {
    account.createSubnetGroup();
  }

  @Test
  void isReadyInAWhile() throws InterruptedException {
    CreateReplicationTaskRequest request =
        account.task("Hr-Load", MigrationTypeValue.FULL_LOAD).build();

    ReplicationTask created = dms.createReplicationTask(request).replicationTask();

    assertThat(created.status()).isEqualTo("creating");
    assertThat(created.replicationTaskIdentifier()).isEqualTo("hr-load");
    assertThat(created.replicationTaskArn())
        .matches("arn:aws:dms:us-east-1:123456789012:task:[A-Z0-9]{26}");
    assertThat(created.replicationTaskCreationDate()).isEqualTo(account.aws().timeline().now());
    String arn = created.replicationTaskArn();
    assertRefused(
        "InvalidResourceStateFault",
        () -> dms.deleteReplicationTask(r -> r.replicationTaskArn(arn)));
    account.pass(Duration.ofSeconds(30));
    ReplicationTask ready = account.taskOf(arn);
    assertThat(ready).isEqualTo(created.copy(task -> task.status("ready")));
    assertThat(
            dms.waiter()
                .waitUntilReplicationTaskReady(
                    r -> r.filters(filter("replication-task-id", "hr-load")), o -> o.maxAttempts(1))
                .matched()
                .response())
        .isPresent();
  }

  @Test
  void refusesWhatMakesNoTask() throws InterruptedException {
    CreateReplicationTaskRequest request = account.task("hr", MigrationTypeValue.FULL_LOAD).build();

    refuses(request, "InvalidParameterValueException", r -> r.migrationType("full-loading"));
    refuses(request, "InvalidParameterValueException", r -> r.replicationTaskIdentifier("a_b"));
    refuses(
        request,
        "InvalidParameterValueException",
        r -> r.sourceEndpointArn(request.targetEndpointArn()));
    refuses(
        request,
        "InvalidParameterValueException",
        r -> r.targetEndpointArn(request.sourceEndpointArn()));
    refuses(request, "ResourceNotFoundFault", r -> r.targetEndpointArn("arn:aws:dms:none"));
    refuses(request, "ResourceNotFoundFault", r -> r.replicationInstanceArn("arn:aws:dms:none"));
    refuses(request, "InvalidParameterValueException", r -> r.cdcStopPosition("soon"));
    refuses(
        request,
        "InvalidParameterCombinationException",
        r -> r.cdcStartPosition("1234").cdcStartTime(Instant.EPOCH));
    dms.createReplicationTask(request);
    refuses(request, "ResourceAlreadyExistsFault", r -> r.replicationTaskIdentifier("HR"));
    dms.rebootReplicationInstance(r -> r.replicationInstanceArn(request.replicationInstanceArn()));
    refuses(request, "InvalidResourceStateFault", r -> r.replicationTaskIdentifier("other"));
  }

  private void refuses(
      CreateReplicationTaskRequest request,
      String code,
      Consumer<CreateReplicationTaskRequest.Builder> change) {
    assertRefused(code, () -> dms.createReplicationTask(request.copy(change)));
  }

  @Test
  void checksItsTableMappings() throws InterruptedException {
    CreateReplicationTaskRequest request = account.task("hr", MigrationTypeValue.FULL_LOAD).build();

    refuses(request, "{\"rules\": }", "Invalid Table Mappings document. Invalid json");
    refuses(request, "{\"hello\": \"world\"}", "Valid Table mappings is required");
    refuses(request, "{\"rules\": []}", "Valid Table mappings is required");
    refuses(
        request, rules(rule("select", "1", "include", "%")), "Invalid Table Mappings document.");
    refuses(
        request,
        rules(rule("selection", "1", "including", "%")),
        "Invalid Table Mappings document.");
    refuses(
        request,
        rules(rule("selection", "1", "include", "%"), rule("selection", "1", "exclude", "B")),
        "Error in mapping rules. Duplicate ruleid 1");
    refuses(
        request,
        rules("{\"rule-type\": \"selection\", \"rule-id\": \"7\", \"rule-action\": \"include\"}"),
        "Rule with ruleId = 7 failed validation. object locator cannot be null");
    refuses(
        request,
        rules(rule("transformation", "1", "convert-lowercase", "%")),
        "At least one selection rule");
    refuses(
        request,
        rules(rule("selection", "1", "include", "%"), rule("table-settings", "2", "", "%")),
        "Exact schema and table name required when using table settings rule.");
  }

  private void refuses(CreateReplicationTaskRequest request, String mappings, String message) {
    assertRefused(
        "InvalidParameterValueException",
        message,
        () -> dms.createReplicationTask(request.copy(r -> r.tableMappings(mappings))));
  }

  private static String rules(String... rules) {
    return "{\"rules\": [" + String.join(", ", rules) + "]}";
  }

  private static String rule(String type, String id, String action, String table) {
    return String.format(
        Locale.ROOT,
        """
        {"rule-type": "%s", "rule-id": "%s", "rule-name": "%s", "rule-action": "%s",
         "rule-target": "table", "object-locator": {"schema-name": "HR", "table-name": "%s"}}
        """,
        type,
        id,
        id,
        action,
        table);
  }

  @Test
  void isModifiedWhileItRests() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);
    String mappings = rules(rule("selection", "1", "include", "EMPLOYEES"));

    dms.modifyReplicationTask(
        r ->
            r.replicationTaskArn(arn)
                .migrationType(MigrationTypeValue.CDC)
                .tableMappings(mappings)
                .replicationTaskIdentifier("Renamed")
                .cdcStartTime(Instant.parse("2026-01-01T12:00:00Z")));

    ReplicationTask modifying = account.taskOf(arn);
    assertThat(modifying.status()).isEqualTo("modifying");
    assertThat(modifying.replicationTaskIdentifier()).isEqualTo("renamed");
    assertThat(modifying.migrationType()).isEqualTo(MigrationTypeValue.CDC);
    assertThat(modifying.tableMappings()).contains("EMPLOYEES");
    assertThat(modifying.cdcStartPosition()).isEqualTo("2026-01-01T12:00:00");
    assertRefused(
        "InvalidResourceStateFault",
        "Replication Task cannot be modified, invalid state",
        () -> dms.modifyReplicationTask(r -> r.replicationTaskArn(arn).taskData("{}")));
    account.pass(Duration.ofSeconds(15));
    assertThat(account.taskOf(arn).status()).isEqualTo("ready");
  }

  @Test
  void wantsMappingsAndMigrationTypeTogether() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);

    assertRefused(
        "InvalidParameterValueException",
        "Invalid task settings JSON",
        () ->
            dms.modifyReplicationTask(
                r -> r.replicationTaskArn(arn).tableMappings(DmsAccount.MAPPINGS)));
    assertRefused(
        "InvalidParameterValueException",
        () ->
            dms.modifyReplicationTask(
                r -> r.replicationTaskArn(arn).migrationType(MigrationTypeValue.CDC)));
    assertThat(account.taskOf(arn).status()).isEqualTo("ready");
  }

  @Test
  void movesToAnotherInstance() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);
    String source = account.taskOf(arn).replicationInstanceArn();
    String target = account.createInstance("roomy");

    dms.moveReplicationTask(r -> r.replicationTaskArn(arn).targetReplicationInstanceArn(target));

    ReplicationTask moving = account.taskOf(arn);
    assertThat(moving.status()).isEqualTo("moving");
    assertThat(moving.replicationInstanceArn()).isEqualTo(source);
    assertThat(moving.targetReplicationInstanceArn()).isEqualTo(target);
    assertRefused(
        "InvalidResourceStateFault",
        () -> dms.deleteReplicationInstance(r -> r.replicationInstanceArn(target)));
    account.pass(Duration.ofMinutes(1));
    ReplicationTask moved = account.taskOf(arn);
    assertThat(moved.status()).isEqualTo("ready");
    assertThat(moved.replicationInstanceArn()).isEqualTo(target);
    assertThat(moved.targetReplicationInstanceArn()).isNull();
    assertRefused(
        "InvalidResourceStateFault",
        () ->
            dms.moveReplicationTask(
                r -> r.replicationTaskArn(arn).targetReplicationInstanceArn(target)));
    dms.deleteReplicationInstance(r -> r.replicationInstanceArn(source));
  }

  @Test
  void doesNotMoveToAnOlderEngine() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);
    String old =
        dms.createReplicationInstance(DmsAccount.instance("old").engineVersion("3.5.3").build())
            .replicationInstance()
            .replicationInstanceArn();
    account.pass(Duration.ofMinutes(10));

    assertRefused(
        "InvalidResourceStateFault",
        "3.5.4",
        () ->
            dms.moveReplicationTask(
                r -> r.replicationTaskArn(arn).targetReplicationInstanceArn(old)));
  }

  @Test
  void goesAway() throws InterruptedException {
    String arn = account.createTask("hr", MigrationTypeValue.FULL_LOAD);

    dms.deleteReplicationTask(r -> r.replicationTaskArn(arn));

    assertThat(account.taskOf(arn).status()).isEqualTo("deleting");
    assertRefused(
        "InvalidResourceStateFault",
        () -> dms.deleteReplicationTask(r -> r.replicationTaskArn(arn)));
    account.pass(Duration.ofSeconds(20));
    assertThat(
            dms.waiter()
                .waitUntilReplicationTaskDeleted(
                    r -> r.filters(filter("replication-task-arn", arn)), o -> o.maxAttempts(1))
                .matched()
                .exception())
        .isPresent();
    assertRefused(
        "ResourceNotFoundFault",
        "No Tasks found matching provided filters",
        () -> account.taskOf(arn));
  }

  @Test
  void isFoundByWhatItConnects() throws InterruptedException {
    ReplicationTask task = account.taskOf(account.createTask("hr", MigrationTypeValue.FULL_LOAD));
    account.createTask("other", MigrationTypeValue.CDC);

    assertThat(found("endpoint-arn", task.sourceEndpointArn())).containsExactly(task);
    assertThat(found("endpoint-arn", task.targetEndpointArn())).containsExactly(task);
    assertThat(found("replication-instance-arn", task.replicationInstanceArn()))
        .containsExactly(task);
    assertThat(found("migration-type", "full-load")).containsExactly(task);
    assertThat(found("migration-type", "full-load", "cdc")).hasSize(2);
  }

  private List<ReplicationTask> found(String name, String... values) {
    return dms.describeReplicationTasks(r -> r.filters(filter(name, values))).replicationTasks();
  }

  @Test
  void leavesOutTheLongDocumentsAndComesInPages() throws InterruptedException {
    CreateReplicationTaskRequest request = account.task("hr", MigrationTypeValue.FULL_LOAD).build();
    IntStream.range(0, 25)
        .forEach(
            n ->
                dms.createReplicationTask(request.copy(r -> r.replicationTaskIdentifier("t" + n))));

    List<ReplicationTask> tasks =
        dms.describeReplicationTasksPaginator(r -> r.maxRecords(20).withoutSettings(true)).stream()
            .flatMap(page -> page.replicationTasks().stream())
            .toList();

    assertThat(tasks).hasSize(25);
    assertThat(tasks).allSatisfy(t -> assertThat(t.replicationTaskSettings()).isNull());
    assertThat(tasks).allSatisfy(t -> assertThat(t.tableMappings()).isNull());
  }
}
