package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DmsSubnetGroupTypeTest {

  private static final String ARN = "arn:aws:dms:eu-central-1:123456789012:subgrp:hr-main";
  private static final String GROUP =
      """
      {"ReplicationSubnetGroupIdentifier":"%s","ReplicationSubnetGroupDescription":"for hr",
       "VpcId":"vpc-1","SubnetGroupStatus":"Complete",
       "Subnets":[{"SubnetIdentifier":"subnet-b","SubnetStatus":"Active"},
                  {"SubnetIdentifier":"subnet-a","SubnetStatus":"Active"}]}
      """;
  private static final Fields DESIRED =
      Fields.NONE
          .with("replicationSubnetGroupIdentifier", "HR-main")
          .with("replicationSubnetGroupDescription", "for hr")
          .with("subnetIds", Value.of(List.of("subnet-a", "subnet-b")));

  private final TypeFixture group = new TypeFixture("dms-subnet-group");

  @AfterEach
  void stop() {
    group.close();
  }

  @Test
  void createsOnceTheRoleIsVisible() {
    group
        .aws
        .refuseJson(
            "CreateReplicationSubnetGroup",
            "AccessDeniedFault",
            "The IAM Role arn:aws:iam::123456789012:role/dms-vpc-role is not configured properly.")
        .answer("CreateReplicationSubnetGroup", created())
        .answer("DescribeReplicationSubnetGroups", groups("hr-main"))
        .answer("ListTagsForResource", tags("vpc.x"));

    Live live = group.type.create(DESIRED, TestContext.step("dms-subnet-group.main"));

    assertThat(group.aws.lastBody("CreateReplicationSubnetGroup"))
        .contains("{\"Key\":\"pgbound:address\",\"Value\":\"dms-subnet-group.main\"}");
    assertThat(live.identifier()).isEqualTo("hr-main");
    assertThat(live.attributes().texts("subnetIds")).containsExactly("subnet-b", "subnet-a");
    assertThat(live.attributes().text("arn")).contains(ARN);
  }

  @Test
  void doesNotRepeatARefusalForGood() {
    group.aws.refuseJson(
        "CreateReplicationSubnetGroup",
        "ReplicationSubnetGroupDoesNotCoverEnoughAZs",
        "needs two zones");

    assertThatThrownBy(() -> group.type.create(DESIRED, TestContext.step("dms-subnet-group.main")))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("needs two zones");
    assertThat(group.aws.operations()).containsExactly("CreateReplicationSubnetGroup");
  }

  @Test
  void takesTagsOfOwnedObjectsFromTheIndex() {
    group
        .aws
        .answer("GetResources", index(ARN))
        .answer("DescribeReplicationSubnetGroups", groups("hr-main", "other"));

    List<Live> found =
        group.type.discover(
            TypeFixture.plan("dms-subnet-group.main", DESIRED), TestContext.discovery());

    assertThat(found).extracting(Live::identifier).containsExactly("hr-main", "other");
    assertThat(found.get(0).isOwnedBy("hr")).isTrue();
    assertThat(found.get(1).tags()).isEmpty();
    assertThat(group.aws.operations())
        .containsExactly("GetResources", "DescribeReplicationSubnetGroups");
  }

  @Test
  void asksTheServiceForTagsThatTheIndexDoesNotKnowYet() {
    group
        .aws
        .answer("GetResources", "{\"ResourceTagMappingList\":[]}")
        .answer("DescribeReplicationSubnetGroups", groups("hr-main", "other"))
        .answer("ListTagsForResource", tags("dms-subnet-group.main"));

    List<Live> found =
        group.type.discover(
            TypeFixture.plan("dms-subnet-group.main", DESIRED), TestContext.discovery());

    assertThat(found.get(0).address()).hasToString("Optional[dms-subnet-group.main]");
    assertThat(group.aws.lastBody("ListTagsForResource")).contains(ARN).doesNotContain("other");
  }

  @Test
  void findsOrphansByTheIndex() {
    group
        .aws
        .answer("GetResources", index(ARN))
        .answer("DescribeReplicationSubnetGroups", groups("hr-main", "other"));

    assertThat(group.type.discover(TypeFixture.planWithout(), TestContext.discovery()))
        .filteredOn(live -> live.isOwnedBy("hr"))
        .extracting(Live::identifier)
        .containsExactly("hr-main");
    assertThat(group.aws.operations())
        .containsExactly("GetResources", "DescribeReplicationSubnetGroups");
  }

  @Test
  void takesARefusedFilterForAbsence() {
    group.aws.refuseJson(
        "DescribeReplicationSubnetGroups", "ResourceNotFoundFault", "No group found");

    assertThat(
            group.type.discover(
                TypeFixture.object("dms-subnet-group.main", DESIRED), TestContext.discovery()))
        .isEmpty();
  }

  @Test
  void sendsAllSubnetsWithEveryChange() {
    group
        .aws
        .answer("ModifyReplicationSubnetGroup", created())
        .answer("AddTagsToResource", "{}")
        .answer("DescribeReplicationSubnetGroups", groups("hr-main"))
        .answer("ListTagsForResource", tags("dms-subnet-group.main"));
    Live prior = new Live("hr-main", DESIRED, Map.of(), Live.Health.READY);

    group.type.update(
        prior,
        DESIRED,
        Set.of("replicationSubnetGroupDescription"),
        TestContext.step("dms-subnet-group.main"));

    assertThat(group.aws.lastBody("ModifyReplicationSubnetGroup"))
        .contains("\"SubnetIds\":[\"subnet-a\",\"subnet-b\"]");
  }

  @Test
  void waitsWithTheDeletionForAnInstanceThatIsBeingDeleted() {
    group
        .aws
        .refuseJson("DeleteReplicationSubnetGroup", "InvalidResourceStateFault", "in use")
        .answer("DeleteReplicationSubnetGroup", "{}")
        .answer("DescribeReplicationInstances", instances("deleting"));

    delete();

    assertThat(group.aws.operations())
        .containsExactly(
            "DeleteReplicationSubnetGroup",
            "DescribeReplicationInstances",
            "DeleteReplicationSubnetGroup");
  }

  @Test
  void doesNotWaitForAnInstanceThatStays() {
    group
        .aws
        .refuseJson("DeleteReplicationSubnetGroup", "InvalidResourceStateFault", "in use")
        .answer("DescribeReplicationInstances", instances("available"));

    assertThatThrownBy(this::delete).hasMessageContaining("in use");
  }

  private void delete() {
    group.type.delete(
        new Live("hr-main", DESIRED, Map.of(), Live.Health.READY),
        Optional.empty(),
        TestContext.step("dms-subnet-group.main"));
  }

  private static String created() {
    return "{\"ReplicationSubnetGroup\":" + String.format(Locale.ROOT, GROUP, "hr-main") + "}";
  }

  private static String groups(String... names) {
    List<String> groups = List.of(names).stream().map(GROUP::formatted).toList();
    return "{\"ReplicationSubnetGroups\":" + groups + "}";
  }

  private static String index(String arn) {
    return String.format(
        Locale.ROOT,
        """
        {"ResourceTagMappingList":[
          {"ResourceARN":"%s","Tags":[{"Key":"pgbound:migration","Value":"hr"}]},
          {"ResourceARN":"arn:aws:rds:eu-central-1:123456789012:cluster:hr","Tags":[]}]}
        """,
        arn);
  }

  private static String tags(String address) {
    return String.format(
        Locale.ROOT,
        """
        {"TagList":[{"Key":"pgbound:address","Value":"%s","ResourceArn":"%s"}]}
        """,
        address,
        ARN);
  }

  private static String instances(String status) {
    return String.format(
        Locale.ROOT,
        """
        {"ReplicationInstances":[{"ReplicationInstanceStatus":"%s",
          "ReplicationSubnetGroup":{"ReplicationSubnetGroupIdentifier":"hr-main"}}]}
        """,
        status);
  }
}
