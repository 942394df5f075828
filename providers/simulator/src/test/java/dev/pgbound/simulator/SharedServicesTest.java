package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.service.kms.Keys;
import dev.pgbound.simulator.service.logs.LogGroups;
import dev.pgbound.simulator.service.sns.Sns;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;

/** What services ask of each other. */
class SharedServicesTest {

  private static final TagFilter TEAM = TagFilter.builder().key("team").values("hr").build();

  private final World world = new World(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

  @Test
  void createsALogGroupForAServiceOnce() {
    new LogGroups(world).ensure("dms-tasks-hr");
    new LogGroups(world).ensure("dms-tasks-hr");

    assertThat(new LogGroups(world).find("dms-tasks-hr")).isPresent();
    assertThat(world.visible()).hasSize(1);
  }

  @Test
  void saysWhoMayPublishToATopic() {
    Sns sns = new Sns(world);
    SdkPojo created =
        sns.operations()
            .find("CreateTopic")
            .orElseThrow()
            .answer()
            .apply(CreateTopicRequest.builder().name("alerts").build());

    assertThat(created).isInstanceOf(CreateTopicResponse.class);
    assertThat(sns.policy("arn:aws:sns:us-east-1:123456789012:alerts"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("SNS:Publish"));
    assertThat(sns.policy("arn:aws:sns:us-east-1:123456789012:others")).isEmpty();
    assertThat(sns.policy("alerts")).isEmpty();
  }

  @Test
  void givesEachServiceAndRegionItsOwnManagedKey() {
    String key = new Keys(world).managed("rds");
    assertThat(key).startsWith("arn:aws:kms:us-east-1:123456789012:key/");
    assertThat(new Keys(world).managed("rds")).isEqualTo(key);
    assertThat(new Keys(world).arn(key)).isEqualTo(key);
    assertThat(new Keys(world).managed("dms")).isNotEqualTo(key);
    assertThatThrownBy(() -> new Keys(world).managed("pigeons")).isInstanceOf(Fault.class);

    world.begin("eu-west-1");

    assertThat(new Keys(world).managed("rds")).startsWith("arn:aws:kms:eu-west-1:");
    assertThatThrownBy(() -> new Keys(world).arn(key)).isInstanceOf(Fault.class);
  }

  @Test
  void findsTheTaggedObjectsOfEveryService(@TempDir Path folder) throws Exception {
    Path seed = folder.resolve("seed.yaml");
    Files.writeString(
        seed,
        """
        - secretsmanager.CreateSecret: {name: hr, tags: [&tag {key: team, value: hr}]}
        - sns.CreateTopic: {name: hr, tags: [*tag]}
        - ssm.PutParameter: {name: hr, type: String, value: x, tags: [*tag]}
        - logs.CreateLogGroup: {logGroupName: hr, tags: {team: hr}}
        - kms.CreateKey: {tags: [{tagKey: team, tagValue: hr}]}
        - sns.CreateTopic: {name: untagged}
        - cloudwatch.PutMetricAlarm:
            alarmName: hr
            namespace: AWS/DMS
            metricName: CDCLatencyTarget
            statistic: Maximum
            period: 60
            evaluationPeriods: 1
            threshold: 1
            comparisonOperator: GreaterThanThreshold
            tags: [*tag]
        """);
    try (SimulatedAws aws = SimulatedAws.inMemory()) {
      aws.fill(seed);

      assertThat(
              Clients.client(ResourceGroupsTaggingApiClient.builder(), aws)
                  .getResources(r -> r.tagFilters(TEAM))
                  .resourceTagMappingList())
          .extracting(ResourceTagMapping::resourceARN)
          .extracting(arn -> arn.split(":", -1)[2])
          .containsExactlyInAnyOrder("cloudwatch", "kms", "logs", "secretsmanager", "sns", "ssm");
    }
  }
}
