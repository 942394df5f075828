package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.ResourceType.Implied;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DmsInstanceTypeTest {

  private static final String ADDRESS = "dms-instance.main";
  private static final String ARN = DmsAnswers.ARN + "rep:ABC";

  /** As the real service answers. */
  @SuppressWarnings("InlineFormatString") // a document is read more easily by itself
  private static final String INSTANCE =
      """
      {"ReplicationInstanceIdentifier":"hr-main","ReplicationInstanceClass":"dms.c6i.large",
       "ReplicationInstanceStatus":"%s","AllocatedStorage":100,"MultiAZ":false,
       "EngineVersion":"3.5.4","AutoMinorVersionUpgrade":true,"PubliclyAccessible":false,
       "AvailabilityZone":"eu-central-1a","PreferredMaintenanceWindow":"fri:08:20-fri:08:50",
       "KmsKeyId":"arn:aws:kms:eu-central-1:123456789012:key/8b0b","NetworkType":"IPV4",
       "VpcSecurityGroups":[{"VpcSecurityGroupId":"sg-1","Status":"active"},
         {"VpcSecurityGroupId":"sg-0","Status":"removing"}],
       "ReplicationSubnetGroup":{"ReplicationSubnetGroupIdentifier":"hr-main"},
       "ReplicationInstancePrivateIpAddresses":["10.0.0.5"],
       "PendingModifiedValues":{%s},"ReplicationInstanceArn":"%s"}
      """;

  private static final Fields DESIRED =
      Fields.NONE
          .with("replicationInstanceIdentifier", "HR-main")
          .with("replicationInstanceClass", "dms.c6i.large")
          .with("engineVersion", "3.5.3")
          .with("publiclyAccessible", Value.of(false))
          .with("pendingModifiedValues", Value.of(List.of()))
          .with("vpcSecurityGroupIds", Value.of(List.of("sg-1")))
          .with("replicationSubnetGroupIdentifier", "hr-main");

  private final TypeFixture instance = new TypeFixture("dms-instance");

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void createsOnceTheRoleIsVisibleAndWaits() {
    instance
        .aws
        .refuseJson(
            "CreateReplicationInstance",
            "AccessDeniedFault",
            "The IAM Role arn:aws:iam::123456789012:role/dms-vpc-role is not configured properly.")
        .answer("CreateReplicationInstance", "{\"ReplicationInstance\":" + with("creating") + "}")
        .answer("DescribeReplicationInstances", instances(with("creating")))
        .answer("DescribeReplicationInstances", instances(with("modifying")))
        .answer("DescribeReplicationInstances", instances(with("available")))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    TestContext context = TestContext.step(ADDRESS);

    Live live = instance.type.create(DESIRED, context);

    assertThat(instance.aws.lastBody("CreateReplicationInstance"))
        .contains("\"ReplicationInstanceIdentifier\":\"hr-main\"")
        .contains("\"PubliclyAccessible\":false")
        .contains("{\"Key\":\"pgbound:address\",\"Value\":\"dms-instance.main\"}")
        .doesNotContain("MultiAZ", "AutoMinorVersionUpgrade", "Pending");
    assertThat(context.phases()).endsWith("creating", "modifying");
    assertThat(live.health()).isEqualTo(Live.Health.READY);
  }

  @Test
  void givesUpOnARoleThatStaysInvisibleAndSaysWhatItNeeds() {
    instance.aws.refuseJson(
        "CreateReplicationInstance",
        "AccessDeniedFault",
        "The IAM Role arn:aws:iam::123456789012:role/dms-vpc-role is not configured properly.");

    assertThatThrownBy(() -> instance.type.create(DESIRED, TestContext.step(ADDRESS)))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("is not configured properly.")
        .hasMessageContaining("AmazonDMSVPCManagementRole");
    assertThat(instance.aws.operations()).hasSize(Patience.REFUSALS + 1);
  }

  @Test
  void failsInTheServicesWordsWhenTheInstanceFails() {
    instance
        .aws
        .answer("CreateReplicationInstance", "{\"ReplicationInstance\":" + with("creating") + "}")
        .answer("DescribeReplicationInstances", instances(with("incompatible-network")));

    assertThatThrownBy(() -> instance.type.create(DESIRED, TestContext.step(ADDRESS)))
        .hasMessageContaining("incompatible-network: its subnets have no free address");
  }

  @Test
  void readsWhatAPlanCompares() {
    Live live = discover(with("available"));

    assertThat(live.identifier()).isEqualTo("hr-main");
    assertThat(live.attributes().texts("vpcSecurityGroupIds")).containsExactly("sg-1");
    assertThat(live.attributes().text("replicationSubnetGroupIdentifier")).contains("hr-main");
    assertThat(live.attributes().text("resourceIdentifier")).contains("ABC");
    assertThat(live.attributes().text("arn")).contains(ARN);
    assertThat(live.attributes().items("pendingModifiedValues")).isEmpty();
  }

  @Test
  void neverPlansToTakeBackAVersionThatAwsHasRaised() {
    Live live = discover(with("available"));

    assertThat(live.attributes().text("engineVersion")).contains("3.5.3");
    assertThat(live.attributes().text("actualEngineVersion")).contains("3.5.4");
  }

  @Test
  void showsADeclaredChangeThatWaitsForTheWindowAsWaiting() {
    Live live = discover(with("available", "\"ReplicationInstanceClass\":\"dms.r6i.large\""));

    assertThat(live.attributes().text("replicationInstanceClass")).contains("dms.r6i.large");
    assertThat(live.attributes().texts("pendingModifiedValues"))
        .containsExactly("replicationInstanceClass dms.r6i.large");
    assertThat(live.health()).isEqualTo(Live.Health.READY);
  }

  @Test
  void leavesAWaitingChangeOfAnUndeclaredValueAlone() {
    Live live = discover(with("available", "\"MultiAZ\":true"));

    assertThat(live.attributes().flag("multiAZ")).contains(false);
    assertThat(live.attributes().items("pendingModifiedValues")).isEmpty();
  }

  @Test
  void showsAChangeUnderWayAsPending() {
    Live live = discover(with("modifying", "\"ReplicationInstanceClass\":\"dms.r6i.large\""));

    assertThat(live.health().state()).isEqualTo(Live.State.PENDING);
    assertThat(live.attributes().text("replicationInstanceClass")).contains("dms.r6i.large");
    assertThat(live.attributes().items("pendingModifiedValues")).isEmpty();
  }

  @Test
  void changesAtOnceAndWaitsUntilNothingOfItIsPending() {
    String pending = "\"ReplicationInstanceClass\":\"dms.r6i.large\",\"MultiAZ\":true";
    instance
        .aws
        .answer("ModifyReplicationInstance", "{}")
        .answer("DescribeReplicationInstances", instances(with("available", pending)))
        .answer("DescribeReplicationInstances", instances(with("modifying", pending)))
        .answer("DescribeReplicationInstances", instances(with("available", "\"MultiAZ\":true")))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    TestContext context = TestContext.step(ADDRESS);

    instance.type.update(
        prior(),
        DESIRED.with("replicationInstanceClass", "dms.r6i.large"),
        Set.of("replicationInstanceClass"),
        context);

    assertThat(instance.aws.lastBody("ModifyReplicationInstance"))
        .contains("\"ReplicationInstanceClass\":\"dms.r6i.large\"")
        .contains("\"ApplyImmediately\":true")
        .contains("\"ReplicationInstanceArn\":\"" + ARN + "\"")
        .doesNotContain("AllowMajorVersionUpgrade", "VpcSecurityGroupIds", "EngineVersion");
    assertThat(context.phases()).containsExactly("modifying", "modifying");
  }

  @Test
  void allowsTheMajorVersionThatTheFileAsksFor() {
    modified(DESIRED.with("engineVersion", "3.6.0"), "engineVersion");

    assertThat(instance.aws.lastBody("ModifyReplicationInstance"))
        .contains("\"EngineVersion\":\"3.6.0\"", "\"AllowMajorVersionUpgrade\":true");
  }

  @Test
  void makesAWaitingChangeNow() {
    instance
        .aws
        .answer(
            "DescribeReplicationInstances",
            instances(with("available", "\"ReplicationInstanceClass\":\"dms.r6i.large\"")))
        .answer("DescribeReplicationInstances", instances(with("available")));

    modified(DESIRED.with("replicationInstanceClass", "dms.r6i.large"), "pendingModifiedValues");

    assertThat(instance.aws.lastBody("ModifyReplicationInstance"))
        .contains("\"ReplicationInstanceClass\":\"dms.r6i.large\"", "\"ApplyImmediately\":true")
        .doesNotContain("EngineVersion");
  }

  @Test
  void saysWhilePlanningThatStorageDoesNotShrink() {
    assertThat(hindrance(50)).get(STRING).contains("100 GiB and cannot become 50");
    assertThat(hindrance(200)).isEmpty();
    assertThat(instance.aws.operations()).isEmpty();
  }

  private Optional<String> hindrance(int storage) {
    return instance.type.hindrance(
        prior(),
        DESIRED.with("allocatedStorage", Value.of(storage)),
        Set.of("allocatedStorage"),
        TestContext.discovery());
  }

  @Test
  void growsStorageOutOfAFullInstance() {
    instance
        .aws
        .answer("DescribeReplicationInstances", instances(with("storage-full")))
        .answer("DescribeReplicationInstances", instances(with("available")));

    modified(DESIRED.with("allocatedStorage", Value.of(200)), "allocatedStorage");

    assertThat(instance.aws.lastBody("ModifyReplicationInstance"))
        .contains("\"AllocatedStorage\":200");
  }

  @Test
  void saysWhatHelpsAnInstanceThatIsFull() {
    instance.aws.answer("DescribeReplicationInstances", instances(with("storage-full")));

    assertThatThrownBy(
            () -> instance.type.update(prior(), DESIRED, Set.of(), TestContext.step(ADDRESS)))
        .hasMessageContaining("storage-full: it has no storage left; declare a larger");
  }

  @Test
  void deletesOnceItsTasksAreGoneAndWaits() {
    instance
        .aws
        .refuseJson("DeleteReplicationInstance", "InvalidResourceStateFault", "has tasks")
        .answer("DeleteReplicationInstance", "{}")
        .answer("DescribeReplicationTasks", DmsAnswers.page("ReplicationTasks", task("deleting")))
        .answer("DescribeReplicationInstances", instances(with("available")))
        .answer("DescribeReplicationInstances", instances(with("deleting")))
        .refuseJson("DescribeReplicationInstances", "ResourceNotFoundFault", "gone")
        .answer("DeleteLogGroup", "{}");

    delete();

    assertThat(instance.aws.operations())
        .filteredOn("DeleteReplicationInstance"::equals)
        .hasSize(2);
    assertThat(instance.aws.operations()).endsWith("DeleteLogGroup");
  }

  @Test
  void doesNotWaitForTasksThatStay() {
    instance
        .aws
        .refuseJson("DeleteReplicationInstance", "InvalidResourceStateFault", "has tasks")
        .answer("DescribeReplicationInstances", instances(with("available")))
        .answer("DescribeReplicationTasks", DmsAnswers.page("ReplicationTasks", task("running")));

    assertThatThrownBy(this::delete).hasMessageContaining("has tasks");
  }

  @Test
  void comesAfterTheRolesThatDmsLooksForByName() {
    Declared own = new Declared(new Address("dms-instance", "main"), DESIRED);
    List<Declared> all =
        List.of(
            own,
            role("dms-vpc-role", "dms-vpc-role"),
            role("logs", "dms-cloudwatch-logs-role"),
            role("secrets", "hr-secrets"));

    assertThat(instance.type.implied(own, all))
        .extracting(Implied::dependency)
        .containsExactly(new Address("iam-role", "dms-vpc-role"), new Address("iam-role", "logs"));
  }

  @Test
  void warnsOfEveryChangeThatTasksNotice() {
    assertThat(impact("replicationInstanceClass")).isEqualTo(Impact.STOPS_REPLICATION);
    assertThat(impact("engineVersion")).isEqualTo(Impact.STOPS_REPLICATION);
    assertThat(impact("pendingModifiedValues")).isEqualTo(Impact.STOPS_REPLICATION);
    assertThat(impact("allocatedStorage")).isEqualTo(Impact.INTERRUPTS);
    assertThat(impact("multiAZ")).isEqualTo(Impact.INTERRUPTS);
    assertThat(impact("preferredMaintenanceWindow")).isEqualTo(Impact.NONE);
    assertThat(impact("publiclyAccessible")).isEqualTo(Impact.STOPS_REPLICATION);
  }

  @Test
  void isPrivateUnlessDeclaredOtherwise() {
    assertThat(instance.type.schema().attribute("publiclyAccessible").orElseThrow().defaultValue())
        .contains(Value.of(false));
    assertThat(
            FoundProblems.in(
                    instance.type,
                    DESIRED
                        .with("publiclyAccessible", Value.of(true))
                        .with("multiAZ", Value.of(true))
                        .with("availabilityZone", "eu-central-1a")
                        .with("kmsKeyId", "arn:aws:kms:eu-central-1:1:alias/dms"))
                .found())
        .containsExactly(
            "ERROR availabilityZone DMS-341",
            "WARNING publiclyAccessible DMS-342",
            "WARNING replicationInstanceClass DMS-343",
            "ERROR kmsKeyId DMS-313");
  }

  private Live discover(String answer) {
    instance
        .aws
        .answer("GetResources", DmsAnswers.emptyIndex())
        .answer("DescribeReplicationInstances", instances(answer))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    List<Live> found =
        instance.type.discover(TypeFixture.plan(ADDRESS, DESIRED), TestContext.discovery());
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private void modified(Fields desired, String changed) {
    instance
        .aws
        .answer("ModifyReplicationInstance", "{}")
        .answer("DescribeReplicationInstances", instances(with("available")))
        .answer("AddTagsToResource", "{}")
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    instance.type.update(prior(), desired, Set.of(changed), TestContext.step(ADDRESS));
  }

  private void delete() {
    instance.type.delete(prior(), Optional.empty(), TestContext.step(ADDRESS));
  }

  private static Live prior() {
    Fields attributes = DESIRED.with("arn", ARN).with("allocatedStorage", Value.of(100));
    return new Live("hr-main", attributes, Map.of(), Live.Health.READY);
  }

  private Impact impact(String attribute) {
    return instance.type.schema().attribute(attribute).orElseThrow().impact().orElseThrow();
  }

  private static Declared role(String name, String roleName) {
    return new Declared(new Address("iam-role", name), Fields.NONE.with("roleName", roleName));
  }

  private static String task(String status) {
    return DmsAnswers.task(status);
  }

  private static String with(String status) {
    return with(status, "");
  }

  private static String with(String status, String pending) {
    return String.format(Locale.ROOT, INSTANCE, status, pending, ARN);
  }

  private static String instances(String instance) {
    return DmsAnswers.page("ReplicationInstances", instance);
  }
}
