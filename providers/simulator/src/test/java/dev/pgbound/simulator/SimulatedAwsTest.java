package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.service.Call;
import dev.pgbound.simulator.service.CallHook;
import dev.pgbound.simulator.wire.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;
import software.amazon.awssdk.services.sts.StsClient;

class SimulatedAwsTest {

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final Ec2Client ec2 = Clients.client(Ec2Client.builder(), aws);

  @Test
  void knowsItsAccount() {
    StsClient sts = Clients.client(StsClient.builder(), aws);

    assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
    assertThat(aws.calls().count("sts", "GetCallerIdentity")).isOne();
  }

  @Test
  void namesAnOperationThatItDoesNotHave() {
    assertThatThrownBy(() -> ec2.describeVolumes())
        .isInstanceOf(Ec2Exception.class)
        .hasMessageContaining("DescribeVolumes");
  }

  @Test
  void keepsRegionsApart() {
    ec2.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16"));
    Ec2Client elsewhere = Clients.client(Ec2Client.builder(), aws, Region.EU_WEST_1);

    assertThat(elsewhere.describeVpcs().vpcs()).isEmpty();
    assertThat(ec2.describeVpcs().vpcs()).hasSize(1);
  }

  @Test
  void goesOnWhereTheLastProcessStopped(@TempDir Path folder) throws Exception {
    String id;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      id = create(Clients.client(Ec2Client.builder(), first), "10.0.0.0/16");
      first.timeline().sleep(Duration.ofSeconds(1));
    }
    String state = Files.readString(folder.resolve("state.json"));

    try (SimulatedAws second = SimulatedAws.open(folder)) {
      second.save();
      assertThat(Files.readString(folder.resolve("state.json"))).isEqualTo(state);
      Ec2Client client = Clients.client(Ec2Client.builder(), second);
      assertThat(client.describeVpcs(r -> r.vpcIds(id)).vpcs().get(0).state())
          .isEqualTo(VpcState.PENDING);
      second.timeline().sleep(Duration.ofSeconds(1));
      assertThat(client.describeVpcs(r -> r.vpcIds(id)).vpcs().get(0).state())
          .isEqualTo(VpcState.AVAILABLE);
    }
  }

  @Test
  void refusesAFileThatIsNoState(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("state.json"), "[]");

    assertThatThrownBy(() -> SimulatedAws.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("state.json");
  }

  @Test
  void letsThingsHappenWhenTheirTimeHasCome() throws InterruptedException {
    Vpc created = ec2.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16")).vpc();
    assertThat(created.state()).isEqualTo(VpcState.PENDING);

    aws.timeline().sleep(Duration.ofMinutes(1));

    assertThat(ec2.describeVpcs().vpcs())
        .containsExactly(created.copy(vpc -> vpc.state(VpcState.AVAILABLE)));
  }

  @Test
  void givesTheSameIdsInEveryRunAndNeverTheSameTwice() {
    SimulatedAws again = SimulatedAws.inMemory();
    Ec2Client other = Clients.client(Ec2Client.builder(), again);
    String first = ec2.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16")).vpc().vpcId();

    assertThat(first).matches("vpc-0[0-9a-f]{16}");
    assertThat(other.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16")).vpc().vpcId()).isEqualTo(first);
    assertThat(ec2.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16")).vpc().vpcId())
        .isNotEqualTo(first);
  }

  @Test
  void givesRequestsThatRunSideBySideTheSameIdsInAnyOrder() throws Exception {
    List<String> cidrs = IntStream.range(0, 16).mapToObj(i -> "10." + i + ".0.0/16").toList();
    List<String> oneByOne = cidrs.stream().map(cidr -> create(ec2, cidr)).toList();
    Ec2Client other = Clients.client(Ec2Client.builder(), SimulatedAws.inMemory());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> calls = new ArrayList<>();
      cidrs.forEach(cidr -> calls.add(() -> create(other, cidr)));
      Collections.reverse(calls);
      List<String> sideBySide = new ArrayList<>();
      for (Future<String> id : threads.invokeAll(calls)) {
        sideBySide.add(id.get());
      }
      assertThat(sideBySide).containsExactlyInAnyOrderElementsOf(oneByOne);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void letsAHookRefuseACallBeforeOrAfterItHappened() {
    aws.add(
        new CallHook() {
          @Override
          public void before(Call call) {
            refuse(call, "DeleteVpc");
          }

          @Override
          public void after(Call call) {
            refuse(call, "CreateVpc");
          }
        });

    assertRefused("Injected", () -> create(ec2, "10.0.0.0/16"));
    String id = ec2.describeVpcs().vpcs().get(0).vpcId();
    assertRefused("Injected", () -> ec2.deleteVpc(r -> r.vpcId(id)));
    assertThat(ec2.describeVpcs().vpcs()).hasSize(1);
    assertThat(aws.calls().count("ec2", "DeleteVpc")).isOne();
  }

  private static void refuse(Call call, String operation) {
    if (call.operation().equals(operation)) {
      throw new Fault("Injected", "because of " + operation);
    }
  }

  private static String create(Ec2Client client, String cidr) {
    return client.createVpc(vpc -> vpc.cidrBlock(cidr)).vpc().vpcId();
  }
}
