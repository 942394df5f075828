package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbParameterGroupStateException;
import software.amazon.awssdk.services.rds.model.Parameter;

class RdsParameterGroupTest {

  private static final String GROUP = "hr-cluster";

  private final RdsAccount account = new RdsAccount();
  private final RdsClient rds = account.rds;

  @BeforeEach
  void createGroup() {
    create("HR-Cluster", "aurora-postgresql16");
  }

  private DBClusterParameterGroup create(String name, String family) {
    return rds.createDBClusterParameterGroup(
            r ->
                r.dbClusterParameterGroupName(name)
                    .dbParameterGroupFamily(family)
                    .description("Text"))
        .dbClusterParameterGroup();
  }

  private Map<String, Parameter> parameters(String group, @Nullable String source) {
    return rds
        .describeDBClusterParametersPaginator(
            r -> r.dbClusterParameterGroupName(group).source(source))
        .parameters()
        .stream()
        .collect(Collectors.toMap(Parameter::parameterName, p -> p));
  }

  private static Parameter get(Map<String, Parameter> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private void modify(Parameter... parameters) {
    rds.modifyDBClusterParameterGroup(
        r -> r.dbClusterParameterGroupName(GROUP).parameters(parameters));
  }

  private static Parameter parameter(String name, String value, @Nullable ApplyMethod method) {
    return Parameter.builder()
        .parameterName(name)
        .parameterValue(value)
        .applyMethod(method)
        .build();
  }

  @Test
  void keepsTheNameInLowerCase() {
    DBClusterParameterGroup group =
        rds.describeDBClusterParameterGroups(r -> r.dbClusterParameterGroupName("HR-cluster"))
            .dbClusterParameterGroups()
            .get(0);

    assertThat(group.dbClusterParameterGroupName()).isEqualTo(GROUP);
    assertThat(group.dbParameterGroupFamily()).isEqualTo("aurora-postgresql16");
    assertThat(group.dbClusterParameterGroupArn())
        .isEqualTo("arn:aws:rds:us-east-1:123456789012:cluster-pg:hr-cluster");
  }

  @Test
  void hasADefaultGroupForEachFamily() {
    assertThat(rds.describeDBClusterParameterGroups().dbClusterParameterGroups())
        .extracting(DBClusterParameterGroup::dbClusterParameterGroupName)
        .containsExactly(
            "default.aurora-postgresql13",
            "default.aurora-postgresql14",
            "default.aurora-postgresql15",
            "default.aurora-postgresql16",
            "default.aurora-postgresql17",
            GROUP);
  }

  @Test
  void knowsTheParametersOfEachVersion() {
    Map<String, Parameter> of16 = parameters("default.aurora-postgresql16", null);
    Map<String, Parameter> of17 = parameters("default.aurora-postgresql17", null);

    assertThat(of16).hasSizeGreaterThan(200);
    Parameter replication = get(of16, "rds.logical_replication");
    assertThat(replication.parameterValue()).isEqualTo("0");
    assertThat(replication.source()).isEqualTo("system");
    assertThat(replication.applyType()).isEqualTo("static");
    assertThat(replication.dataType()).isEqualTo("boolean");
    assertThat(replication.allowedValues()).isEqualTo("0,1");
    assertThat(replication.isModifiable()).isTrue();
    assertThat(get(of16, "work_mem").parameterValue()).isNull();
    assertThat(get(of16, "work_mem").source()).isEqualTo("engine-default");
    assertThat(get(of16, "server_version").isModifiable()).isFalse();
    assertThat(get(of16, "rds.force_ssl").parameterValue()).isEqualTo("0");
    assertThat(get(of17, "rds.force_ssl").parameterValue()).isEqualTo("1");
    assertThat(of16).containsKey("old_snapshot_threshold");
    assertThat(of17).doesNotContainKey("old_snapshot_threshold");
  }

  @Test
  void pagesThroughParameters() {
    var first = rds.describeDBClusterParameters(r -> r.dbClusterParameterGroupName(GROUP));

    assertThat(first.parameters()).hasSize(100);
    assertThat(first.marker()).isNotNull();
  }

  @Test
  void tellsWhatAUserHasSet() {
    modify(
        parameter("rds.logical_replication", "1", ApplyMethod.PENDING_REBOOT),
        parameter("Work_Mem", "65536", ApplyMethod.IMMEDIATE),
        parameter(
            "max_connections",
            "LEAST({DBInstanceClassMemory/9531392},2000)",
            ApplyMethod.PENDING_REBOOT));

    Map<String, Parameter> set = parameters(GROUP, "user");
    assertThat(set).containsOnlyKeys("max_connections", "rds.logical_replication", "work_mem");
    assertThat(get(set, "work_mem").parameterValue()).isEqualTo("65536");
    assertThat(get(set, "work_mem").applyMethod()).isEqualTo(ApplyMethod.IMMEDIATE);
    assertThat(get(set, "work_mem").source()).isEqualTo("user");
    assertThat(parameters("default.aurora-postgresql16", "user")).isEmpty();
  }

  @Test
  void takesBackWhatAUserHasSet() {
    modify(
        parameter("work_mem", "65536", ApplyMethod.IMMEDIATE),
        parameter("rds.logical_replication", "1", ApplyMethod.PENDING_REBOOT),
        parameter("log_statement", "ddl", ApplyMethod.IMMEDIATE));

    rds.resetDBClusterParameterGroup(
        r ->
            r.dbClusterParameterGroupName(GROUP)
                .parameters(
                    Parameter.builder()
                        .parameterName("work_mem")
                        .applyMethod(ApplyMethod.IMMEDIATE)
                        .build()));
    assertThat(parameters(GROUP, "user"))
        .containsOnlyKeys("rds.logical_replication", "log_statement");
    assertThat(get(parameters(GROUP, null), "work_mem").parameterValue()).isNull();

    rds.resetDBClusterParameterGroup(
        r -> r.dbClusterParameterGroupName(GROUP).resetAllParameters(true));
    assertThat(parameters(GROUP, "user")).isEmpty();
  }

  @Test
  void refusesToApplyAStaticParameterAtOnce() {
    assertThatThrownBy(
            () -> modify(parameter("rds.logical_replication", "1", ApplyMethod.IMMEDIATE)))
        .hasMessageContaining("cannot use immediate apply method for static parameter");
    assertRefused(
        "InvalidParameterCombination",
        () -> modify(parameter("rds.logical_replication", "1", ApplyMethod.IMMEDIATE)));
  }

  @Test
  void refusesValuesThatAParameterCannotHave() {
    for (Parameter wrong :
        List.of(
            parameter("rds.logical_replication", "yes", ApplyMethod.PENDING_REBOOT),
            parameter("max_connections", "5", ApplyMethod.PENDING_REBOOT),
            parameter("max_connections", "many", ApplyMethod.PENDING_REBOOT),
            parameter("log_statement", "some", ApplyMethod.IMMEDIATE),
            parameter("shared_preload_libraries", "pg_cron,mine", ApplyMethod.PENDING_REBOOT),
            parameter("random_page_cost", "-1", ApplyMethod.IMMEDIATE),
            parameter("nothing", "1", ApplyMethod.IMMEDIATE),
            parameter("server_version", "17", ApplyMethod.PENDING_REBOOT),
            parameter("work_mem", "65536", null))) {
      assertRefused("InvalidParameterValue", () -> modify(wrong));
    }
    modify(
        parameter("shared_preload_libraries", "pg_cron, pgaudit", ApplyMethod.PENDING_REBOOT),
        parameter("log_min_duration_statement", "-1", ApplyMethod.IMMEDIATE));
    assertThat(parameters(GROUP, "user")).hasSize(2);
  }

  @Test
  void changesAllParametersOfACallOrNone() {
    assertRefused(
        "InvalidParameterValue",
        () ->
            modify(
                parameter("work_mem", "65536", ApplyMethod.IMMEDIATE),
                parameter("log_statement", "some", ApplyMethod.IMMEDIATE)));

    assertThat(parameters(GROUP, "user")).isEmpty();
  }

  @Test
  void refusesMoreThanTwentyParametersInACall() {
    Parameter[] many =
        parameters(GROUP, null).values().stream()
            .filter(p -> p.isModifiable() && p.dataType().equals("boolean"))
            .sorted((one, other) -> one.parameterName().compareTo(other.parameterName()))
            .map(p -> parameter(p.parameterName(), "1", ApplyMethod.PENDING_REBOOT))
            .limit(21)
            .toArray(Parameter[]::new);
    assertThat(many).hasSize(21);

    assertThatThrownBy(() -> modify(many)).hasMessageContaining("maximum of 20");
    modify(IntStream.range(0, 20).mapToObj(i -> many[i]).toArray(Parameter[]::new));
    assertThat(parameters(GROUP, "user")).hasSize(20);
  }

  @Test
  void leavesDefaultGroupsAsTheyAre() {
    Consumer<String> modify =
        group ->
            rds.modifyDBClusterParameterGroup(
                r ->
                    r.dbClusterParameterGroupName(group)
                        .parameters(parameter("work_mem", "65536", ApplyMethod.IMMEDIATE)));

    assertThatThrownBy(() -> modify.accept("default.aurora-postgresql16"))
        .hasMessageContaining("Cannot modify a default parameter group.");
    assertRefused(
        "InvalidParameterValue",
        () ->
            rds.deleteDBClusterParameterGroup(
                r -> r.dbClusterParameterGroupName("default.aurora-postgresql16")));
  }

  @Test
  void refusesGroupsThatCannotBe() {
    assertRefused("DBParameterGroupAlreadyExists", () -> create(GROUP, "aurora-postgresql16"));
    assertThatThrownBy(() -> create("other", "aurora-postgresql99"))
        .hasMessageContaining("aurora-postgresql99 is not a valid parameter group family");
    assertThatThrownBy(() -> create("a--b", "aurora-postgresql16"))
        .hasMessageContaining("is not a valid identifier");
    assertThatThrownBy(() -> parameters("nobody", null))
        .isInstanceOf(DbParameterGroupNotFoundException.class);
  }

  @Test
  void deletesAGroupThatNoClusterUses() {
    modify(parameter("work_mem", "65536", ApplyMethod.IMMEDIATE));
    account.cluster("db", r -> r.dbClusterParameterGroupName(GROUP));
    assertThatThrownBy(
            () -> rds.deleteDBClusterParameterGroup(r -> r.dbClusterParameterGroupName(GROUP)))
        .isInstanceOf(InvalidDbParameterGroupStateException.class);
    rds.deleteDBCluster(r -> r.dbClusterIdentifier("db").skipFinalSnapshot(true));
    account.pass(Duration.ofMinutes(10));

    rds.deleteDBClusterParameterGroup(r -> r.dbClusterParameterGroupName(GROUP));

    create(GROUP, "aurora-postgresql16");
    assertThat(parameters(GROUP, "user")).isEmpty();
  }

  @Test
  void tellsWhichInstancesHaveToBeRebooted() {
    account.cluster("db", r -> r.dbClusterParameterGroupName(GROUP));
    account.instance("db", "db-1", r -> {});
    assertThat(memberStatus()).isEqualTo("in-sync");

    modify(parameter("work_mem", "65536", ApplyMethod.IMMEDIATE));
    assertThat(memberStatus()).isEqualTo("in-sync");
    modify(parameter("rds.logical_replication", "1", ApplyMethod.PENDING_REBOOT));
    assertThat(memberStatus()).isEqualTo("pending-reboot");
    rds.rebootDBInstance(r -> r.dbInstanceIdentifier("db-1"));

    assertThat(account.watchInstance("db-1")).containsExactly("rebooting", "available");
    assertThat(memberStatus()).isEqualTo("in-sync");
  }

  private String memberStatus() {
    return account.cluster("db").dbClusterMembers().get(0).dbClusterParameterGroupStatus();
  }
}
