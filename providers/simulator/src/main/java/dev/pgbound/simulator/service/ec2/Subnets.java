package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.BlockPublicAccessMode;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.HostnameType;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.PrivateDnsNameOptionsOnLaunch;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Subnets. */
final class Subnets {

  private static final Duration UNTIL_AVAILABLE = Duration.ofSeconds(2);

  private final Network network;
  private final NetworkInterfaces interfaces;
  private final AvailabilityZones zones;
  private final RouteTables routeTables;

  Subnets(
      Network network,
      NetworkInterfaces interfaces,
      AvailabilityZones zones,
      RouteTables routeTables) {
    this.network = network;
    this.interfaces = interfaces;
    this.zones = zones;
    this.routeTables = routeTables;
  }

  void register(Operations operations) {
    operations
        .on("CreateSubnet", CreateSubnetRequest::builder, this::create)
        .on("DescribeSubnets", DescribeSubnetsRequest::builder, this::describe)
        .on("ModifySubnetAttribute", ModifySubnetAttributeRequest::builder, this::modify)
        .on("DeleteSubnet", DeleteSubnetRequest::builder, this::delete);
  }

  CreateSubnetResponse create(CreateSubnetRequest request) {
    Vpc vpc = network.vpcs().get(request.vpcId()).model();
    Cidr cidr = checkedCidr(request.cidrBlock(), vpc);
    AvailabilityZone zone = zone(request);
    String id = network.subnets().newId();
    Subnet subnet =
        Subnet.builder()
            .subnetId(id)
            .subnetArn(network.world().arn("ec2", "subnet/" + id))
            .ownerId(ACCOUNT)
            .vpcId(vpc.vpcId())
            .cidrBlock(cidr.toString())
            .availabilityZone(zone.zoneName())
            .availabilityZoneId(zone.zoneId())
            .state(SubnetState.PENDING)
            .defaultForAz(false)
            .mapPublicIpOnLaunch(false)
            .mapCustomerOwnedIpOnLaunch(false)
            .assignIpv6AddressOnCreation(false)
            .enableDns64(false)
            .ipv6Native(false)
            .ipv6CidrBlockAssociationSet(List.of())
            .privateDnsNameOptionsOnLaunch(
                options ->
                    options
                        .hostnameType(HostnameType.IP_NAME)
                        .enableResourceNameDnsARecord(false)
                        .enableResourceNameDnsAAAARecord(false))
            .blockPublicAccessStates(
                states -> states.internetGatewayBlockMode(BlockPublicAccessMode.OFF))
            .build();
    Stored<Subnet, Subnet.Builder> stored =
        network.subnets().add(id, subnet, request.tagSpecifications());
    stored.after(UNTIL_AVAILABLE, builder -> builder.state(SubnetState.AVAILABLE));
    return CreateSubnetResponse.builder().subnet(view(stored)).build();
  }

  private Cidr checkedCidr(String text, Vpc vpc) {
    Cidr cidr = Cidr.parse(text);
    if (cidr.bits() < 16 || cidr.bits() > 28 || !Cidr.parse(vpc.cidrBlock()).contains(cidr)) {
      throw new Fault("InvalidSubnet.Range", "The CIDR '" + text + "' is invalid.");
    }
    boolean isTaken =
        network
            .subnets()
            .where(other -> other.vpcId().equals(vpc.vpcId()))
            .anyMatch(other -> Cidr.parse(other.model().cidrBlock()).overlaps(cidr));
    if (isTaken) {
      throw new Fault(
          "InvalidSubnet.Conflict", "The CIDR '" + text + "' conflicts with another subnet");
    }
    return cidr;
  }

  /** The zone asked for, else the one in which the VPC has the fewest subnets. */
  private AvailabilityZone zone(CreateSubnetRequest request) {
    if (request.availabilityZone() == null && request.availabilityZoneId() == null) {
      return zones.all().stream()
          .min(Comparator.comparingLong(zone -> subnetsIn(zone, request.vpcId())))
          .orElseThrow();
    }
    return zones.all().stream()
        .filter(
            zone ->
                zone.zoneName().equals(request.availabilityZone())
                    || zone.zoneId().equals(request.availabilityZoneId()))
        .findFirst()
        .orElseThrow(() -> unknownZone(request));
  }

  private long subnetsIn(AvailabilityZone zone, String vpcId) {
    return network
        .subnets()
        .where(s -> s.vpcId().equals(vpcId) && s.availabilityZone().equals(zone.zoneName()))
        .count();
  }

  private Fault unknownZone(CreateSubnetRequest request) {
    String names =
        zones.all().stream().map(AvailabilityZone::zoneName).collect(Collectors.joining(", "));
    String asked =
        request.availabilityZone() == null
            ? request.availabilityZoneId()
            : request.availabilityZone();
    return new Fault(
        "InvalidParameterValue",
        "Value ("
            + asked
            + ") for parameter availabilityZone is invalid. Subnets can currently only be created"
            + " in the following availability zones: "
            + names
            + ".");
  }

  private DescribeSubnetsResponse describe(DescribeSubnetsRequest request) {
    Page<Subnet> page =
        network
            .subnets()
            .describe(
                request.subnetIds(),
                this::view,
                request.filters(),
                request.maxResults(),
                request.nextToken());
    return DescribeSubnetsResponse.builder().subnets(page.items()).nextToken(page.next()).build();
  }

  private Subnet view(Stored<Subnet, Subnet.Builder> stored) {
    int free = interfaces.freeAddresses(stored.model());
    return stored.view().copy(subnet -> subnet.availableIpAddressCount(free));
  }

  private ModifySubnetAttributeResponse modify(ModifySubnetAttributeRequest request) {
    Stored<Subnet, Subnet.Builder> stored = network.subnets().get(request.subnetId());
    List<Consumer<Subnet.Builder>> changes = new ArrayList<>();
    if (request.mapPublicIpOnLaunch() != null) {
      changes.add(b -> b.mapPublicIpOnLaunch(request.mapPublicIpOnLaunch().value()));
    }
    if (request.assignIpv6AddressOnCreation() != null) {
      changes.add(
          b -> b.assignIpv6AddressOnCreation(request.assignIpv6AddressOnCreation().value()));
    }
    if (request.enableDns64() != null) {
      changes.add(b -> b.enableDns64(request.enableDns64().value()));
    }
    PrivateDnsNameOptionsOnLaunch names = stored.model().privateDnsNameOptionsOnLaunch();
    privateDnsNameChanges(request)
        .forEach(change -> changes.add(b -> b.privateDnsNameOptionsOnLaunch(names.copy(change))));
    if (changes.size() != 1) {
      throw new Fault(
          "InvalidParameterCombination",
          "Exactly one attribute must be specified in a call of ModifySubnetAttribute");
    }
    stored.update(changes.get(0));
    return ModifySubnetAttributeResponse.builder().build();
  }

  private static List<Consumer<PrivateDnsNameOptionsOnLaunch.Builder>> privateDnsNameChanges(
      ModifySubnetAttributeRequest request) {
    List<Consumer<PrivateDnsNameOptionsOnLaunch.Builder>> changes = new ArrayList<>();
    if (request.privateDnsHostnameTypeOnLaunch() != null) {
      changes.add(b -> b.hostnameType(request.privateDnsHostnameTypeOnLaunch()));
    }
    if (request.enableResourceNameDnsARecordOnLaunch() != null) {
      boolean on = request.enableResourceNameDnsARecordOnLaunch().value();
      changes.add(b -> b.enableResourceNameDnsARecord(on));
    }
    if (request.enableResourceNameDnsAAAARecordOnLaunch() != null) {
      boolean on = request.enableResourceNameDnsAAAARecordOnLaunch().value();
      changes.add(b -> b.enableResourceNameDnsAAAARecord(on));
    }
    return changes;
  }

  private DeleteSubnetResponse delete(DeleteSubnetRequest request) {
    Stored<Subnet, Subnet.Builder> stored = network.subnets().get(request.subnetId());
    boolean isUsed =
        network
            .networkInterfaces()
            .where(eni -> eni.subnetId().equals(stored.key()))
            .findAny()
            .isPresent();
    if (isUsed) {
      throw new Fault(
          "DependencyViolation",
          "The subnet '" + stored.key() + "' has dependencies and cannot be deleted.");
    }
    routeTables.forgetSubnet(stored.key());
    stored.remove();
    return DeleteSubnetResponse.builder().build();
  }
}
