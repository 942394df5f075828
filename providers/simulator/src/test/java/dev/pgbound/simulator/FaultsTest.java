package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.fault.InvalidFaultException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;
import software.amazon.awssdk.services.rds.RdsClient;

class FaultsTest {

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final Ec2Client ec2 = Clients.once(Ec2Client.builder(), aws);
  private final RdsClient rds = Clients.once(RdsClient.builder(), aws);
  private final DatabaseMigrationClient dms = Clients.once(DatabaseMigrationClient.builder(), aws);

  @Test
  void throttlesInTheWordsOfEachProtocol() {
    inject("*:*:throttling");

    assertAnswer(503, "RequestLimitExceeded", () -> ec2.describeVpcs());
    assertAnswer(400, "Throttling", () -> rds.describeDBClusters());
    assertAnswer(400, "ThrottlingException", () -> dms.describeEndpoints());
    assertThat(failure(() -> ec2.describeVpcs()).isThrottlingException()).isTrue();
    assertThat(failure(() -> rds.describeDBClusters()).isThrottlingException()).isTrue();
    assertThat(failure(() -> dms.describeEndpoints()).isThrottlingException()).isTrue();
  }

  @Test
  void failsInTheWordsOfEachProtocol() {
    inject("*:*:server-error");

    assertAnswer(500, "InternalError", () -> ec2.describeVpcs());
    assertAnswer(500, "InternalFailure", () -> rds.describeDBClusters());
    assertAnswer(500, "InternalFailure", () -> dms.describeEndpoints());
  }

  @Test
  void deniesInTheWordsOfEachProtocolAndNamesTheAction() {
    inject("*:*:access-denied");

    assertAnswer(403, "UnauthorizedOperation", () -> ec2.describeVpcs());
    assertAnswer(403, "AccessDenied", () -> rds.describeDBClusters());
    assertAnswer(400, "AccessDeniedException", () -> dms.describeEndpoints());
    assertThat(failure(() -> dms.describeEndpoints()).awsErrorDetails().errorMessage())
        .endsWith("allows the dms:DescribeEndpoints action");
  }

  @Test
  void callsServicesWhatPoliciesCallThem() {
    CloudWatchClient cloudWatch = Clients.once(CloudWatchClient.builder(), aws);
    inject("cloudwatch:*:1:throttling");
    inject("cloudwatch:DescribeAlarms:2:access-denied");

    assertThat(failure(() -> cloudWatch.describeAlarms()).isThrottlingException()).isTrue();
    assertThat(failure(() -> cloudWatch.describeAlarms()).awsErrorDetails().errorMessage())
        .endsWith("allows the cloudwatch:DescribeAlarms action");
  }

  @Test
  void countsTheCallsOfAnOperation() {
    inject("ec2:DescribeVpcs:2-3:throttling");

    ec2.describeVpcs();
    ec2.describeSubnets();
    assertRefused("RequestLimitExceeded", () -> ec2.describeVpcs());
    ec2.describeSubnets();
    assertRefused("RequestLimitExceeded", () -> ec2.describeVpcs());
    ec2.describeVpcs();
  }

  @Test
  void countsTheCallsOfAServiceAndOfAll() {
    inject("rds:*:2:throttling");
    inject("*:4:server-error");

    rds.describeDBClusters();
    assertRefused("Throttling", () -> rds.describeDBInstances());
    dms.describeEndpoints();
    assertRefused("InternalError", () -> ec2.describeVpcs());
    rds.describeDBClusters();
  }

  @Test
  void isOvercomeByTheRetriesOfTheClient() {
    inject("ec2:CreateVpc:1:server-error");
    inject("ec2:CreateVpc:2:reset-before");

    Clients.client(Ec2Client.builder(), aws).createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16"));

    assertThat(ec2.describeVpcs().vpcs()).hasSize(1);
    assertThat(aws.calls().count("ec2", "CreateVpc")).isEqualTo(3);
  }

  @Test
  void losesAConnectionBeforeTheEffect() {
    inject("ec2:CreateVpc:1:reset-before");

    assertThatThrownBy(this::createVpc)
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("Connection reset");
    assertThat(ec2.describeVpcs().vpcs()).isEmpty();
  }

  @Test
  void losesAnAnswerAfterTheEffect() {
    inject("ec2:CreateVpc:1:reset-after");

    assertThatThrownBy(this::createVpc)
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("Connection reset");
    assertThat(ec2.describeVpcs().vpcs()).hasSize(1);
  }

  @Test
  void letsDmsNotSeeItsRole() throws InterruptedException {
    DmsAccount account = new DmsAccount(aws);
    account.createSubnetGroup();
    inject("dms:CreateReplicationInstance:1:role-not-visible");

    assertRefused(
        "AccessDeniedFault",
        "The IAM Role arn:aws:iam::123456789012:role/dms-vpc-role is not configured properly.",
        () -> dms.createReplicationInstance(DmsAccount.instance("main").build()));
    dms.createReplicationInstance(DmsAccount.instance("main").build());
  }

  @Test
  void slowsDownWhatACallBegins() throws InterruptedException {
    inject("ec2:CreateVpc:1:slow=5");
    Vpc usual =
        Clients.client(Ec2Client.builder(), SimulatedAws.inMemory())
            .createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16"))
            .vpc();
    assertThat(usual.state()).isEqualTo(VpcState.PENDING);
    createVpc();

    aws.timeline().sleep(Duration.ofSeconds(2));
    createVpc();
    aws.timeline().sleep(Duration.ofSeconds(2));

    assertThat(ec2.describeVpcs().vpcs())
        .extracting(Vpc::state)
        .containsExactlyInAnyOrder(VpcState.PENDING, VpcState.AVAILABLE);
    aws.timeline().sleep(Duration.ofSeconds(6));
    assertThat(ec2.describeVpcs().vpcs()).extracting(Vpc::state).containsOnly(VpcState.AVAILABLE);
  }

  @Test
  void letsATaskEndInAFailedStateWithAReason() throws InterruptedException {
    DmsAccount account = DmsAccount.withSubnetGroup();
    String task = account.createTask("hr", MigrationTypeValue.FULL_LOAD_AND_CDC);
    account
        .aws()
        .inject(FaultRule.parse("dms:StartReplicationTask:1:failed-state=failed, ORA-01031"));

    account
        .dms()
        .startReplicationTask(
            r ->
                r.replicationTaskArn(task)
                    .startReplicationTaskType(StartReplicationTaskTypeValue.START_REPLICATION));
    account.pass(Duration.ofMinutes(10));

    ReplicationTask failed = account.taskOf(task);
    assertThat(failed.status()).isEqualTo("failed");
    assertThat(failed.lastFailureMessage()).isEqualTo("ORA-01031");
    assertThat(failed.stopReason()).contains("FATAL_ERROR");
    account
        .dms()
        .startReplicationTask(
            r ->
                r.replicationTaskArn(task)
                    .startReplicationTaskType(StartReplicationTaskTypeValue.RESUME_PROCESSING));
    account.pass(Duration.ofMinutes(10));
    assertThat(account.taskOf(task).status()).isEqualTo("running");
  }

  @Test
  void letsAnInstanceEndInTheStateThatIsAskedFor() throws InterruptedException {
    DmsAccount account = DmsAccount.withSubnetGroup();
    account
        .aws()
        .inject(
            FaultRule.parse("dms:CreateReplicationInstance:1:failed-state=incompatible-network"));

    String arn = account.createInstance("main");

    assertThat(account.instanceOf(arn).replicationInstanceStatus())
        .isEqualTo("incompatible-network");
  }

  @Test
  void letsNetworkInterfacesOutliveTheirInstance() throws InterruptedException {
    DmsAccount account = DmsAccount.withSubnetGroup();
    account
        .aws()
        .inject(FaultRule.parse("dms:DeleteReplicationInstance:1:lingering-interfaces=40m"));
    String arn = account.createInstance("main");

    account.dms().deleteReplicationInstance(r -> r.replicationInstanceArn(arn));
    account.pass(Duration.ofMinutes(40));

    assertThat(account.dms().describeReplicationInstances().replicationInstances()).isEmpty();
    assertThat(account.ec2().describeNetworkInterfaces().networkInterfaces()).hasSize(1);
    account.pass(Duration.ofMinutes(20));
    assertThat(account.ec2().describeNetworkInterfaces().networkInterfaces()).isEmpty();
  }

  @Test
  void picksCallsByChanceAndTheSameOnesAgain() {
    inject("ec2:*:30%@42:throttling+server-error+reset-after");
    SimulatedAws again = SimulatedAws.inMemory();
    again.inject(FaultRule.parse("ec2:*:30%@42:throttling+server-error+reset-after"));
    SimulatedAws other = SimulatedAws.inMemory();
    other.inject(FaultRule.parse("ec2:*:30%@43:throttling+server-error+reset-after"));

    List<String> answers = answers(ec2);

    assertThat(answers(Clients.once(Ec2Client.builder(), again))).isEqualTo(answers);
    assertThat(answers(Clients.once(Ec2Client.builder(), other))).isNotEqualTo(answers);
    assertThat(answers.stream().filter(answer -> !answer.equals("done")).count())
        .isBetween(40L, 80L);
    assertThat(answers).contains("RequestLimitExceeded", "InternalError", "reset");
  }

  private static List<String> answers(Ec2Client client) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      try {
        // every second one asks the same thing again
        String cidr = "10." + i / 2 + ".0.0/16";
        client.createVpc(vpc -> vpc.cidrBlock(cidr));
        answers.add("done");
      } catch (AwsServiceException e) {
        answers.add(e.awsErrorDetails().errorCode());
      } catch (SdkClientException e) {
        answers.add("reset");
      }
    }
    return answers;
  }

  @Test
  void goesOnCountingInTheNextProcess(@TempDir Path folder) throws Exception {
    FaultRule second = FaultRule.parse("ec2:DescribeVpcs:2:throttling");
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      first.inject(second);
      Clients.once(Ec2Client.builder(), first).describeVpcs();
    }
    try (SimulatedAws next = SimulatedAws.open(folder)) {
      next.inject(second);
      assertThat(next.spentFaults()).isEmpty();
      Ec2Client client = Clients.once(Ec2Client.builder(), next);
      assertRefused("RequestLimitExceeded", client::describeVpcs);
    }
    try (SimulatedAws last = SimulatedAws.open(folder)) {
      last.inject(second);
      assertThat(last.spentFaults()).containsExactly(second);
      Clients.once(Ec2Client.builder(), last).describeVpcs();
    }
    // a process without the rule makes it begin anew
    SimulatedAws.open(folder).close();
    try (SimulatedAws anew = SimulatedAws.open(folder)) {
      anew.inject(second);
      assertThat(anew.spentFaults()).isEmpty();
    }
  }

  @Test
  void diesBeforeOrAfterTheEffect(@TempDir Path folder) throws Exception {
    List<String> deaths = new ArrayList<>();
    for (String moment : List.of("before", "after")) {
      Path state = folder.resolve(moment);
      SimulatedAws dying = SimulatedAws.open(state);
      dying.inject(FaultRule.parse("ec2:CreateVpc:2:halt-" + moment));
      dying.onHalt(() -> deaths.add(moment));
      Ec2Client client = Clients.once(Ec2Client.builder(), dying);
      client.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16"));

      assertThatThrownBy(() -> client.createVpc(vpc -> vpc.cidrBlock("10.1.0.0/16")))
          .isInstanceOf(SdkClientException.class);
      assertThatThrownBy(() -> client.createVpc(vpc -> vpc.cidrBlock("10.2.0.0/16")))
          .hasMessageContaining("Connection refused");

      SimulatedAws next = SimulatedAws.open(state);
      assertThat(Clients.client(Ec2Client.builder(), next).describeVpcs().vpcs())
          .hasSize(moment.equals("before") ? 1 : 2);
    }
    assertThat(deaths).containsExactly("before", "after");
  }

  @Test
  void findsServicesAndOperationsThatAreMeant() {
    assertThatThrownBy(() -> inject("dms:CreateReplicationTsk:1:throttling"))
        .isInstanceOf(InvalidFaultException.class)
        .hasMessage(
            "dms has no operation \"CreateReplicationTsk\". Did you mean \"CreateReplicationTask\"?");
    assertThatThrownBy(() -> inject("rdsx:*:1:throttling"))
        .isInstanceOf(InvalidFaultException.class)
        .hasMessageStartingWith(
            "There is no service \"rdsx\". Did you mean \"rds\"? There are cloudwatch, dms, ec2,");
  }

  private void inject(String rule) {
    aws.inject(FaultRule.parse(rule));
  }

  private void createVpc() {
    ec2.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16"));
  }

  private static void assertAnswer(int status, String code, ThrowingCallable call) {
    AwsServiceException failure = failure(call);
    assertThat(failure.statusCode()).isEqualTo(status);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
  }

  private static AwsServiceException failure(ThrowingCallable call) {
    return catchThrowableOfType(AwsServiceException.class, call);
  }
}
