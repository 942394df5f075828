package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code network}: a network of its own, or parts of one that exists. */
final class NetworkSection {

  static final String NAME = "network";

  private static final int POSTGRES = 5432;
  private static final int HTTPS = 443;

  /** A /24 has room for so many parts behind the first one. */
  private static final int MOST_ZONES = 15;

  /** AWS takes no more in a subnet group. */
  private static final int MOST_SUBNETS = 20;

  private final Sheet sheet;
  private final Section network;

  private NetworkSection(Sheet sheet, Section network) {
    this.sheet = sheet;
    this.network = network;
  }

  static void expand(Sheet sheet) {
    sheet.section(NAME).ifPresent(section -> new NetworkSection(sheet, section).expand());
  }

  private void expand() {
    if (network.has("cidr") == network.has("vpc")) {
      sheet.error(
          Code.SECTION_CHOICE,
          "Give either \"cidr\", for a network of its own, or \"vpc\" with \"subnets\" that exist.",
          network.pointer());
      return;
    }
    Draft vpc = network.has("cidr") ? own() : existing();
    securityGroup(vpc);
    if (network.flag("secretsManagerEndpoint", network.has("cidr"))) {
      secretsManagerEndpoint(vpc);
    }
  }

  private Draft own() {
    Draft vpc =
        sheet
            .add("vpc", "main", network.place("cidr"))
            .take("cidrBlock", network, "cidr")
            // Without host names the private name of an interface endpoint does not resolve.
            .set("enableDnsHostnames", true);
    Optional<Cidr> cidr = network.text("cidr").flatMap(Cidr::parse);
    if (cidr.isEmpty() || cidr.get().prefix() > 24) {
      sheet.error(
          Code.NETWORK_RANGE,
          "\"cidr\" takes an IPv4 network from /16 to /24, such as 10.0.0.0/16.",
          network.place("cidr"));
      return vpc;
    }
    List<String> zones = network.texts("zones");
    List<Draft> subnets = new ArrayList<>();
    for (int i = 0; i < Math.max(2, limited("zones", zones.size(), MOST_ZONES)); i++) {
      Draft subnet =
          sheet
              .add("subnet", name(i), network.place("cidr"))
              .set("vpcId", vpc.ref())
              .set("cidrBlock", cidr.get().part(i + 1).toString());
      if (zones.isEmpty()) {
        subnet.set("availabilityZoneIndex", i + 1L);
      } else {
        subnet.set("availabilityZone", Value.of(zones.get(i)), network.place("zones").item(i));
      }
      subnets.add(subnet);
    }
    if (network.flag("internetGateway", false)) {
      internet(vpc, subnets);
    }
    return vpc;
  }

  private void internet(Draft vpc, List<Draft> subnets) {
    Pointer cause = network.place("internetGateway");
    Draft gateway = sheet.add("internet-gateway", "main", cause).set("vpcId", vpc.ref());
    sheet
        .add("route-table", "main", cause)
        .set("vpcId", vpc.ref())
        .set(
            "routes",
            Json.items(
                Json.fields("destinationCidrBlock", "0.0.0.0/0", "gatewayId", gateway.ref())))
        .set("subnetIds", subnets.stream().map(Draft::ref).toList());
  }

  private Draft existing() {
    Draft vpc =
        sheet
            .add("vpc", "main", network.place("vpc"))
            .existing(selector("vpcId", network.value("vpc").orElse(Value.Null.INSTANCE)))
            .place(Pointer.of("existing"), network.place("vpc"));
    List<Value> subnets = network.fields().items("subnets");
    for (int i = 0; i < limited("subnets", subnets.size(), MOST_SUBNETS); i++) {
      Pointer place = network.place("subnets").item(i);
      sheet
          .add("subnet", name(i), place)
          .existing(selector("subnetId", subnets.get(i)))
          .place(Pointer.of("existing"), place);
    }
    if (subnets.size() < 2) {
      sheet.error(
          Code.SECTION_CHOICE,
          "DMS and Aurora want subnets in at least two availability zones; name two or more under"
              + " \"subnets\".",
          network.pointer());
    }
    return vpc;
  }

  /** Subnets are called a, b, c and so on. */
  private static String name(int index) {
    return String.valueOf((char) ('a' + index));
  }

  private int limited(String key, int count, int most) {
    if (count > most) {
      sheet.error(
          Code.SECTION_CHOICE,
          "\"" + key + "\" takes at most " + most + " elements; two or three are enough.",
          network.place(key));
    }
    return Math.min(count, most);
  }

  /** An identifier, or {@code tags} that the object carries. */
  private static Value.Fields selector(String identifier, Value value) {
    return value instanceof Value.Fields tags ? tags : Json.fields(identifier, value);
  }

  private void securityGroup(Draft vpc) {
    sheet
        .add("security-group", "main", network.pointer())
        .set("description", "Replication instance, Aurora and endpoints of " + sheet.migration())
        .set("vpcId", vpc.ref())
        .set(
            "ingress",
            Json.items(ingress(POSTGRES, "PostgreSQL"), ingress(HTTPS, "Interface endpoints")));
  }

  private static Value ingress(int port, String description) {
    return Json.fields(
        "ipProtocol",
        "tcp",
        "fromPort",
        port,
        "toPort",
        port,
        "self",
        true,
        "description",
        description + " within the group");
  }

  /** A private replication instance reads its secrets through it (DMS 3.4.7 and later). */
  private void secretsManagerEndpoint(Draft vpc) {
    sheet
        .add("vpc-endpoint", "secretsmanager", network.pointer())
        .set("vpcId", vpc.ref())
        .set("serviceName", "com.amazonaws." + sheet.region() + ".secretsmanager")
        .set("vpcEndpointType", "Interface")
        .set("subnetIds", subnets(sheet))
        .set("securityGroupIds", List.of("${security-group.main}"))
        .set("privateDnsEnabled", true);
  }

  /** References to all subnets of the section. */
  static List<String> subnets(Sheet sheet) {
    return sheet.drafts().values().stream()
        .filter(draft -> draft.address().type().equals("subnet"))
        .map(Draft::ref)
        .toList();
  }
}
