package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupDoesNotCoverEnoughAZsException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbSubnetGroupStateException;
import software.amazon.awssdk.services.rds.model.InvalidSubnetException;
import software.amazon.awssdk.services.rds.model.Subnet;

class RdsSubnetGroupTest {

  private final RdsAccount account = new RdsAccount();
  private final RdsClient rds = account.rds;

  private DBSubnetGroup create(String name, List<String> subnets) {
    return rds.createDBSubnetGroup(
            r -> r.dbSubnetGroupName(name).dbSubnetGroupDescription("Text").subnetIds(subnets))
        .dbSubnetGroup();
  }

  private DBSubnetGroup describe(String name) {
    return rds.describeDBSubnetGroups(r -> r.dbSubnetGroupName(name)).dbSubnetGroups().get(0);
  }

  @Test
  void keepsTheNameInLowerCase() {
    DBSubnetGroup created = create("Mixed-Group", account.subnets);

    assertThat(created.dbSubnetGroupName()).isEqualTo("mixed-group");
    assertThat(created.dbSubnetGroupArn())
        .isEqualTo("arn:aws:rds:us-east-1:123456789012:subgrp:mixed-group");
    assertThat(created.vpcId()).isEqualTo(account.vpc);
    assertThat(created.subnetGroupStatus()).isEqualTo("Complete");
    assertThat(created.supportedNetworkTypes()).containsExactly("IPV4");
    assertThat(created.subnets())
        .extracting(Subnet::subnetIdentifier)
        .containsExactlyInAnyOrderElementsOf(account.subnets);
    assertThat(describe("MIXED-group")).isEqualTo(created);
  }

  @Test
  void changesSubnetsAndDescription() {
    rds.modifyDBSubnetGroup(
        r ->
            r.dbSubnetGroupName("hr")
                .dbSubnetGroupDescription("Other")
                .subnetIds(account.subnets.get(0), account.subnets.get(2)));

    assertThat(describe("hr").dbSubnetGroupDescription()).isEqualTo("Other");
    assertThat(describe("hr").subnets())
        .extracting(Subnet::subnetIdentifier)
        .containsExactlyInAnyOrder(account.subnets.get(0), account.subnets.get(2));
  }

  @Test
  void refusesSubnetsThatDoNotFit() {
    assertThatThrownBy(() -> create("one-zone", account.subnets.subList(1, 3)))
        .isInstanceOf(DbSubnetGroupDoesNotCoverEnoughAZsException.class)
        .hasMessageContaining("Current AZ coverage: us-east-1b");
    assertThatThrownBy(() -> create("unknown", List.of("subnet-1", account.subnets.get(0))))
        .isInstanceOf(InvalidSubnetException.class)
        .hasMessageContaining("[subnet-1]");
    String vpc = account.ec2.createVpc(r -> r.cidrBlock("10.1.0.0/16")).vpc().vpcId();
    List<String> others =
        List.of(
            account.subnet(vpc, "10.1.1.0/24", "us-east-1a"),
            account.subnet(vpc, "10.1.2.0/24", "us-east-1b"));
    assertThatThrownBy(() -> create("mixed", List.of(account.subnets.get(0), others.get(1))))
        .isInstanceOf(InvalidSubnetException.class);
    assertThatThrownBy(
            () -> rds.modifyDBSubnetGroup(r -> r.dbSubnetGroupName("hr").subnetIds(others)))
        .isInstanceOf(InvalidSubnetException.class)
        .hasMessageContaining("same Vpc");
  }

  @Test
  void refusesNamesThatCannotBe() {
    assertRefused("DBSubnetGroupAlreadyExists", () -> create("HR", account.subnets));
    assertRefused("InvalidParameterValue", () -> create("Default", account.subnets));
    assertRefused("InvalidParameterValue", () -> create(" ", account.subnets));
    assertThatThrownBy(() -> describe("nobody")).isInstanceOf(DbSubnetGroupNotFoundException.class);
  }

  @Test
  void deletesAGroupThatNoClusterUses() {
    account.createCluster("db");
    assertThatThrownBy(() -> rds.deleteDBSubnetGroup(r -> r.dbSubnetGroupName("hr")))
        .isInstanceOf(InvalidDbSubnetGroupStateException.class)
        .hasMessageContaining("Cannot delete the subnet group 'hr' because at least one")
        .hasMessageContaining("db is still using it");
    create("free", account.subnets);

    rds.deleteDBSubnetGroup(r -> r.dbSubnetGroupName("free"));

    assertThatThrownBy(() -> describe("free")).isInstanceOf(DbSubnetGroupNotFoundException.class);
  }

  @Test
  void pagesThroughGroups() {
    for (int i = 10; i < 40; i++) {
      create("group-" + i, account.subnets);
    }

    assertThat(rds.describeDBSubnetGroups(r -> r.maxRecords(20)).dbSubnetGroups()).hasSize(20);
    assertThat(rds.describeDBSubnetGroupsPaginator(r -> r.maxRecords(20)).dbSubnetGroups())
        .extracting(DBSubnetGroup::dbSubnetGroupName)
        .hasSize(31)
        .doesNotHaveDuplicates();
    assertRefused("InvalidParameterValue", () -> rds.describeDBSubnetGroups(r -> r.maxRecords(5)));
  }
}
