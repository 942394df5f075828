package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DnsEntry;
import software.amazon.awssdk.services.ec2.model.IpAddressType;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/** VPC endpoints of the types Interface and Gateway. */
final class VpcEndpoints {

  private static final Duration UNTIL_AVAILABLE = Duration.ofSeconds(75);
  private static final Duration UNTIL_DELETED = Duration.ofSeconds(60);
  private static final Duration UNTIL_GATEWAY_DELETED = Duration.ofSeconds(2);

  /** EC2 answers these in lower case, whatever the SDK's constants say. */
  private static final String PENDING = "pending";

  private static final String AVAILABLE = "available";
  private static final String DELETING = "deleting";

  private static final String PUBLIC_ZONE = "Z7HUB22UULQXV";
  private static final String FULL_ACCESS =
      "{\"Statement\":[{\"Action\":\"*\",\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Resource\":\"*\"}]}";

  private final Network network;
  private final NetworkInterfaces interfaces;
  private final Routes routes;
  private final PrefixLists prefixLists;

  VpcEndpoints(
      Network network, NetworkInterfaces interfaces, Routes routes, PrefixLists prefixLists) {
    this.network = network;
    this.interfaces = interfaces;
    this.routes = routes;
    this.prefixLists = prefixLists;
  }

  void register(Operations operations) {
    operations
        .on("CreateVpcEndpoint", CreateVpcEndpointRequest::builder, this::create)
        .on("DescribeVpcEndpoints", DescribeVpcEndpointsRequest::builder, this::describe)
        .on("ModifyVpcEndpoint", ModifyVpcEndpointRequest::builder, this::modify)
        .on("DeleteVpcEndpoints", DeleteVpcEndpointsRequest::builder, this::delete);
  }

  /** Whether a VPC has endpoints, disappearing ones included. */
  boolean exist(String vpcId) {
    return network
        .vpcEndpoints()
        .where(endpoint -> endpoint.vpcId().equals(vpcId))
        .findAny()
        .isPresent();
  }

  private CreateVpcEndpointResponse create(CreateVpcEndpointRequest request) {
    String vpcId = network.vpcs().get(request.vpcId()).key();
    checkService(request.serviceName());
    String id = network.vpcEndpoints().newId();
    VpcEndpoint.Builder endpoint =
        VpcEndpoint.builder()
            .vpcEndpointId(id)
            .vpcId(vpcId)
            .ownerId(ACCOUNT)
            .serviceName(request.serviceName())
            .serviceRegion(network.world().region())
            .policyDocument(Objects.requireNonNullElse(request.policyDocument(), FULL_ACCESS))
            .requesterManaged(false)
            .routeTableIds(request.routeTableIds())
            .subnetIds(request.subnetIds())
            .creationTimestamp(network.world().now());
    Stored<VpcEndpoint, VpcEndpoint.Builder> stored =
        request.vpcEndpointType() == VpcEndpointType.INTERFACE
            ? createInterface(request, endpoint)
            : createGateway(request, endpoint);
    return CreateVpcEndpointResponse.builder().vpcEndpoint(view(stored)).build();
  }

  private Stored<VpcEndpoint, VpcEndpoint.Builder> createInterface(
      CreateVpcEndpointRequest request, VpcEndpoint.Builder endpoint) {
    boolean isPrivateDns = Objects.requireNonNullElse(request.privateDnsEnabled(), true);
    if (isPrivateDns) {
      checkPrivateDns(request.vpcId(), request.serviceName());
    }
    VpcEndpoint model =
        endpoint
            .vpcEndpointType(VpcEndpointType.INTERFACE)
            .state(PENDING)
            .ipAddressType(IpAddressType.IPV4)
            .privateDnsEnabled(isPrivateDns)
            .dnsOptions(
                options ->
                    options
                        .dnsRecordIpType("ipv4")
                        .privateDnsPreference("VERIFIED_DOMAINS_ONLY")
                        .privateDnsSpecifiedDomains("*"))
            .build();
    String id = model.vpcEndpointId();
    request.subnetIds().forEach(subnet -> attach(id, subnet, request.securityGroupIds()));
    Stored<VpcEndpoint, VpcEndpoint.Builder> stored =
        network.vpcEndpoints().add(id, model, request.tagSpecifications());
    stored.after(UNTIL_AVAILABLE, builder -> builder.state(AVAILABLE));
    return stored;
  }

  private Stored<VpcEndpoint, VpcEndpoint.Builder> createGateway(
      CreateVpcEndpointRequest request, VpcEndpoint.Builder endpoint) {
    String list = prefixLists.id(request.serviceName());
    VpcEndpoint model =
        endpoint
            .vpcEndpointType(VpcEndpointType.GATEWAY)
            .state(AVAILABLE)
            .privateDnsEnabled(false)
            .build();
    String id = model.vpcEndpointId();
    request.routeTableIds().forEach(table -> routes.addEndpointRoute(table, list, id));
    return network.vpcEndpoints().add(id, model, request.tagSpecifications());
  }

  private void checkService(@Nullable String serviceName) {
    String own = "com.amazonaws." + network.world().region() + ".";
    if (serviceName == null || !serviceName.startsWith(own)) {
      throw new Fault(
          "InvalidServiceName", "The Vpc Endpoint Service '" + serviceName + "' does not exist");
    }
  }

  /** The name under which a service is known in a region, such as {@code dms.eu-west-1}. */
  private static String domain(String serviceName, String region) {
    return serviceName.substring(("com.amazonaws." + region + ".").length()) + "." + region;
  }

  private void checkPrivateDns(String vpcId, String serviceName) {
    boolean hasNames =
        List.of(VpcAttributeName.ENABLE_DNS_SUPPORT, VpcAttributeName.ENABLE_DNS_HOSTNAMES).stream()
            .allMatch(name -> Vpcs.isOn(network.vpcs().get(vpcId), name));
    if (!hasNames) {
      throw new Fault(
          "InvalidParameter",
          "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC"
              + " attributes set to true for "
              + vpcId);
    }
    boolean isTaken =
        network
            .vpcEndpoints()
            .where(e -> e.vpcId().equals(vpcId) && e.serviceName().equals(serviceName))
            .anyMatch(e -> e.model().privateDnsEnabled());
    if (isTaken) {
      throw new Fault(
          "InvalidParameter",
          "private-dns-enabled cannot be set because there is already a conflicting DNS domain"
              + " for "
              + domain(serviceName, network.world().region())
              + ".amazonaws.com in the VPC "
              + vpcId);
    }
  }

  /** An endpoint has at most one interface in a zone. */
  private void attach(String id, String subnetId, List<String> groupIds) {
    String zone = network.subnets().get(subnetId).model().availabilityZone();
    if (interfaces.of(id).stream().anyMatch(eni -> zone.equals(eni.availabilityZone()))) {
      throw new Fault(
          "DuplicateSubnetsInSameZone",
          "Found another VPC endpoint subnet in the availability zone of "
              + subnetId
              + ". VPC endpoint subnets should be in different availability zones supported by the"
              + " VPC endpoint service.");
    }
    interfaces.attach(
        id,
        new NetworkInterfaces.Request(
            subnetId,
            groupIds,
            "VPC Endpoint Interface " + id,
            "727180483921",
            NetworkInterfaceType.VPC_ENDPOINT,
            false));
  }

  private DescribeVpcEndpointsResponse describe(DescribeVpcEndpointsRequest request) {
    Page<VpcEndpoint> page =
        network
            .vpcEndpoints()
            .describe(
                request.vpcEndpointIds(),
                this::view,
                request.filters(),
                request.maxResults(),
                request.nextToken());
    return DescribeVpcEndpointsResponse.builder()
        .vpcEndpoints(page.items())
        .nextToken(page.next())
        .build();
  }

  /** What follows from the endpoint's network interfaces is shown as they are now. */
  private VpcEndpoint view(Stored<VpcEndpoint, VpcEndpoint.Builder> stored) {
    VpcEndpoint endpoint = stored.view();
    if (endpoint.vpcEndpointType() == VpcEndpointType.GATEWAY) {
      return endpoint;
    }
    List<NetworkInterface> own = interfaces.of(stored.key());
    List<SecurityGroupIdentifier> groups =
        own.stream()
            .flatMap(eni -> eni.groups().stream())
            .map(
                g ->
                    SecurityGroupIdentifier.builder().groupId(g.groupId()).groupName(g.groupName()))
            .map(SecurityGroupIdentifier.Builder::build)
            .distinct()
            .toList();
    return endpoint.copy(
        builder ->
            builder
                .networkInterfaceIds(
                    own.stream().map(NetworkInterface::networkInterfaceId).toList())
                .groups(groups)
                .dnsEntries(dnsEntries(endpoint, own)));
  }

  private static List<DnsEntry> dnsEntries(VpcEndpoint endpoint, List<NetworkInterface> own) {
    String id = endpoint.vpcEndpointId();
    String domain = domain(endpoint.serviceName(), endpoint.serviceRegion());
    String name = id + "-" + id.substring(id.length() - 8);
    Set<String> names = new LinkedHashSet<>();
    names.add(name + "." + domain + ".vpce.amazonaws.com");
    for (NetworkInterface eni : own) {
      names.add(name + "-" + eni.availabilityZone() + "." + domain + ".vpce.amazonaws.com");
    }
    List<DnsEntry> entries = new ArrayList<>();
    names.forEach(each -> entries.add(dnsEntry(each, PUBLIC_ZONE)));
    if (endpoint.privateDnsEnabled()) {
      String zone = "Z" + id.substring(id.length() - 12).toUpperCase(Locale.ROOT);
      entries.add(dnsEntry(domain + ".amazonaws.com", zone));
    }
    return entries;
  }

  private static DnsEntry dnsEntry(String name, String zone) {
    return DnsEntry.builder().dnsName(name).hostedZoneId(zone).build();
  }

  private ModifyVpcEndpointResponse modify(ModifyVpcEndpointRequest request) {
    Stored<VpcEndpoint, VpcEndpoint.Builder> stored =
        network.vpcEndpoints().get(request.vpcEndpointId());
    VpcEndpoint before = stored.model();
    if (Boolean.TRUE.equals(request.privateDnsEnabled()) && !before.privateDnsEnabled()) {
      checkPrivateDns(before.vpcId(), before.serviceName());
    }
    if (before.vpcEndpointType() == VpcEndpointType.INTERFACE) {
      moveInterfaces(stored, request);
    } else {
      moveRoutes(stored, request);
    }
    stored.update(
        builder ->
            builder
                .subnetIds(
                    changed(before.subnetIds(), request.addSubnetIds(), request.removeSubnetIds()))
                .routeTableIds(
                    changed(
                        before.routeTableIds(),
                        request.addRouteTableIds(),
                        request.removeRouteTableIds()))
                .privateDnsEnabled(
                    Objects.requireNonNullElse(
                        request.privateDnsEnabled(), before.privateDnsEnabled()))
                .policyDocument(policy(request, before)));
    return ModifyVpcEndpointResponse.builder().returnValue(true).build();
  }

  private void moveInterfaces(
      Stored<VpcEndpoint, VpcEndpoint.Builder> stored, ModifyVpcEndpointRequest request) {
    List<String> groups =
        changed(groupIds(stored), request.addSecurityGroupIds(), request.removeSecurityGroupIds());
    interfaces.changeGroups(stored.key(), groups);
    request.addSubnetIds().forEach(subnet -> attach(stored.key(), subnet, groups));
    request.removeSubnetIds().forEach(subnet -> interfaces.release(stored.key(), subnet));
  }

  private void moveRoutes(
      Stored<VpcEndpoint, VpcEndpoint.Builder> stored, ModifyVpcEndpointRequest request) {
    String list = prefixLists.id(stored.model().serviceName());
    request.addRouteTableIds().forEach(table -> routes.addEndpointRoute(table, list, stored.key()));
    request.removeRouteTableIds().forEach(table -> routes.removeEndpointRoute(table, stored.key()));
  }

  private List<String> groupIds(Stored<VpcEndpoint, VpcEndpoint.Builder> stored) {
    return view(stored).groups().stream().map(SecurityGroupIdentifier::groupId).toList();
  }

  private static @Nullable String policy(ModifyVpcEndpointRequest request, VpcEndpoint before) {
    if (Boolean.TRUE.equals(request.resetPolicy())) {
      return FULL_ACCESS;
    }
    return Optional.ofNullable(request.policyDocument()).orElse(before.policyDocument());
  }

  private static List<String> changed(
      List<String> before, List<String> added, List<String> removed) {
    Set<String> after = new LinkedHashSet<>(before);
    after.addAll(added);
    removed.forEach(after::remove);
    return List.copyOf(after);
  }

  private DeleteVpcEndpointsResponse delete(DeleteVpcEndpointsRequest request) {
    List<UnsuccessfulItem> unsuccessful = new ArrayList<>();
    for (String id : request.vpcEndpointIds()) {
      try {
        delete(network.vpcEndpoints().get(id));
      } catch (Fault fault) {
        unsuccessful.add(
            UnsuccessfulItem.builder()
                .resourceId(id)
                .error(error -> error.code(fault.code()).message(fault.text()))
                .build());
      }
    }
    return DeleteVpcEndpointsResponse.builder().unsuccessful(unsuccessful).build();
  }

  private void delete(Stored<VpcEndpoint, VpcEndpoint.Builder> stored) {
    boolean isGateway = stored.model().vpcEndpointType() == VpcEndpointType.GATEWAY;
    Duration duration = isGateway ? UNTIL_GATEWAY_DELETED : UNTIL_DELETED;
    stored
        .model()
        .routeTableIds()
        .forEach(table -> routes.removeEndpointRoute(table, stored.key()));
    stored.cancel();
    stored.update(builder -> builder.state(DELETING));
    stored.removeAfter(duration);
    interfaces.release(stored.key(), duration);
  }
}
