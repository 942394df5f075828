package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** A range of addresses of a VPC in one availability zone. */
final class SubnetType implements AwsType {

  private static final String PUBLIC = "mapPublicIpOnLaunch";
  private static final String ZONE = "availabilityZone";
  private static final String ZONE_INDEX = "availabilityZoneIndex";
  private static final String MOVES = "Everything inside moves to a new subnet.";

  private final Aws aws;
  private final Ec2Objects<Subnet> objects;
  private final ResourceSchema schema =
      AwsSchema.of(
              "subnet",
              "A range of addresses of a VPC in one availability zone.",
              CreateSubnetRequest.class)
          .without("ipv6CidrBlock", "ipv6Native", "ipv6IpamPoolId", "ipv6NetmaskLength")
          .without("ipv4IpamPoolId", "ipv4NetmaskLength", "outpostArn")
          .describe("vpcId", "The VPC.")
          .describe("cidrBlock", "IPv4 range, a part of the range of the VPC.")
          .required("vpcId", "cidrBlock")
          .unique("cidrBlock")
          .normalized(Normalizers::cidr, "cidrBlock")
          .describe("availabilityZone", "Zone such as `us-east-1a`; AWS chooses one if not said.")
          .describe("availabilityZoneId", "Zone by its account-independent id: `use1-az1`.")
          .immutable(Impact.INTERRUPTS, MOVES, "vpcId", "cidrBlock")
          .immutable(Impact.INTERRUPTS, MOVES, "availabilityZone", "availabilityZoneId")
          .add(
              Attribute.named(ZONE_INDEX, Type.integer(1, 20), "Zone by its place among the names.")
                  .with(Flag.IMMUTABLE, Flag.WRITE_ONLY)
                  .impact(Impact.INTERRUPTS, MOVES))
          .add(
              Attribute.named(PUBLIC, Type.bool(), "Whether new instances get public addresses.")
                  .impact(Impact.NONE, ""))
          .output("defaultForAz", Type.bool(), "Whether it belongs to a default VPC.")
          .output("subnetId", "The identifier, which AWS chooses.")
          .output("arn", "The ARN.")
          .identifiedBy("subnetId")
          .partOf("vpcId")
          .takes(Operation.CREATE, Duration.ofSeconds(3), Duration.ofMinutes(10))
          .takes(Operation.DELETE, Duration.ofSeconds(3), Ec2Removal.LIMIT)
          .build();

  SubnetType(Aws aws) {
    this.aws = aws;
    objects =
        new Ec2Objects<>(
            "subnet",
            "subnetId",
            "subnet-id",
            Map.of("name", "tag:Name", "vpcId", "vpc-id", "cidrBlock", "cidr-block"),
            Lifecycle.of(Subnet::stateAsString, Set.of("available"), Set.of("pending"), Set.of()),
            filters ->
                ec2().describeSubnetsPaginator(r -> r.filters(filters)).subnets().stream().toList(),
            this::live);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(new ArnKind("ec2", "subnet/"));
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
  public Value.Fields describe(Live live) {
    return Description.of(schema, live)
        .without("availabilityZoneId")
        .unless(PUBLIC, false)
        .fields();
  }

  @Override
  public Optional<String> objection(Live live, Context context) {
    return live.attributes()
        .flag("defaultForAz")
        .filter(isDefault -> isDefault)
        .map(isDefault -> "it is a default subnet of the region");
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields request = inZone(Tags.forEc2Creation(desired, context, "subnet").without(PUBLIC));
    String id = ec2().createSubnet(r -> Shapes.fill(r, request)).subnet().subnetId();
    Live created = objects.awaitReady(id, context);
    return changePublic(created, desired, context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String id = prior.identifier();
    changePublic(objects.read(id, context), desired, context);
    aws.tags().ec2().complete(id, prior, desired, context);
    return objects.read(id, context);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String id = prior.identifier();
    Ec2Removal.run(
        context,
        "subnet " + id,
        () -> new NetworkInterfaces(ec2()).hindrance(Ec2Objects.filter("subnet-id", id)),
        () -> ec2().deleteSubnet(r -> r.subnetId(id)));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    return new NetworkUsers(aws).ofSubnets(deletions);
  }

  @Override
  public Live settle(Live live, Context context) {
    return objects.awaitReady(live.identifier(), context);
  }

  @Override
  public void check(Declared resource, Problems problems) {
    long zones =
        Stream.of(ZONE, "availabilityZoneId", ZONE_INDEX)
            .filter(resource.attributes()::has)
            .count();
    if (zones > 1) {
      NetworkFinding.SEVERAL_ZONES.report(problems, ZONE);
    }
  }

  /** Turns the index of a zone, which spares the file zone names, into the zone. */
  private Value.Fields inZone(Value.Fields request) {
    Optional<BigDecimal> index = request.number(ZONE_INDEX);
    if (index.isEmpty()) {
      return request;
    }
    List<String> zones =
        ec2()
            .describeAvailabilityZones(
                r ->
                    r.filters(
                        Ec2Objects.filter("state", "available"),
                        Ec2Objects.filter("zone-type", "availability-zone")))
            .availabilityZones()
            .stream()
            .map(AvailabilityZone::zoneName)
            .sorted()
            .toList();
    if (index.get().intValue() > zones.size()) {
      throw new ResourceException(
          Kind.INVALID_REQUEST,
          "NoSuchZone",
          ZONE_INDEX + " is " + index.get() + ", but the region has only " + zones + ".");
    }
    return request.without(ZONE_INDEX).with(ZONE, zones.get(index.get().intValue() - 1));
  }

  private Live live(Subnet subnet, Context context) {
    Value.Fields read =
        Shapes.read(subnet)
            .with("arn", context.account().arn("ec2", "subnet/" + subnet.subnetId()));
    return Lives.of(schema, read, Tags.read(subnet.tags()), objects.lifecycle().health(subnet));
  }

  private Live changePublic(Live live, Value.Fields desired, Context context) {
    Optional<Value> wanted = desired.get(PUBLIC);
    if (wanted.isEmpty() || wanted.equals(live.attributes().get(PUBLIC))) {
      return live;
    }
    String id = live.identifier();
    Value.Fields change =
        Value.Fields.NONE.with(PUBLIC, Value.Fields.NONE.with("value", wanted.get()));
    ec2().modifySubnetAttribute(r -> Shapes.fill(r.subnetId(id), change));
    return context.await(
        PUBLIC + " of subnet " + id + " to change",
        () -> {
          Live now = objects.read(id, context);
          return wanted.equals(now.attributes().get(PUBLIC))
              ? Poll.done(now)
              : Poll.pending("not visible yet");
        });
  }

  private Ec2Client ec2() {
    return aws.clients().ec2();
  }
}
