package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** The way from a VPC to the internet, attached to its VPC. */
final class InternetGatewayType implements AwsType {

  private static final String VPC = "vpcId";

  private final Aws aws;
  private final Ec2Objects<InternetGateway> objects;
  private final ResourceSchema schema =
      AwsSchema.of(
              "internet-gateway",
              "The way from a VPC to the internet.",
              CreateInternetGatewayRequest.class)
          .add(
              Attribute.named(VPC, Type.text(), "The VPC that the gateway is attached to.")
                  .with(Flag.REQUIRED)
                  .impact(Impact.INTERRUPTS, "Connections to the internet break."))
          .output("internetGatewayId", "The identifier, which AWS chooses.")
          .output("arn", "The ARN.")
          .identifiedBy("internetGatewayId")
          .partOf(VPC)
          .deletion(Impact.INTERRUPTS, "Connections to the internet break.")
          .takes(Operation.CREATE, Duration.ofSeconds(3), Duration.ofMinutes(20))
          .takes(Operation.UPDATE, Duration.ofSeconds(3), Duration.ofMinutes(20))
          .takes(Operation.DELETE, Duration.ofSeconds(5), Ec2Removal.LIMIT)
          .build();

  InternetGatewayType(Aws aws) {
    this.aws = aws;
    objects =
        new Ec2Objects<>(
            "internet-gateway",
            "internetGatewayId",
            "internet-gateway-id",
            Map.of("name", "tag:Name", "vpcId", "attachment.vpc-id"),
            Lifecycle.visible(),
            filters ->
                ec2()
                    .describeInternetGatewaysPaginator(r -> r.filters(filters))
                    .internetGateways()
                    .stream()
                    .toList(),
            this::live);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(new ArnKind("ec2", "internet-gateway/"));
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, context);
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return objects.lookup(selector, context);
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields request = Tags.forEc2Creation(desired, context, "internet-gateway").without(VPC);
    String id =
        ec2()
            .createInternetGateway(r -> Shapes.fill(r, request))
            .internetGateway()
            .internetGatewayId();
    objects.awaitReady(id, context);
    return attach(id, desired, context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String id = prior.identifier();
    if (changed.contains(VPC)) {
      Live now = objects.read(id, context);
      detach(now, context);
      attach(id, desired, context);
    }
    aws.tags().ec2().complete(id, prior, desired, context);
    return objects.read(id, context);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String id = prior.identifier();
    detach(prior, context);
    Ec2Removal.run(
        context,
        "internet-gateway " + id,
        () -> Ec2Removal.Hindrance.UNKNOWN,
        () -> ec2().deleteInternetGateway(r -> r.internetGatewayId(id)));
  }

  /** Whatever has a public address keeps the gateway attached. */
  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    List<String> vpcs =
        deletions.stream().flatMap(d -> d.live().attributes().text(VPC).stream()).toList();
    if (vpcs.isEmpty()) {
      return List.of();
    }
    List<NetworkInterface> interfaces = new NetworkInterfaces(ec2()).find(publicIn(vpcs));
    List<Blocker> blockers = new ArrayList<>();
    for (Deletion deletion : deletions) {
      Optional<String> vpc = deletion.live().attributes().text(VPC);
      interfaces.stream()
          .filter(candidate -> vpc.equals(Optional.of(candidate.vpcId())))
          .filter(candidate -> !NetworkInterfaces.isNameless(candidate))
          .map(
              candidate ->
                  new Blocker(
                      deletion.address(),
                      Optional.empty(),
                      String.format(
                          Locale.ROOT,
                          "The %s has a public address, which keeps the gateway in its VPC. Delete"
                              + " the interface or release its address first.",
                          NetworkInterfaces.words(candidate))))
          .forEach(blockers::add);
    }
    return blockers;
  }

  private static Filter[] publicIn(List<String> vpcs) {
    return new Filter[] {
      Ec2Objects.filter("vpc-id", vpcs), Ec2Objects.filter("association.public-ip", "*")
    };
  }

  private Live live(InternetGateway gateway, Context context) {
    String id = gateway.internetGatewayId();
    Value.Fields read =
        Shapes.read(gateway).with("arn", context.account().arn("ec2", "internet-gateway/" + id));
    for (var attachment : gateway.attachments()) {
      read = read.with(VPC, attachment.vpcId());
    }
    return Lives.of(schema, read, Tags.read(gateway.tags()), objects.lifecycle().health(gateway));
  }

  private Live attach(String id, Value.Fields desired, Context context) {
    String vpc = desired.text(VPC).orElseThrow();
    context.retrying(
        "internet-gateway " + id + " to become attachable",
        AwsErrors.code("InvalidInternetGatewayID.NotFound"),
        () -> ec2().attachInternetGateway(r -> r.internetGatewayId(id).vpcId(vpc)));
    return context.await(
        "internet-gateway " + id + " to be attached to " + vpc,
        () -> {
          Live now = objects.read(id, context);
          return now.attributes().text(VPC).equals(Optional.of(vpc))
              ? Poll.done(now)
              : Poll.pending("attaching");
        });
  }

  /** EC2 refuses as long as anything in the VPC has a public address. */
  private void detach(Live gateway, Context context) {
    String id = gateway.identifier();
    Optional<String> vpc = gateway.attributes().text(VPC);
    if (vpc.isPresent()) {
      Ec2Removal.run(
          context,
          "the public addresses in vpc " + vpc.get(),
          () -> new NetworkInterfaces(ec2()).hindrance(publicIn(List.of(vpc.get()))),
          () -> ec2().detachInternetGateway(r -> r.internetGatewayId(id).vpcId(vpc.get())));
    }
  }

  private Ec2Client ec2() {
    return aws.clients().ec2();
  }
}
