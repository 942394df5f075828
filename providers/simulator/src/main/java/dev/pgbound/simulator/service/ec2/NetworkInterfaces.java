package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DetachNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DetachNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * The network interfaces that services put into subnets. While one exists, neither its subnet nor
 * its security groups can be deleted; a service's interface outlives the service's object.
 */
public final class NetworkInterfaces {

  private static final String OWNER = "owner";
  private static final String RELEASED = "released";

  /** EC2 keeps the first four addresses of a subnet and the last one. */
  private static final int RESERVED_FIRST = 4;

  private final Network network;

  /** The interfaces in {@code network}. */
  public NetworkInterfaces(Network network) {
    this.network = network;
  }

  /**
   * Where an interface goes, and what it shows.
   *
   * @param groupIds security groups; empty for the VPC's default one
   * @param description such as {@code DMSNetworkInterface}
   * @param requester the service that asks for it, such as {@code amazon-rds}
   * @param isPublic whether it gets a public address, which keeps the internet gateway attached
   */
  public record Request(
      String subnetId,
      List<String> groupIds,
      String description,
      String requester,
      NetworkInterfaceType type,
      boolean isPublic) {}

  /**
   * Puts an interface into a subnet.
   *
   * @param owner whose interface it is, for {@link #release}: an ARN or id
   * @return the interface as it is now
   */
  public NetworkInterface attach(String owner, Request request) {
    Subnet subnet = network.subnets().get(request.subnetId()).model();
    String address = freeAddress(subnet);
    String id = network.networkInterfaces().newId();
    NetworkInterface model =
        NetworkInterface.builder()
            .networkInterfaceId(id)
            .ownerId(ACCOUNT)
            .subnetId(subnet.subnetId())
            .vpcId(subnet.vpcId())
            .availabilityZone(subnet.availabilityZone())
            .availabilityZoneId(subnet.availabilityZoneId())
            .description(request.description())
            .requesterId(request.requester())
            .requesterManaged(true)
            .interfaceType(request.type())
            .sourceDestCheck(true)
            .status(NetworkInterfaceStatus.IN_USE)
            .groups(groups(request.groupIds(), subnet.vpcId()))
            .privateIpAddress(address)
            .privateIpAddresses(
                NetworkInterfacePrivateIpAddress.builder()
                    .primary(true)
                    .privateIpAddress(address)
                    .build())
            .association(request.isPublic() ? publicAddress(address) : null)
            .attachment(
                attachment ->
                    attachment
                        .attachmentId(network.world().ids().hex("eni-attach"))
                        .instanceOwnerId(request.requester())
                        .status(AttachmentStatus.ATTACHED)
                        .deleteOnTermination(true))
            .build();
    network.networkInterfaces().add(id, model, List.of()).hide(OWNER, owner);
    return model;
  }

  /**
   * Removes an owner's interfaces once {@code linger} has passed. Until then they may also be
   * detached and deleted by whoever cannot wait.
   */
  public void release(String owner, Duration linger) {
    for (Stored<NetworkInterface, NetworkInterface.Builder> stored : ownedBy(owner)) {
      stored.hide(RELEASED, "true");
      stored.removeAfter(linger.plus(network.world().linger()));
    }
  }

  /** Removes an owner's interface in one subnet at once. */
  public void release(String owner, String subnetId) {
    ownedBy(owner).stream()
        .filter(stored -> stored.model().subnetId().equals(subnetId))
        .forEach(Stored::remove);
  }

  /** Gives all interfaces of an owner other security groups. */
  public void changeGroups(String owner, List<String> groupIds) {
    ownedBy(owner)
        .forEach(stored -> stored.update(b -> b.groups(groups(groupIds, stored.model().vpcId()))));
  }

  /** The interfaces of an owner. */
  public List<NetworkInterface> of(String owner) {
    return ownedBy(owner).stream().map(Stored::view).toList();
  }

  void register(Operations operations) {
    operations
        .on("DescribeNetworkInterfaces", DescribeNetworkInterfacesRequest::builder, this::describe)
        .on("DetachNetworkInterface", DetachNetworkInterfaceRequest::builder, this::detach)
        .on("DeleteNetworkInterface", DeleteNetworkInterfaceRequest::builder, this::delete);
  }

  private DetachNetworkInterfaceResponse detach(DetachNetworkInterfaceRequest request) {
    Stored<NetworkInterface, NetworkInterface.Builder> stored =
        network
            .networkInterfaces()
            .where(eni -> isAttachedBy(eni, request.attachmentId()))
            .findFirst()
            .orElseThrow(
                () ->
                    new Fault(
                        "InvalidAttachmentID.NotFound",
                        "The attachment ID '" + request.attachmentId() + "' does not exist"));
    if (stored.hidden(RELEASED).isEmpty()) {
      throw new Fault(
          "OperationNotPermitted", "You are not allowed to manage 'ela-attach' attachments.");
    }
    stored.update(eni -> eni.attachment((NetworkInterfaceAttachment) null));
    stored.update(eni -> eni.status(NetworkInterfaceStatus.AVAILABLE));
    return DetachNetworkInterfaceResponse.builder().build();
  }

  private static boolean isAttachedBy(NetworkInterface eni, String attachmentId) {
    return eni.attachment() != null && eni.attachment().attachmentId().equals(attachmentId);
  }

  private DeleteNetworkInterfaceResponse delete(DeleteNetworkInterfaceRequest request) {
    Stored<NetworkInterface, NetworkInterface.Builder> stored =
        network.networkInterfaces().get(request.networkInterfaceId());
    if (stored.model().attachment() != null) {
      throw new Fault(
          "InvalidParameterValue", "Network interface '" + stored.key() + "' is currently in use.");
    }
    stored.remove();
    return DeleteNetworkInterfaceResponse.builder().build();
  }

  /** How many addresses of a subnet are free. */
  int freeAddresses(Subnet subnet) {
    long taken = network.networkInterfaces().where(eni -> isIn(eni, subnet)).count();
    return Math.toIntExact(Cidr.parse(subnet.cidrBlock()).size() - RESERVED_FIRST - 1 - taken);
  }

  private DescribeNetworkInterfacesResponse describe(DescribeNetworkInterfacesRequest request) {
    Page<NetworkInterface> page =
        network
            .networkInterfaces()
            .describe(
                request.networkInterfaceIds(),
                Stored::view,
                request.filters(),
                request.maxResults(),
                request.nextToken());
    return DescribeNetworkInterfacesResponse.builder()
        .networkInterfaces(page.items())
        .nextToken(page.next())
        .build();
  }

  private List<Stored<NetworkInterface, NetworkInterface.Builder>> ownedBy(String owner) {
    return network.networkInterfaces().all().stream()
        .filter(stored -> stored.hidden(OWNER).filter(owner::equals).isPresent())
        .toList();
  }

  private static boolean isIn(NetworkInterface eni, Subnet subnet) {
    return eni.subnetId().equals(subnet.subnetId());
  }

  private List<GroupIdentifier> groups(List<String> ids, String vpcId) {
    List<String> wanted = ids.isEmpty() ? List.of(defaultGroup(vpcId)) : ids;
    return wanted.stream()
        .map(id -> network.securityGroups().get(id).model())
        .map(g -> GroupIdentifier.builder().groupId(g.groupId()).groupName(g.groupName()).build())
        .toList();
  }

  private String defaultGroup(String vpcId) {
    return network
        .securityGroups()
        .where(group -> group.vpcId().equals(vpcId) && group.groupName().equals("default"))
        .map(Stored::key)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No default group in " + vpcId));
  }

  private String freeAddress(Subnet subnet) {
    Set<String> taken =
        network
            .networkInterfaces()
            .where(eni -> isIn(eni, subnet))
            .map(stored -> stored.model().privateIpAddress())
            .collect(Collectors.toSet());
    Cidr cidr = Cidr.parse(subnet.cidrBlock());
    return LongStream.range(RESERVED_FIRST, cidr.size() - 1)
        .mapToObj(cidr::address)
        .filter(address -> !taken.contains(address))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault(
                    "InsufficientFreeAddressesInSubnet",
                    "Subnet " + subnet.subnetId() + " has no free addresses"));
  }

  /** A documentation address: nobody will reach it. */
  private static @Nullable NetworkInterfaceAssociation publicAddress(String address) {
    String host = address.substring(address.lastIndexOf('.') + 1);
    return NetworkInterfaceAssociation.builder()
        .publicIp("203.0.113." + host)
        .ipOwnerId("amazon")
        .build();
  }
}
