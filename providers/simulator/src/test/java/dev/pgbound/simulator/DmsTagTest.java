package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;
import software.amazon.awssdk.services.sns.SnsClient;

class DmsTagTest {

  private final DmsAccount account = new DmsAccount(SimulatedAws.inMemory());
  private final DatabaseMigrationClient dms = account.dms();

  @BeforeEach
  void createSubnetGroup() throws InterruptedException {
    account.createSubnetGroup();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private List<Tag> tagsOf(String arn) {
    return dms.listTagsForResource(r -> r.resourceArn(arn)).tagList();
  }

  @Test
  void belongToObjectsOfEveryType() throws InterruptedException {
    ReplicationTask task = account.taskOf(account.createTask("hr", MigrationTypeValue.CDC));
    SnsClient sns = Clients.client(SnsClient.builder(), account.aws());
    String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
    dms.createEventSubscription(r -> r.subscriptionName("failures").snsTopicArn(topic));
    List<String> arns =
        List.of(
            task.replicationTaskArn(),
            task.replicationInstanceArn(),
            task.sourceEndpointArn(),
            "arn:aws:dms:us-east-1:123456789012:subgrp:private",
            "arn:aws:dms:us-east-1:123456789012:es:failures");

    for (String arn : arns) {
      assertThat(tagsOf(arn)).isEmpty();
      dms.addTagsToResource(
          r -> r.resourceArn(arn).tags(tag("b", "1"), tag("a", "1"), tag("c", "")));
      dms.addTagsToResource(r -> r.resourceArn(arn).tags(tag("b", "2")));
      dms.removeTagsFromResource(r -> r.resourceArn(arn).tagKeys("c", "none"));
      assertThat(tagsOf(arn)).containsExactly(tag("a", "1"), tag("b", "2"));
    }
    assertThat(
            Clients.client(ResourceGroupsTaggingApiClient.builder(), account.aws())
                .getResources(r -> r.tagFilters(TagFilter.builder().key("b").values("2").build()))
                .resourceTagMappingList())
        .hasSize(arns.size());
  }

  @Test
  void sayWhoseTheyAreWhenSeveralAreAskedFor() {
    String first = createTagged("first");
    String second = createTagged("second");

    assertThat(dms.listTagsForResource(r -> r.resourceArnList(first, second)).tagList())
        .containsExactly(
            tag("name", "first").copy(t -> t.resourceArn(first)),
            tag("name", "second").copy(t -> t.resourceArn(second)));
  }

  private String createTagged(String identifier) {
    return dms.createReplicationInstance(
            DmsAccount.instance(identifier).tags(tag("name", identifier)).build())
        .replicationInstance()
        .replicationInstanceArn();
  }

  @Test
  void areRefusedForUnknownObjectsAndReservedKeys() {
    String arn = createTagged("worker");

    assertRefused("ResourceNotFoundFault", () -> tagsOf(arn + "X"));
    assertRefused("InvalidParameterValueException", () -> dms.listTagsForResource(r -> {}));
    assertRefused(
        "InvalidParameterValueException",
        () -> dms.addTagsToResource(r -> r.resourceArn(arn).tags(tag("aws:owner", "me"))));
    assertThat(tagsOf(arn)).containsExactly(tag("name", "worker"));
  }
}
