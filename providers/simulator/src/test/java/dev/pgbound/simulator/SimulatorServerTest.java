package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.SimulatorServer.RequestLog;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.service.Call;
import dev.pgbound.simulator.service.CallHook;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;
import software.amazon.awssdk.services.rds.RdsClient;

/** The simulated AWS behind a port, asked by clients that know nothing of it. */
class SimulatorServerTest {

  private static final Instant TODAY = Instant.parse("2026-07-01T12:00:00Z");

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private Instant now = TODAY;
  private SimulatorServer server;

  @BeforeEach
  void start() throws IOException {
    aws.run(() -> now, 600);
    server = SimulatorServer.start(aws, 0, new Log());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private final class Log implements RequestLog {
    @Override
    public void answered(Call call, int status) {
      log.add(status + " " + call.action());
    }

    @Override
    public void failed(Call call, RuntimeException bug) {
      log.add(bug.getMessage() + " " + call.action());
    }
  }

  /** A client that asks once. */
  private Ec2Client impatient() {
    return Clients.overTcp(
        Ec2Client.builder()
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())),
        server.uri());
  }

  private Ec2Client ec2() {
    return Clients.overTcp(Ec2Client.builder(), server.uri());
  }

  private static String createVpc(Ec2Client client) {
    return client.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16")).vpc().vpcId();
  }

  @Test
  void answersClientsOfEveryProtocol() {
    DatabaseMigrationClient dms = Clients.overTcp(DatabaseMigrationClient.builder(), server.uri());
    RdsClient rds = Clients.overTcp(RdsClient.builder(), server.uri());

    String vpc = createVpc(ec2());

    assertThat(ec2().describeVpcs().vpcs()).extracting(Vpc::vpcId).containsExactly(vpc);
    assertThat(dms.describeEndpoints().endpoints()).isEmpty();
    assertThat(rds.describeDBClusters().dbClusters()).isEmpty();
    assertRefused(
        "ResourceNotFoundFault", () -> dms.deleteReplicationTask(r -> r.replicationTaskArn("x")));
    assertRefused(
        "DBClusterNotFoundFault", () -> rds.deleteDBCluster(r -> r.dbClusterIdentifier("x")));
    assertThat(log)
        .contains("200 ec2:CreateVpc", "200 dms:DescribeEndpoints", "404 rds:DeleteDBCluster");
  }

  @Test
  void answersManyAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<List<String>>> clients = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        clients.add(
            () -> {
              Ec2Client client = ec2();
              List<String> made = new ArrayList<>();
              for (int k = 0; k < 10; k++) {
                made.add(createVpc(client));
                assertThat(client.describeVpcs(r -> r.vpcIds(made.get(made.size() - 1))).vpcs())
                    .hasSize(1);
              }
              return made;
            });
      }
      Set<String> all = new HashSet<>();
      for (Future<List<String>> made : threads.invokeAll(clients)) {
        all.addAll(made.get());
      }
      assertThat(all).hasSize(160);
      assertThat(ec2().describeVpcs().vpcs()).hasSize(160);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void letsItsClockRunAsFastAsItIsTold() {
    String vpc = createVpc(ec2());
    assertThat(stateOf(vpc)).isEqualTo(VpcState.PENDING);

    now = now.plusMillis(100);

    assertThat(stateOf(vpc)).isEqualTo(VpcState.AVAILABLE);
    assertThat(aws.world().now()).isEqualTo(TODAY.plusSeconds(60));
  }

  private VpcState stateOf(String vpc) {
    return ec2().describeVpcs(r -> r.vpcIds(vpc)).vpcs().get(0).state();
  }

  @Test
  void goesOnFromTodayOrFromWhereItHasCome(@TempDir Path folder) throws Exception {
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      first.run(() -> now, 3600);
      assertThat(first.world().now()).isEqualTo(TODAY);
      createVpc(Clients.client(Ec2Client.builder(), first));
      now = now.plusSeconds(1);
    }
    try (SimulatedAws ahead = SimulatedAws.open(folder)) {
      ahead.run(() -> now, 1);
      assertThat(ahead.world().now()).isEqualTo(TODAY.plus(Duration.ofHours(1)));
      now = now.plus(Duration.ofDays(1));
      assertThat(ahead.world().now()).isEqualTo(TODAY.plus(Duration.ofHours(25)));
    }
  }

  @Test
  void losesConnectionsWhenItIsTold() {
    aws.inject(FaultRule.parse("ec2:CreateVpc:*:reset-before"));
    aws.inject(FaultRule.parse("ec2:CreateSubnet:*:throttling"));

    assertThatThrownBy(() -> createVpc(impatient())).isInstanceOf(SdkClientException.class);

    assertThat(ec2().describeVpcs().vpcs()).isEmpty();
    assertRefused("RequestLimitExceeded", () -> impatient().createSubnet(r -> r.vpcId("vpc-1")));
    assertThat(log).contains("0 ec2:CreateVpc", "503 ec2:CreateSubnet");
  }

  @Test
  void losesTheAnswerButNotTheEffect() {
    aws.inject(FaultRule.parse("ec2:CreateVpc:1:reset-after"));

    // the client asks again by itself
    createVpc(ec2());

    assertThat(ec2().describeVpcs().vpcs()).hasSize(2);
  }

  @Test
  void saysWhatItDoesNotHave() {
    assertRefused("InvalidAction", "ec2:DescribeVolumes", () -> ec2().describeVolumes());
    assertRefused("InvalidAction", "ec2:DescribeVolumes", () -> ec2().describeVolumes());

    assertThat(aws.missing()).isEqualTo(Map.of("ec2:DescribeVolumes", 2));
  }

  @Test
  void survivesAMistakeOfItsOwn() {
    aws.add(
        new CallHook() {
          @Override
          public void before(Call call) {
            throw new IllegalStateException("broken");
          }
        });

    assertThatThrownBy(() -> ec2().describeVpcs())
        .isInstanceOfSatisfying(
            AwsServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
    assertThat(log).contains("broken ec2:DescribeVpcs");
  }

  @Test
  void leavesATakenPortAlone() {
    assertThatThrownBy(() -> SimulatorServer.start(aws, server.uri().getPort(), RequestLog.NONE))
        .isInstanceOf(BindException.class);
  }
}
