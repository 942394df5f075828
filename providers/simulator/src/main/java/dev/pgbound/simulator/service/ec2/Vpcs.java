package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** VPCs and their DNS attributes. */
final class Vpcs {

  private static final Duration UNTIL_AVAILABLE = Duration.ofSeconds(2);

  /** The region's DHCP options; every VPC here uses them. */
  private static final String DHCP_OPTIONS = "dopt-0d6f3c1a5b7e92048";

  private final Network network;
  private final RouteTables routeTables;
  private final NetworkAcls acls;
  private final SecurityGroups groups;
  private final VpcEndpoints endpoints;

  Vpcs(
      Network network,
      RouteTables routeTables,
      NetworkAcls acls,
      SecurityGroups groups,
      VpcEndpoints endpoints) {
    this.network = network;
    this.routeTables = routeTables;
    this.acls = acls;
    this.groups = groups;
    this.endpoints = endpoints;
  }

  /** Whether an attribute that only DescribeVpcAttribute shows is on. */
  static boolean isOn(Stored<Vpc, Vpc.Builder> vpc, VpcAttributeName name) {
    return vpc.hidden(name.toString()).map(Boolean::valueOf).orElse(false);
  }

  void register(Operations operations) {
    operations
        .on("CreateVpc", CreateVpcRequest::builder, this::create)
        .on("DescribeVpcs", DescribeVpcsRequest::builder, this::describe)
        .on("DeleteVpc", DeleteVpcRequest::builder, this::delete)
        .on("ModifyVpcAttribute", ModifyVpcAttributeRequest::builder, this::modifyAttribute)
        .on("DescribeVpcAttribute", DescribeVpcAttributeRequest::builder, this::describeAttribute);
  }

  CreateVpcResponse create(CreateVpcRequest request) {
    String cidr = checkedCidr(request.cidrBlock());
    String id = network.vpcs().newId();
    Vpc vpc =
        Vpc.builder()
            .vpcId(id)
            .ownerId(ACCOUNT)
            .cidrBlock(cidr)
            .cidrBlockAssociationSet(association(cidr))
            .ipv6CidrBlockAssociationSet(List.of())
            .dhcpOptionsId(DHCP_OPTIONS)
            .instanceTenancy(
                request.instanceTenancy() == null ? Tenancy.DEFAULT : request.instanceTenancy())
            .isDefault(false)
            .state(VpcState.PENDING)
            .build();
    Stored<Vpc, Vpc.Builder> stored = network.vpcs().add(id, vpc, request.tagSpecifications());
    hide(stored, VpcAttributeName.ENABLE_DNS_SUPPORT, true);
    hide(stored, VpcAttributeName.ENABLE_DNS_HOSTNAMES, false);
    hide(stored, VpcAttributeName.ENABLE_NETWORK_ADDRESS_USAGE_METRICS, false);
    stored.after(UNTIL_AVAILABLE, builder -> builder.state(VpcState.AVAILABLE));
    routeTables.createMain(vpc);
    acls.createDefault(id);
    groups.createDefault(id);
    return CreateVpcResponse.builder().vpc(stored.view()).build();
  }

  private static String checkedCidr(@Nullable String text) {
    if (text == null) {
      throw new Fault("MissingParameter", "Either cidrBlock or ipv4IpamPoolId must be given");
    }
    Cidr cidr = Cidr.parse(text);
    if (cidr.bits() < 16 || cidr.bits() > 28) {
      throw new Fault("InvalidVpc.Range", "The CIDR '" + text + "' is invalid.");
    }
    return cidr.toString();
  }

  static void hide(Stored<Vpc, Vpc.Builder> vpc, VpcAttributeName name, boolean isOn) {
    vpc.hide(name.toString(), Boolean.toString(isOn));
  }

  private VpcCidrBlockAssociation association(String cidr) {
    return VpcCidrBlockAssociation.builder()
        .associationId(network.world().ids().hex("vpc-cidr-assoc"))
        .cidrBlock(cidr)
        .cidrBlockState(state -> state.state(VpcCidrBlockStateCode.ASSOCIATED))
        .build();
  }

  private DescribeVpcsResponse describe(DescribeVpcsRequest request) {
    Page<Vpc> page =
        network
            .vpcs()
            .describe(
                request.vpcIds(),
                Stored::view,
                request.filters(),
                request.maxResults(),
                request.nextToken());
    return DescribeVpcsResponse.builder().vpcs(page.items()).nextToken(page.next()).build();
  }

  private DeleteVpcResponse delete(DeleteVpcRequest request) {
    Stored<Vpc, Vpc.Builder> vpc = network.vpcs().get(request.vpcId());
    String id = vpc.key();
    boolean hasDependencies =
        network.subnets().where(subnet -> subnet.vpcId().equals(id)).findAny().isPresent()
            || network
                .internetGateways()
                .where(gateway -> InternetGateways.isAttached(gateway, id))
                .findAny()
                .isPresent()
            || routeTables.hasOwnTables(id)
            || groups.hasOwnGroups(id)
            || endpoints.exist(id);
    if (hasDependencies) {
      throw new Fault(
          "DependencyViolation", "The vpc '" + id + "' has dependencies and cannot be deleted.");
    }
    routeTables.deleteMain(id);
    acls.removeAll(id);
    groups.removeAll(id);
    vpc.remove();
    return DeleteVpcResponse.builder().build();
  }

  /** Changes one DNS attribute; the API takes one in a call. */
  private ModifyVpcAttributeResponse modifyAttribute(ModifyVpcAttributeRequest request) {
    Stored<Vpc, Vpc.Builder> vpc = network.vpcs().get(request.vpcId());
    Map<VpcAttributeName, AttributeBooleanValue> wanted = new EnumMap<>(VpcAttributeName.class);
    putIfGiven(wanted, VpcAttributeName.ENABLE_DNS_SUPPORT, request.enableDnsSupport());
    putIfGiven(wanted, VpcAttributeName.ENABLE_DNS_HOSTNAMES, request.enableDnsHostnames());
    putIfGiven(
        wanted,
        VpcAttributeName.ENABLE_NETWORK_ADDRESS_USAGE_METRICS,
        request.enableNetworkAddressUsageMetrics());
    if (wanted.size() != 1) {
      throw new Fault(
          "InvalidParameterCombination", "Exactly one attribute must be specified in a call");
    }
    wanted.forEach((name, value) -> hide(vpc, name, value.value()));
    return ModifyVpcAttributeResponse.builder().build();
  }

  private static void putIfGiven(
      Map<VpcAttributeName, AttributeBooleanValue> wanted,
      VpcAttributeName name,
      @Nullable AttributeBooleanValue value) {
    if (value != null) {
      wanted.put(name, value);
    }
  }

  private DescribeVpcAttributeResponse describeAttribute(DescribeVpcAttributeRequest request) {
    Stored<Vpc, Vpc.Builder> vpc = network.vpcs().get(request.vpcId());
    VpcAttributeName name =
        Objects.requireNonNullElse(request.attribute(), VpcAttributeName.UNKNOWN_TO_SDK_VERSION);
    DescribeVpcAttributeResponse.Builder response =
        DescribeVpcAttributeResponse.builder().vpcId(vpc.key());
    return switch (name) {
      case ENABLE_DNS_SUPPORT -> response.enableDnsSupport(v -> v.value(isOn(vpc, name))).build();
      case ENABLE_DNS_HOSTNAMES ->
          response.enableDnsHostnames(v -> v.value(isOn(vpc, name))).build();
      case ENABLE_NETWORK_ADDRESS_USAGE_METRICS ->
          response.enableNetworkAddressUsageMetrics(v -> v.value(isOn(vpc, name))).build();
      case UNKNOWN_TO_SDK_VERSION ->
          throw new Fault(
              "InvalidParameterValue", "Value (" + request.attributeAsString() + ") is invalid");
    };
  }
}
