package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  void goesOnWhereTheLastProcessStopped(@TempDir Path folder) throws IOException {
    String id;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      Ec2Client client = Clients.client(Ec2Client.builder(), first);
      id = client.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    }
    String state = Files.readString(folder.resolve("state.json"));
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      Ec2Client client = Clients.client(Ec2Client.builder(), second);
      Vpc vpc = client.describeVpcs(r -> r.vpcIds(id)).vpcs().get(0);
      assertThat(vpc.state()).isEqualTo(VpcState.PENDING);
      second.save();
      assertThat(Files.readString(folder.resolve("state.json"))).isEqualTo(state);
    }
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
}
