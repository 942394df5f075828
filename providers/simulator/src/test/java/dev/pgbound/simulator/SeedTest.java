package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.seed.InvalidSeedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;

class SeedTest {

  private final Path folder;

  SeedTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void fillsANewAccount() throws IOException {
    seed(
        """
        # what the account holds before
        - secretsmanager.CreateSecret:
            name: hr/oracle
            secretString: {username: dms, password: "1", host: oracle.example.com, port: 1521,
                           options: [a, true, 0.5, ~, 1.2.3]}
        - ec2.CreateVpc: {cidrBlock: 10.1.0.0/16, tagSpecifications: [
            {resourceType: vpc, tags: [{key: Name, value: old}]}]}
          as: old
        - ec2.CreateSubnet: {vpcId: "${old.vpc.vpcId}", cidrBlock: 10.1.1.0/24}
          as: subnet
        - sns.CreateTopic: {name: "to-${subnet.subnet.subnetId}", attributes: {DisplayName: HR}}
          as: topic
        - cloudwatch.PutMetricAlarm:
            alarmName: lag
            namespace: AWS/DMS
            metricName: CDCLatencyTarget
            statistic: Maximum
            period: 60
            evaluationPeriods: 5
            threshold: 300
            actionsEnabled: false
            comparisonOperator: GreaterThanThreshold
            AlarmActions: ["${topic.topicArn}"]
        """);
    try (SimulatedAws aws = SimulatedAws.open(folder, Optional.of(file()))) {
      assertThat(
              Clients.client(SecretsManagerClient.builder(), aws)
                  .getSecretValue(r -> r.secretId("hr/oracle"))
                  .secretString())
          .isEqualTo(
              "{\"username\":\"dms\",\"password\":\"1\",\"host\":\"oracle.example.com\","
                  + "\"port\":1521,\"options\":[\"a\",true,0.5,null,\"1.2.3\"]}");
      Ec2Client ec2 = Clients.client(Ec2Client.builder(), aws);
      Subnet subnet = ec2.describeSubnets().subnets().get(0);
      Vpc vpc = ec2.describeVpcs(r -> r.vpcIds(subnet.vpcId())).vpcs().get(0);
      assertThat(vpc.state()).isEqualTo(VpcState.AVAILABLE);
      assertThat(vpc.tags()).singleElement().satisfies(t -> assertThat(t.value()).isEqualTo("old"));
      assertThat(subnet.state()).isEqualTo(SubnetState.AVAILABLE);
      SnsClient sns = Clients.client(SnsClient.builder(), aws);
      String topic = sns.listTopics().topics().get(0).topicArn();
      assertThat(topic).endsWith(":to-" + subnet.subnetId());
      assertThat(sns.getTopicAttributes(r -> r.topicArn(topic)).attributes())
          .containsEntry("DisplayName", "HR");
      MetricAlarm alarm =
          Clients.client(CloudWatchClient.builder(), aws).describeAlarms().metricAlarms().get(0);
      assertThat(alarm.alarmActions()).containsExactly(topic);
      assertThat(alarm.actionsEnabled()).isFalse();
      assertThat(alarm.threshold()).isEqualTo(300.0);
      assertThat(aws.calls().count("ec2", "CreateVpc")).isZero();
    }
  }

  @Test
  void fillsAnAccountOnceOnly() throws IOException {
    seed("[{\"ssm.PutParameter\": {\"name\": \"a\", \"type\": \"String\", \"value\": \"1\"}}]");
    SimulatedAws.open(folder, Optional.of(file())).close();
    seed("- nonsense");

    try (SimulatedAws again = SimulatedAws.open(folder, Optional.of(file()))) {
      assertThat(again.services()).isNotEmpty();
    }
    assertThat(Files.readString(folder.resolve("state.json"))).contains("\"ssm/parameter\"");
  }

  @Test
  void leavesNoStateWhenACallIsRefused() throws IOException {
    seed(
        """
        - sns.CreateTopic: {name: alerts}
        - sns.CreateTopic: {name: alerts, tags: [{key: a}]}
        """);

    assertThatThrownBy(() -> SimulatedAws.open(folder, Optional.of(file())))
        .isInstanceOf(InvalidSeedException.class)
        .hasMessage(
            "seed.yaml:2:3: entry 2, sns.CreateTopic: InvalidParameter: Invalid parameter: Tags"
                + " Reason: Topic already exists with different tags");
    assertThat(folder.resolve("state.json")).doesNotExist();
  }

  @Test
  void asksTheRegionOfAnEntry() throws IOException {
    seed("- sns.CreateTopic: {name: alerts}\n  region: eu-west-1\n");
    SimulatedAws aws = SimulatedAws.inMemory();
    aws.fill(file());

    assertThat(Clients.client(SnsClient.builder(), aws).listTopics().topics()).isEmpty();
    assertThat(Clients.client(SnsClient.builder(), aws, Region.EU_WEST_1).listTopics().topics())
        .hasSize(1);
  }

  @Test
  void takesAnEmptyFile() throws IOException {
    seed("# nothing yet\n");
    SimulatedAws aws = SimulatedAws.inMemory();
    aws.fill(file());

    assertThat(aws.calls().calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- ec2.CreateVcp: {}"
            + "|1:3: entry 1, ec2.CreateVcp: ec2 has no operation \"CreateVcp\"."
            + " Did you mean \"CreateVpc\"?",
        "- ec3.CreateVpc: {}|1:3: entry 1, ec3.CreateVpc: There is no service \"ec3\"; there are",
        "- CreateVpc: {}|1:3: entry 1, CreateVpc: There is no service \"CreateVpc\"",
        "- ec2.CreateVpc: {cidrBlok: 10.0.0.0/16}"
            + "|1:19: entry 1, ec2.CreateVpc: There is no member \"cidrBlok\"."
            + " Did you mean \"cidrBlock\"?",
        "- ec2.CreateVpc: {tagSpecifications: [{tags: [{keyy: x}]}]}"
            + "|1:48: entry 1, ec2.CreateVpc: There is no member \"keyy\". Did you mean \"key\"?",
        "- ec2.CreateVpc: {tagSpecifications: x}"
            + "|1:38: entry 1, ec2.CreateVpc: The member \"tagSpecifications\" is a list.",
        "- ec2.CreateVpc: {cidrBlock: a, CidrBlock: b}"
            + "|1:33: entry 1, ec2.CreateVpc: The member \"CidrBlock\" is set twice.",
        "- ec2.CreateVpc: {dryRun: yes}"
            + "|1:27: entry 1, ec2.CreateVpc: The member \"dryRun\" is true or false.",
        "- ec2.CreateVpc: {ipv4NetmaskLength: x}"
            + "|1:3: entry 1, ec2.CreateVpc: Value x of Ipv4NetmaskLength is not a number.",
        "- ec2.CreateVpc: {ipv4NetmaskLength: []}"
            + "|1:38: entry 1, ec2.CreateVpc: The member \"ipv4NetmaskLength\" is a single value.",
        "- ec2.CreateVpc: x|1:18: entry 1, ec2.CreateVpc: A mapping of names to values is wanted",
        "- ec2.CreateVpc: {cidrBlock: \"${old.vpc}\"}"
            + "|1:30: entry 1, ec2.CreateVpc: No earlier entry is called \"old\".",
        "- x|1:3: entry 1: An entry is written as service.Operation: {arguments}.",
        "- {as: x}|1:3: entry 1: An entry is written as service.Operation: {arguments}.",
        "- {a.B: {}, c.D: {}}|1:13: entry 1: An entry has one operation",
        "- {a.B: {}, as: []}|1:17: entry 1: A single value is wanted here.",
        "a: b|1:1: A seed file is a list of calls, or has \"calls\" and \"faults\".",
        "- [|1:4: expected the node content",
        "- ec2.CreateVpc: {cidrBlock: &a [*a]}|1:30: entry 1, ec2.CreateVpc: This is nested",
      })
  void saysWhatIsWrongAndWhere(String text, String message) throws IOException {
    seed(text);

    assertThatThrownBy(() -> SimulatedAws.inMemory().fill(file()))
        .isInstanceOf(InvalidSeedException.class)
        .hasMessageStartingWith("seed.yaml:" + message);
  }

  @Test
  void saysWhatAReferenceCouldHaveMeant() throws IOException {
    Map<String, String> mistakes =
        Map.of(
            "${topc.topicArn}",
            "No earlier entry is called \"topc\". Did you mean \"topic\"?",
            "${topic.topcArn}",
            "The answer has no \"topcArn\" in ${topic.topcArn}. Did you mean \"topicArn\"?",
            "${topic}",
            "${topic} is not a single value; it has topicArn.");
    for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
      seed(
          String.format(
              Locale.ROOT,
              """
          - sns.CreateTopic: {name: alerts}
            as: topic
          - sns.DeleteTopic: {topicArn: "%s"}
          """,
              mistake.getKey()));
      assertThatThrownBy(() -> SimulatedAws.inMemory().fill(file()))
          .hasMessage("seed.yaml:3:31: entry 2, sns.DeleteTopic: " + mistake.getValue());
    }
  }

  @Test
  void refusesTheSameNameForTwoAnswers() throws IOException {
    seed(
        """
        - sns.CreateTopic: {name: a}
          as: topic
        - sns.CreateTopic: {name: b}
          as: topic
        """);

    assertThatThrownBy(() -> SimulatedAws.inMemory().fill(file()))
        .hasMessageStartingWith("seed.yaml:4:7: entry 2, sns.CreateTopic: An earlier entry");
  }

  @Test
  void refersToItemsOfLists() throws IOException {
    seed(
        """
        - ec2.CreateVpc: {cidrBlock: 10.0.0.0/16}
        - ec2.DescribeVpcs: {}
          as: found
        - sns.CreateTopic: {name: "${found.vpcs.0.vpcId}"}
        """);
    SimulatedAws aws = SimulatedAws.inMemory();
    aws.fill(file());

    assertThat(Clients.client(SnsClient.builder(), aws).listTopics().topics().get(0).topicArn())
        .contains(":vpc-0");
  }

  private Path file() {
    return folder.resolve("seed.yaml");
  }

  private void seed(String text) throws IOException {
    Files.writeString(file(), text, StandardCharsets.UTF_8);
  }

  @Test
  void listsFaultsBesideCalls() throws IOException {
    seed(
        """
        calls:
          - ec2.CreateVpc: {cidrBlock: 10.1.0.0/16}
        faults:
          - ec2:CreateVpc:1:throttling
          - "*:3:server-error"
        """);
    try (SimulatedAws aws = SimulatedAws.open(folder, Optional.of(file()))) {
      Ec2Client ec2 = Clients.once(Ec2Client.builder(), aws);
      assertThat(ec2.describeVpcs().vpcs()).hasSize(1);
      assertRefused("RequestLimitExceeded", () -> ec2.createVpc(r -> r.cidrBlock("10.2.0.0/16")));
      assertRefused("InternalError", ec2::describeVpcs);
    }
  }

  @Test
  void takesFaultsFromTheFileThoughTheAccountIsThere() throws IOException {
    SimulatedAws.open(folder).close();
    seed("faults: [\"ec2:*:1:throttling\"]");

    try (SimulatedAws aws = SimulatedAws.open(folder, Optional.of(file()))) {
      Ec2Client ec2 = Clients.once(Ec2Client.builder(), aws);
      assertRefused("RequestLimitExceeded", ec2::describeVpcs);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "faults: [dms:CreateEndpont:1:throttling] | 1:14: dms has no operation",
        "faults: [dms:CreateEndpont:1:throttling] | Did you mean \"CreateEndpoint\"?",
        "faults: ['*:1:throtling'] | 1:15: There is no kind of fault \"throtling\". Did you mean",
        "faults: {} | 1:9: A list of faults is wanted here.",
        "faults: [{a: b}] | 1:10: A fault is a text such as",
        "fault: [] | 1:1: A seed file is a list of calls, or has \"calls\" and \"faults\". Did you mean \"faults\"?",
        "calls: 1 | 1:8: A list of calls is wanted here."
      })
  void saysWhereAFaultIsWrong(String content, String message) throws IOException {
    seed(content);

    assertThatThrownBy(() -> SimulatedAws.open(folder, Optional.of(file())))
        .isInstanceOf(InvalidSeedException.class)
        .hasMessageContaining("seed.yaml:")
        .hasMessageContaining(message);
  }
}
