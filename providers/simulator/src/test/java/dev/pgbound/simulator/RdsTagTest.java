package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;

class RdsTagTest {

  private static final Tag A = tag("a", "1");
  private static final Tag B = tag("b", "2");

  private final RdsAccount account = new RdsAccount();
  private final RdsClient rds = account.rds;

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void tagsEverythingByItsArn() {
    for (String arn : arns()) {
      rds.addTagsToResource(r -> r.resourceName(arn).tags(A, tag("b", "old")));
      rds.addTagsToResource(r -> r.resourceName(arn).tags(B));
      assertThat(tags(arn)).as(arn).containsExactly(A, B);

      rds.removeTagsFromResource(r -> r.resourceName(arn).tagKeys("a", "never"));
      assertThat(tags(arn)).as(arn).containsExactly(B);
    }
    assertThat(account.cluster("db").tagList()).containsExactly(B);
    assertThat(account.instance("db-1").tagList()).containsExactly(B);
  }

  private List<String> arns() {
    String cluster = account.cluster("db", r -> {}).dbClusterArn();
    String instance = account.createInstance("db", "db-1").dbInstanceArn();
    String group =
        rds.createDBClusterParameterGroup(
                r ->
                    r.dbClusterParameterGroupName("group")
                        .dbParameterGroupFamily("aurora-postgresql16")
                        .description("Text"))
            .dbClusterParameterGroup()
            .dbClusterParameterGroupArn();
    String snapshot =
        rds.createDBClusterSnapshot(
                r -> r.dbClusterIdentifier("db").dbClusterSnapshotIdentifier("one"))
            .dbClusterSnapshot()
            .dbClusterSnapshotArn();
    return List.of(
        cluster, instance, group, snapshot, "arn:aws:rds:us-east-1:123456789012:subgrp:hr");
  }

  private List<Tag> tags(String arn) {
    return rds.listTagsForResource(r -> r.resourceName(arn)).tagList();
  }

  @Test
  void knowsNoTagsOfDefaultGroups() {
    assertThat(tags("arn:aws:rds:us-east-1:123456789012:cluster-pg:default.aurora-postgresql16"))
        .isEmpty();
  }

  @Test
  void refusesWhatIsNotThereInTheWordsOfItsType() {
    assertRefused("DBClusterNotFoundFault", () -> tags(arn("cluster:nobody")));
    assertRefused("DBInstanceNotFound", () -> tags(arn("db:nobody")));
    assertRefused("DBSubnetGroupNotFoundFault", () -> tags(arn("subgrp:nobody")));
    assertRefused("DBParameterGroupNotFound", () -> tags(arn("cluster-pg:nobody")));
    assertRefused("InvalidParameterValue", () -> tags("nobody"));
  }

  @Test
  void refusesTagsOfAws() {
    assertRefused(
        "InvalidParameterValue",
        () -> rds.addTagsToResource(r -> r.resourceName(arn("subgrp:hr")).tags(tag("aws:x", ""))));
  }

  private static String arn(String resource) {
    return "arn:aws:rds:us-east-1:123456789012:" + resource;
  }
}
