package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;

class LogsTest {

  private static final String ARN = "arn:aws:logs:us-east-1:123456789012:log-group:dms-tasks-hr";
  private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/1";
  private static final String MISSING = "The specified log group does not exist.";

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final CloudWatchLogsClient logs = Clients.client(CloudWatchLogsClient.builder(), aws);

  @Test
  void createsALogGroupOnce() {
    logs.createLogGroup(r -> r.logGroupName("dms-tasks-hr"));

    LogGroup group = group("dms-tasks-hr");
    assertThat(group.logGroupArn()).isEqualTo(ARN);
    assertThat(group.arn()).isEqualTo(ARN + ":*");
    assertThat(group.creationTime()).isEqualTo(aws.timeline().now().toEpochMilli());
    assertThat(group.retentionInDays()).isNull();
    assertThat(group.kmsKeyId()).isNull();
    assertThat(group.logGroupClass()).isEqualTo(LogGroupClass.STANDARD);
    assertThat(group.storedBytes()).isZero();
    assertThat(group.metricFilterCount()).isZero();
    assertThat(group.deletionProtectionEnabled()).isFalse();
    assertRefused(
        "ResourceAlreadyExistsException",
        "The specified log group already exists",
        () -> logs.createLogGroup(r -> r.logGroupName("dms-tasks-hr")));
  }

  @Test
  void setsAndDropsRetention() {
    logs.createLogGroup(r -> r.logGroupName("hr"));
    logs.putRetentionPolicy(r -> r.logGroupName("hr").retentionInDays(14));
    assertThat(group("hr").retentionInDays()).isEqualTo(14);
    assertRefused(
        "InvalidParameterException",
        "Value '15' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum"
            + " value set: [1, 3, 5,",
        () -> logs.putRetentionPolicy(r -> r.logGroupName("hr").retentionInDays(15)));

    logs.deleteRetentionPolicy(r -> r.logGroupName("hr"));

    assertThat(group("hr").retentionInDays()).isNull();
  }

  @Test
  void keepsTheRetentionOfADeliveryClassGroup() {
    logs.createLogGroup(r -> r.logGroupName("hr").logGroupClass(LogGroupClass.DELIVERY));
    logs.putRetentionPolicy(r -> r.logGroupName("hr").retentionInDays(14));

    assertThat(group("hr").retentionInDays()).isEqualTo(2);
    assertThat(logs.describeLogGroups(r -> r.logGroupClass(LogGroupClass.DELIVERY)).logGroups())
        .hasSize(1);
    assertThat(logs.describeLogGroups(r -> r.logGroupClass(LogGroupClass.STANDARD)).logGroups())
        .isEmpty();
  }

  @Test
  void encryptsWithAKeyThatIsNamedByItsArn() {
    logs.createLogGroup(r -> r.logGroupName("hr").kmsKeyId(KEY));
    assertThat(group("hr").kmsKeyId()).isEqualTo(KEY);
    logs.disassociateKmsKey(r -> r.logGroupName("hr"));
    assertThat(group("hr").kmsKeyId()).isNull();
    logs.associateKmsKey(r -> r.logGroupName("hr").kmsKeyId(KEY));
    assertThat(group("hr").kmsKeyId()).isEqualTo(KEY);
    assertRefused(
        "InvalidParameterException",
        "alias/hr",
        () -> logs.associateKmsKey(r -> r.logGroupName("hr").kmsKeyId("alias/hr")));
    assertRefused(
        "InvalidParameterException",
        "alias/hr",
        () -> logs.createLogGroup(r -> r.logGroupName("it").kmsKeyId("alias/hr")));
    assertThat(logs.describeLogGroups().logGroups()).hasSize(1);
  }

  @Test
  void findsByPrefixPatternAndIdentifier() {
    for (String name : List.of("dms-tasks-hr", "dms-tasks-it", "rds/hr")) {
      logs.createLogGroup(r -> r.logGroupName(name));
    }

    assertThat(names(logs.describeLogGroups(r -> r.logGroupNamePrefix("dms-tasks-")).logGroups()))
        .containsExactly("dms-tasks-hr", "dms-tasks-it");
    assertThat(names(logs.describeLogGroups(r -> r.logGroupNamePattern("hr")).logGroups()))
        .containsExactly("dms-tasks-hr", "rds/hr");
    assertThat(names(logs.describeLogGroups(r -> r.logGroupIdentifiers(ARN, "rds/hr")).logGroups()))
        .containsExactly("dms-tasks-hr", "rds/hr");
    assertRefused(
        "InvalidParameterException",
        "mutually exclusive",
        () -> logs.describeLogGroups(r -> r.logGroupNamePrefix("a").logGroupNamePattern("b")));
  }

  @Test
  void listsInPages() {
    List<String> names = List.of("a", "b", "c", "d", "e");
    names.forEach(name -> logs.createLogGroup(r -> r.logGroupName(name)));

    assertThat(logs.describeLogGroupsPaginator(r -> r.limit(2)).logGroups())
        .extracting(LogGroup::logGroupName)
        .containsExactlyElementsOf(names);
    assertThat(aws.calls().count("logs", "DescribeLogGroups")).isEqualTo(3);
    assertRefused(
        "InvalidParameterException",
        "nonsense",
        () -> logs.describeLogGroups(r -> r.nextToken("nonsense")));
    assertRefused(
        "InvalidParameterException", "'limit'", () -> logs.describeLogGroups(r -> r.limit(51)));
  }

  @Test
  void deletesUnlessProtected() {
    logs.createLogGroup(r -> r.logGroupName("hr"));
    logs.createLogGroup(r -> r.logGroupName("kept").deletionProtectionEnabled(true));

    logs.deleteLogGroup(r -> r.logGroupName("hr"));

    assertThat(names(logs.describeLogGroups().logGroups())).containsExactly("kept");
    assertRefused(
        "ValidationException", "kept", () -> logs.deleteLogGroup(r -> r.logGroupName("kept")));
    assertRefused(
        "ResourceNotFoundException", MISSING, () -> logs.deleteLogGroup(r -> r.logGroupName("hr")));
    assertRefused(
        "ResourceNotFoundException",
        MISSING,
        () -> logs.putRetentionPolicy(r -> r.logGroupName("hr").retentionInDays(1)));
  }

  @Test
  void refusesNamesThatLogsRefuses() {
    assertRefused(
        "InvalidParameterException",
        "regular expression pattern",
        () -> logs.createLogGroup(r -> r.logGroupName("a b")));
    assertRefused(
        "InvalidParameterException",
        "512",
        () -> logs.createLogGroup(r -> r.logGroupName("x".repeat(513))));
    assertRefused("InvalidParameterException", "not be null", () -> logs.createLogGroup(r -> {}));
  }

  @Test
  void changesTags() {
    logs.createLogGroup(r -> r.logGroupName("dms-tasks-hr").tags(Map.of("a", "1")));
    logs.tagResource(r -> r.resourceArn(ARN).tags(Map.of("b", "2")));
    logs.untagResource(r -> r.resourceArn(ARN).tagKeys("a"));

    assertThat(logs.listTagsForResource(r -> r.resourceArn(ARN)).tags())
        .isEqualTo(Map.of("b", "2"));
    assertRefused(
        "ResourceNotFoundException",
        MISSING,
        () -> logs.listTagsForResource(r -> r.resourceArn(ARN + ":*")));
  }

  @Test
  @SuppressWarnings("deprecation") // older clients call these
  void changesTagsByName() {
    logs.createLogGroup(r -> r.logGroupName("dms-tasks-hr").tags(Map.of("a", "1")));
    logs.tagLogGroup(r -> r.logGroupName("dms-tasks-hr").tags(Map.of("b", "2")));
    logs.untagLogGroup(r -> r.logGroupName("dms-tasks-hr").tags("a"));

    assertThat(logs.listTagsLogGroup(r -> r.logGroupName("dms-tasks-hr")).tags())
        .isEqualTo(Map.of("b", "2"));
    assertRefused(
        "ResourceNotFoundException",
        MISSING,
        () -> logs.listTagsLogGroup(r -> r.logGroupName("it")));
  }

  @Test
  void remembersLogGroupsAcrossProcesses(@TempDir Path folder) throws Exception {
    LogGroup before;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      CloudWatchLogsClient client = Clients.client(CloudWatchLogsClient.builder(), first);
      client.createLogGroup(r -> r.logGroupName("dms-tasks-hr").tags(Map.of("a", "1")));
      client.putRetentionPolicy(r -> r.logGroupName("dms-tasks-hr").retentionInDays(7));
      before = client.describeLogGroups().logGroups().get(0);
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      CloudWatchLogsClient client = Clients.client(CloudWatchLogsClient.builder(), second);
      assertThat(client.describeLogGroups().logGroups()).containsExactly(before);
      assertThat(client.listTagsForResource(r -> r.resourceArn(ARN)).tags())
          .isEqualTo(Map.of("a", "1"));
    }
  }

  private LogGroup group(String name) {
    return logs.describeLogGroups(r -> r.logGroupNamePrefix(name)).logGroups().get(0);
  }

  private static List<String> names(List<LogGroup> groups) {
    return groups.stream().map(LogGroup::logGroupName).toList();
  }
}
