package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

  private final Network network;

  Vpcs(Network network) {
    this.network = network;
  }

  void register(Operations operations) {
    operations
        .on("CreateVpc", CreateVpcRequest::builder, this::createVpc)
        .on("DescribeVpcs", DescribeVpcsRequest::builder, this::describeVpcs)
        .on("DeleteVpc", DeleteVpcRequest::builder, this::deleteVpc)
        .on("ModifyVpcAttribute", ModifyVpcAttributeRequest::builder, this::modifyVpcAttribute)
        .on(
            "DescribeVpcAttribute",
            DescribeVpcAttributeRequest::builder,
            this::describeVpcAttribute);
  }

  private CreateVpcResponse createVpc(CreateVpcRequest request) {
    String id = network.ids().hex("vpc");
    Vpc vpc =
        Vpc.builder()
            .vpcId(id)
            .ownerId(ACCOUNT)
            .cidrBlock(request.cidrBlock())
            .instanceTenancy(
                request.instanceTenancy() == null ? Tenancy.DEFAULT : request.instanceTenancy())
            .isDefault(false)
            .state(VpcState.PENDING)
            .cidrBlockAssociationSet(association(request.cidrBlock()))
            .build();
    Stored<Vpc, Vpc.Builder> stored =
        network.vpcs().add(id, network.world().arn("ec2", "vpc/" + id), vpc, Map.of());
    stored.hide(VpcAttributeName.ENABLE_DNS_SUPPORT.toString(), "true");
    stored.hide(VpcAttributeName.ENABLE_DNS_HOSTNAMES.toString(), "false");
    stored.after(UNTIL_AVAILABLE, builder -> builder.state(VpcState.AVAILABLE));
    return CreateVpcResponse.builder().vpc(stored.view()).build();
  }

  private VpcCidrBlockAssociation association(String cidr) {
    return VpcCidrBlockAssociation.builder()
        .associationId(network.ids().hex("vpc-cidr-assoc"))
        .cidrBlock(cidr)
        .cidrBlockState(state -> state.state(VpcCidrBlockStateCode.ASSOCIATED))
        .build();
  }

  private DescribeVpcsResponse describeVpcs(DescribeVpcsRequest request) {
    List<Vpc> found =
        request.hasVpcIds()
            ? request.vpcIds().stream().map(network::vpc).map(Stored::view).toList()
            : network.vpcs().all().stream().map(Stored::view).toList();
    Page<Vpc> page = Page.of(found, request.maxResults(), request.nextToken(), 1000);
    return DescribeVpcsResponse.builder().vpcs(page.items()).nextToken(page.next()).build();
  }

  private DeleteVpcResponse deleteVpc(DeleteVpcRequest request) {
    network.vpc(request.vpcId()).remove();
    return DeleteVpcResponse.builder().build();
  }

  private ModifyVpcAttributeResponse modifyVpcAttribute(ModifyVpcAttributeRequest request) {
    Stored<Vpc, Vpc.Builder> vpc = network.vpc(request.vpcId());
    SortedMap<String, String> wanted = new TreeMap<>();
    wanted(wanted, VpcAttributeName.ENABLE_DNS_SUPPORT, request.enableDnsSupport());
    wanted(wanted, VpcAttributeName.ENABLE_DNS_HOSTNAMES, request.enableDnsHostnames());
    if (wanted.size() != 1) {
      throw new Fault(
          "InvalidParameterCombination", "Exactly one attribute must be specified in a call");
    }
    wanted.forEach(vpc::hide);
    return ModifyVpcAttributeResponse.builder().build();
  }

  private static void wanted(
      SortedMap<String, String> wanted, VpcAttributeName name, AttributeBooleanValue value) {
    if (value != null) {
      wanted.put(name.toString(), value.value().toString());
    }
  }

  private DescribeVpcAttributeResponse describeVpcAttribute(DescribeVpcAttributeRequest request) {
    Stored<Vpc, Vpc.Builder> vpc = network.vpc(request.vpcId());
    boolean value = vpc.hidden(request.attributeAsString()).map(Boolean::valueOf).orElse(false);
    DescribeVpcAttributeResponse.Builder response =
        DescribeVpcAttributeResponse.builder().vpcId(request.vpcId());
    return switch (request.attribute()) {
      case ENABLE_DNS_SUPPORT -> response.enableDnsSupport(v -> v.value(value)).build();
      case ENABLE_DNS_HOSTNAMES -> response.enableDnsHostnames(v -> v.value(value)).build();
      case ENABLE_NETWORK_ADDRESS_USAGE_METRICS ->
          response.enableNetworkAddressUsageMetrics(v -> v.value(value)).build();
      case UNKNOWN_TO_SDK_VERSION ->
          throw new Fault(
              "InvalidParameterValue", "Value (" + request.attributeAsString() + ") is invalid");
    };
  }
}
