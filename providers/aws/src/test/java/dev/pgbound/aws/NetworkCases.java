package dev.pgbound.aws;

import dev.pgbound.testkit.ResourceTypeContract.Case;
import java.util.List;

/** The types of EC2, and the network that the cases of other types are put in. */
final class NetworkCases {

  /** A VPC with three subnets in two zones. */
  static final String NETWORK =
      """
      vpc:
        main: {cidrBlock: 10.0.0.0/16, enableDnsHostnames: true}
      subnet:
        a: {vpcId: "${vpc.main}", cidrBlock: 10.0.0.0/24, availabilityZone: us-east-1a}
        b: {vpcId: "${vpc.main}", cidrBlock: 10.0.1.0/24, availabilityZone: us-east-1b}
        c: {vpcId: "${vpc.main}", cidrBlock: 10.0.2.0/24, availabilityZone: us-east-1b}
      """;

  /** Two groups in that VPC. */
  static final String GROUPS =
      """
      security-group:
        main: {vpcId: "${vpc.main}"}
        other: {vpcId: "${vpc.main}"}
      """;

  private static final String TWO_VPCS =
      """
      vpc:
        main: {cidrBlock: 10.0.0.0/16}
        other: {cidrBlock: 10.1.0.0/16}
      """;

  private NetworkCases() {}

  static List<Case> all() {
    return List.of(
        vpc(),
        subnet(),
        subnetByIndex(),
        internetGateway(),
        routeTable(),
        emptyRouteTable(),
        securityGroup(),
        interfaceEndpoint(),
        gatewayEndpoint());
  }

  private static Case vpc() {
    return Case.of("vpc.main", "vpc: {main: {cidrBlock: 10.0.0.0/16}}\n")
        .change("enableDnsSupport", "false")
        .change("enableDnsHostnames", "true")
        .change("tags", "{team: data}")
        .change("cidrBlock", "10.1.0.0/16")
        .change("instanceTenancy", "dedicated");
  }

  private static Case subnet() {
    return Case.of(
            "subnet.main",
            TWO_VPCS
                + """
                subnet:
                  main:
                    vpcId: ${vpc.main}
                    cidrBlock: 10.0.0.0/24
                    availabilityZone: us-east-1a
                    tags: {team: apps}
                """)
        .change("mapPublicIpOnLaunch", "true")
        .change("tags", "{team: data}")
        .change("cidrBlock", "10.0.7.0/24")
        .change("availabilityZone", "us-east-1b");
  }

  private static Case subnetByIndex() {
    return Case.of(
            "subnet.main",
            TWO_VPCS
                + """
                subnet:
                  main: {vpcId: "${vpc.main}", cidrBlock: 10.0.0.0/24, availabilityZoneIndex: 1}
                """)
        .change("availabilityZoneIndex", "2");
  }

  private static Case internetGateway() {
    return Case.of(
            "internet-gateway.main",
            TWO_VPCS + "internet-gateway: {main: {vpcId: \"${vpc.main}\"}}\n")
        .change("vpcId", "\"${vpc.other}\"")
        .change("tags", "{team: data}");
  }

  private static Case routeTable() {
    return Case.of(
            "route-table.main",
            NETWORK
                + """
                internet-gateway:
                  main: {vpcId: "${vpc.main}"}
                route-table:
                  main:
                    vpcId: ${vpc.main}
                    routes:
                      - {destinationCidrBlock: 0.0.0.0/0, gatewayId: "${internet-gateway.main}"}
                    subnetIds: ["${subnet.a}", "${subnet.b}"]
                """)
        .change(
            "routes",
            "[{destinationCidrBlock: 192.0.2.0/24, gatewayId: \"${internet-gateway.main}\"}]")
        .change("subnetIds", "[\"${subnet.b}\", \"${subnet.c}\"]")
        .change("tags", "{team: data}");
  }

  private static Case emptyRouteTable() {
    return Case.of("route-table.main", TWO_VPCS + "route-table: {main: {vpcId: \"${vpc.main}\"}}\n")
        .change("vpcId", "\"${vpc.other}\"");
  }

  private static Case securityGroup() {
    return Case.of(
            "security-group.main",
            TWO_VPCS
                + """
                security-group:
                  other: {vpcId: "${vpc.main}"}
                  main:
                    vpcId: ${vpc.main}
                    description: Databases
                    ingress:
                      - {ipProtocol: tcp, fromPort: 5432, toPort: 5432, self: true}
                      - {ipProtocol: tcp, fromPort: 1521, toPort: 1521, cidrIpv4: 10.0.0.0/16}
                """)
        .change(
            "ingress",
            "[{ipProtocol: tcp, fromPort: 443, toPort: 443,"
                + " referencedGroupId: \"${security-group.other}\", description: HTTPS}]")
        .change("egress", "[{ipProtocol: tcp, fromPort: 5432, toPort: 5432, self: true}]")
        .change("tags", "{team: data}")
        .change("description", "Other databases")
        .change("vpcId", "\"${vpc.other}\"");
  }

  private static Case interfaceEndpoint() {
    return Case.of(
            "vpc-endpoint.secrets",
            NETWORK
                + GROUPS
                + """
                vpc-endpoint:
                  secrets:
                    vpcId: ${vpc.main}
                    serviceName: com.amazonaws.us-east-1.secretsmanager
                    vpcEndpointType: Interface
                    subnetIds: ["${subnet.a}", "${subnet.b}"]
                    securityGroupIds: ["${security-group.main}"]
                    privateDnsEnabled: true
                """)
        .change("subnetIds", "[\"${subnet.a}\", \"${subnet.c}\"]")
        .change("securityGroupIds", "[\"${security-group.other}\"]")
        .change("privateDnsEnabled", "false")
        .change(
            "policyDocument",
            "{Statement: [{Effect: Allow, Principal: \"*\","
                + " Action: \"secretsmanager:GetSecretValue\", Resource: \"*\"}]}")
        .change("tags", "{team: data}")
        .change("serviceName", "com.amazonaws.us-east-1.logs");
  }

  private static Case gatewayEndpoint() {
    return Case.of(
            "vpc-endpoint.s3",
            NETWORK
                + """
                route-table:
                  main: {vpcId: "${vpc.main}"}
                  other: {vpcId: "${vpc.main}"}
                vpc-endpoint:
                  s3:
                    vpcId: ${vpc.main}
                    serviceName: com.amazonaws.us-east-1.s3
                    vpcEndpointType: Gateway
                    routeTableIds: ["${route-table.main}"]
                """)
        .change("routeTableIds", "[\"${route-table.other}\"]");
  }
}
