package dev.pgbound.simulator.service.ec2;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;

/** Internet gateways and their attachments. */
final class InternetGateways {

  /** EC2 says of an attached internet gateway that it is available, not attached. */
  private static final String ATTACHED = "available";

  private final Network network;

  InternetGateways(Network network) {
    this.network = network;
  }

  void register(Operations operations) {
    operations
        .on("CreateInternetGateway", CreateInternetGatewayRequest::builder, this::create)
        .on("DescribeInternetGateways", DescribeInternetGatewaysRequest::builder, this::describe)
        .on("AttachInternetGateway", AttachInternetGatewayRequest::builder, this::attach)
        .on("DetachInternetGateway", DetachInternetGatewayRequest::builder, this::detach)
        .on("DeleteInternetGateway", DeleteInternetGatewayRequest::builder, this::delete);
  }

  CreateInternetGatewayResponse create(CreateInternetGatewayRequest request) {
    String id = network.internetGateways().newId();
    InternetGateway model =
        InternetGateway.builder().internetGatewayId(id).ownerId(ACCOUNT).build();
    return CreateInternetGatewayResponse.builder()
        .internetGateway(
            network.internetGateways().add(id, model, request.tagSpecifications()).view())
        .build();
  }

  private DescribeInternetGatewaysResponse describe(DescribeInternetGatewaysRequest request) {
    Page<InternetGateway> page =
        network
            .internetGateways()
            .describe(
                request.internetGatewayIds(),
                Stored::view,
                request.filters(),
                request.maxResults(),
                request.nextToken());
    return DescribeInternetGatewaysResponse.builder()
        .internetGateways(page.items())
        .nextToken(page.next())
        .build();
  }

  AttachInternetGatewayResponse attach(AttachInternetGatewayRequest request) {
    Stored<InternetGateway, InternetGateway.Builder> gateway =
        network.internetGateways().get(request.internetGatewayId());
    String vpcId = network.vpcs().get(request.vpcId()).key();
    if (!gateway.model().attachments().isEmpty()) {
      throw new Fault(
          "Resource.AlreadyAssociated",
          "resource "
              + gateway.key()
              + " is already attached to network "
              + gateway.model().attachments().get(0).vpcId());
    }
    if (network.internetGateways().where(other -> isAttached(other, vpcId)).count() > 0) {
      throw new Fault(
          "InvalidParameterValue",
          "Network " + vpcId + " already has an internet gateway attached");
    }
    InternetGatewayAttachment attachment =
        InternetGatewayAttachment.builder().vpcId(vpcId).state(ATTACHED).build();
    gateway.update(builder -> builder.attachments(attachment));
    return AttachInternetGatewayResponse.builder().build();
  }

  private DetachInternetGatewayResponse detach(DetachInternetGatewayRequest request) {
    Stored<InternetGateway, InternetGateway.Builder> gateway =
        network.internetGateways().get(request.internetGatewayId());
    String vpcId = network.vpcs().get(request.vpcId()).key();
    if (!isAttached(gateway.model(), vpcId)) {
      throw new Fault(
          "Gateway.NotAttached",
          "resource " + gateway.key() + " is not attached to network " + vpcId);
    }
    boolean isUsed =
        network
            .networkInterfaces()
            .where(eni -> eni.vpcId().equals(vpcId) && eni.association() != null)
            .findAny()
            .isPresent();
    if (isUsed) {
      throw new Fault(
          "DependencyViolation",
          "Network "
              + vpcId
              + " has some mapped public address(es). Please unmap those public address(es) before"
              + " detaching the gateway.");
    }
    gateway.update(builder -> builder.attachments(List.of()));
    return DetachInternetGatewayResponse.builder().build();
  }

  private DeleteInternetGatewayResponse delete(DeleteInternetGatewayRequest request) {
    Stored<InternetGateway, InternetGateway.Builder> gateway =
        network.internetGateways().get(request.internetGatewayId());
    if (!gateway.model().attachments().isEmpty()) {
      throw new Fault(
          "DependencyViolation",
          "The internetGateway '" + gateway.key() + "' has dependencies and cannot be deleted.");
    }
    gateway.remove();
    return DeleteInternetGatewayResponse.builder().build();
  }

  static boolean isAttached(InternetGateway gateway, String vpcId) {
    return gateway.attachments().stream().anyMatch(attachment -> attachment.vpcId().equals(vpcId));
  }
}
