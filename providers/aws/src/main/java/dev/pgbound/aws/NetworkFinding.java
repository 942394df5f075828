package dev.pgbound.aws;

import dev.pgbound.spi.Problems;

/** What the checks of the network types find: refusals of EC2 that can be seen in the file. */
enum NetworkFinding {
  RULE_WITHOUT_ONE_PEER(
      "NET-001",
      "A rule needs exactly one peer",
      "Name one of cidrIpv4, cidrIpv6, referencedGroupId, prefixListId and self: true. Write one"
          + " rule for each peer."),
  RULE_WITHOUT_PORTS(
      "NET-002",
      "A rule for this protocol needs ports",
      "Give fromPort and toPort; 0 and 65535 stand for all ports."),
  INCOMPLETE_ROUTE(
      "NET-003",
      "A route needs one destination and one target",
      "Give one of destinationCidrBlock, destinationIpv6CidrBlock and destinationPrefixListId, and"
          + " one target such as gatewayId."),
  SEVERAL_ZONES(
      "NET-004",
      "A subnet has one availability zone",
      "Give only one of availabilityZone, availabilityZoneId and availabilityZoneIndex.");

  private final String code;
  private final String summary;
  private final String advice;

  NetworkFinding(String code, String summary, String advice) {
    this.code = code;
    this.summary = summary;
    this.advice = advice;
  }

  void report(Problems problems, String path) {
    problems.error(path, code, summary, advice);
  }
}
