package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RouteTableTypeTest {

  private static final String DONE = "<Response><return>true</return></Response>";
  private static final Fields TO_INTERNET =
      Fields.NONE.with("destinationCidrBlock", "0.0.0.0/0").with("gatewayId", "igw-1");

  private static final String AUTOMATIC =
      """
      <item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId>
        <origin>CreateRouteTable</origin></item>
      <item><destinationCidrBlock>192.168.0.0/16</destinationCidrBlock><gatewayId>vgw-1</gatewayId>
        <origin>EnableVgwRoutePropagation</origin></item>
      <item><destinationPrefixListId>pl-1</destinationPrefixListId><gatewayId>vpce-1</gatewayId>
        <origin>CreateRoute</origin></item>
      """;

  private final TypeFixture table = new TypeFixture("route-table");

  @AfterEach
  void stop() {
    table.close();
  }

  @Test
  void hidesRoutesThatEc2AddsItself() {
    table.aws.answer("DescribeRouteTables", tables("hr", AUTOMATIC + internet("igw-1"), ""));

    assertThat(discovered().attributes().items("routes")).containsExactly(TO_INTERNET);
  }

  @Test
  void createsRoutesAndAssociations() {
    table
        .aws
        .answer(
            "CreateRouteTable",
            "<CreateRouteTableResponse><routeTable><routeTableId>rtb-1</routeTableId></routeTable>"
                + "</CreateRouteTableResponse>")
        .answer("DescribeRouteTables", tables("hr", AUTOMATIC, ""))
        .refuseEc2("CreateRoute", 400, "InvalidGatewayID.NotFound", "The gateway does not exist")
        .answer("CreateRoute", DONE)
        .answer("AssociateRouteTable", DONE);

    table.type.create(
        Fields.NONE
            .with("vpcId", "vpc-1")
            .with("routes", new Value.Items(List.of(TO_INTERNET)))
            .with("subnetIds", Value.of(List.of("subnet-1"))),
        TestContext.step("route-table.public"));

    assertThat(table.aws.lastBody("CreateRoute"))
        .contains("RouteTableId=rtb-1")
        .contains("DestinationCidrBlock=0.0.0.0/0")
        .contains("GatewayId=igw-1");
    assertThat(table.aws.lastBody("AssociateRouteTable")).contains("SubnetId=subnet-1");
    assertThat(table.aws.operations()).filteredOn("CreateRoute"::equals).hasSize(2);
  }

  @Test
  void changesOnlyTheDifference() {
    table
        .aws
        .answer(
            "DescribeRouteTables",
            tables(
                "hr",
                AUTOMATIC + internet("igw-2") + route("10.9.0.0/16", "pcx-1"),
                association("subnet-1") + association("subnet-2")))
        .answer("ReplaceRoute", DONE)
        .answer("DeleteRoute", DONE)
        .answer("DisassociateRouteTable", DONE);

    update(
        Fields.NONE
            .with("routes", new Value.Items(List.of(TO_INTERNET)))
            .with("subnetIds", Value.of(List.of("subnet-2"))));

    assertThat(table.aws.operations())
        .containsExactly(
            "DescribeRouteTables",
            "ReplaceRoute",
            "DeleteRoute",
            "DisassociateRouteTable",
            "DescribeRouteTables");
    assertThat(table.aws.lastBody("ReplaceRoute")).contains("GatewayId=igw-1");
    assertThat(table.aws.lastBody("DeleteRoute")).contains("DestinationCidrBlock=10.9.0.0/16");
    assertThat(table.aws.lastBody("DisassociateRouteTable")).contains("assoc-subnet-1");
  }

  @Test
  void takesASubnetOverFromATableOfTheSameMigration() {
    table
        .aws
        .answer("DescribeRouteTables", tables("hr", "", ""))
        .answer("DescribeRouteTables", tables("hr", "", association("subnet-1")))
        .refuseEc2("AssociateRouteTable", 400, "Resource.AlreadyAssociated", "already associated")
        .answer("ReplaceRouteTableAssociation", DONE);

    update(Fields.NONE.with("subnetIds", Value.of(List.of("subnet-1"))));

    assertThat(table.aws.lastBody("ReplaceRouteTableAssociation"))
        .contains("AssociationId=assoc-subnet-1");
  }

  @Test
  void leavesASubnetOfSomebodyElsesTableAlone() {
    table
        .aws
        .answer("DescribeRouteTables", tables("hr", "", ""))
        .answer("DescribeRouteTables", tables("other", "", association("subnet-1")))
        .refuseEc2("AssociateRouteTable", 400, "Resource.AlreadyAssociated", "already associated");

    assertThatThrownBy(() -> update(Fields.NONE.with("subnetIds", Value.of(List.of("subnet-1")))))
        .hasMessageContaining("already associated");
  }

  @Test
  void removesAssociationsBeforeTheTable() {
    table
        .aws
        .answer("DescribeRouteTables", tables("hr", "", association("subnet-1")))
        .answer("DisassociateRouteTable", DONE)
        .answer("DeleteRouteTable", DONE);

    table.type.delete(owned(), Optional.empty(), TestContext.step("route-table.public"));

    assertThat(table.aws.operations())
        .containsExactly("DescribeRouteTables", "DisassociateRouteTable", "DeleteRouteTable");
  }

  private Live discovered() {
    return table
        .type
        .discover(TypeFixture.plan("route-table.public", Fields.NONE), TestContext.discovery())
        .get(0);
  }

  private void update(Fields desired) {
    table.type.update(
        owned(),
        desired,
        Set.copyOf(desired.fields().keySet()),
        TestContext.step("route-table.public"));
  }

  private static Live owned() {
    return new Live(
        "rtb-1",
        Fields.NONE,
        TestContext.step("route-table.public").ownershipTags(),
        Live.Health.READY);
  }

  private static String internet(String gateway) {
    return String.format(
        Locale.ROOT,
        """
        <item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>%s</gatewayId>
          <origin>CreateRoute</origin><state>active</state></item>
        """,
        gateway);
  }

  private static String route(String cidr, String peering) {
    return String.format(
        Locale.ROOT,
        """
        <item><destinationCidrBlock>%s</destinationCidrBlock>
          <vpcPeeringConnectionId>%s</vpcPeeringConnectionId><origin>CreateRoute</origin></item>
        """,
        cidr,
        peering);
  }

  private static String association(String subnet) {
    return String.format(
        Locale.ROOT,
        """
        <item><routeTableAssociationId>assoc-%s</routeTableAssociationId><subnetId>%s</subnetId>
          <main>false</main></item>
        """,
        subnet,
        subnet);
  }

  private static String tables(String migration, String routes, String associations) {
    return String.format(
        Locale.ROOT,
        """
        <DescribeRouteTablesResponse><routeTableSet><item>
          <routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId>
          <routeSet>%s</routeSet><associationSet>%s</associationSet>
          <tagSet><item><key>pgbound:migration</key><value>%s</value></item></tagSet>
        </item></routeTableSet></DescribeRouteTablesResponse>
        """,
        routes,
        associations,
        migration);
  }
}
