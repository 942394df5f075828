package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * A network of its own for the migration. EC2 reads and changes the two DNS attributes by calls of
 * their own, one attribute per call: they are read only where the file declares them.
 */
final class VpcType implements AwsType {

  private static final List<String> DNS = List.of("enableDnsSupport", "enableDnsHostnames");
  private static final String MOVES = "Everything inside moves to a new VPC.";
  private static final String NAMELESS =
      "Names of databases and of private endpoints no longer resolve inside the VPC.";

  private final Aws aws;
  private final Ec2Objects<Vpc> objects;
  private final ResourceSchema schema =
      AwsSchema.of("vpc", "A virtual private cloud.", CreateVpcRequest.class)
          .without("ipv6Pool", "ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup")
          .without("ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId", "ipv6NetmaskLength")
          .without("amazonProvidedIpv6CidrBlock", "vpcEncryptionControl")
          .describe("cidrBlock", "IPv4 range of the VPC, such as `10.0.0.0/16`.")
          .required("cidrBlock")
          .normalized(Normalizers::cidr, "cidrBlock")
          .describe("instanceTenancy", "Whether instances run on hardware of their own.")
          .immutable(Impact.INTERRUPTS, MOVES, "cidrBlock", "instanceTenancy")
          .add(dns("enableDnsSupport", "Whether the resolver of AWS answers inside the VPC."))
          .add(dns("enableDnsHostnames", "Whether instances get DNS names; off in a new VPC."))
          .output("isDefault", Type.bool(), "Whether AWS made it for whoever names no VPC.")
          .output("vpcId", "The identifier, which AWS chooses.")
          .output("arn", "The ARN.")
          .identifiedBy("vpcId")
          .takes(Operation.CREATE, Duration.ofSeconds(5), Duration.ofMinutes(10))
          .takes(Operation.DELETE, Duration.ofSeconds(5), Ec2Removal.LIMIT)
          .build();

  VpcType(Aws aws) {
    this.aws = aws;
    objects =
        new Ec2Objects<>(
            "vpc",
            "vpcId",
            "vpc-id",
            Map.of("name", "tag:Name", "cidrBlock", "cidr"),
            Lifecycle.of(Vpc::stateAsString, Set.of("available"), Set.of("pending"), Set.of()),
            filters ->
                ec2().describeVpcsPaginator(r -> r.filters(filters)).vpcs().stream().toList(),
            this::live);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(new ArnKind("ec2", "vpc/"));
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    Set<String> declared = new TreeSet<>();
    query.wanted().forEach(wanted -> declared.addAll(wanted.desired().fields().keySet()));
    return objects.discover(query, context).stream().map(vpc -> withDns(vpc, declared)).toList();
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return objects.lookup(selector, context);
  }

  @Override
  public Value.Fields describe(Live live) {
    return Description.of(schema, live)
        .unless("instanceTenancy", "default")
        .unless("enableDnsSupport", true)
        .unless("enableDnsHostnames", false)
        .fields();
  }

  @Override
  public Optional<String> objection(Live live, Context context) {
    return live.attributes().flag("isDefault").orElse(false)
        ? Optional.of("it is the default VPC of the region")
        : new NetworkInterfaces(ec2()).foreign(live.identifier()).map(one -> one + " is in it");
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields request =
        Tags.forEc2Creation(desired, context, "vpc")
            .without("enableDnsSupport")
            .without("enableDnsHostnames");
    String id = ec2().createVpc(r -> Shapes.fill(r, request)).vpc().vpcId();
    objects.awaitReady(id, context);
    changeDns(id, desired, Set.copyOf(DNS), context);
    return withDns(objects.read(id, context), desired.fields().keySet());
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String id = prior.identifier();
    changeDns(id, desired, changed, context);
    aws.tags().ec2().complete(id, prior, desired, context);
    return withDns(objects.read(id, context), desired.fields().keySet());
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String id = prior.identifier();
    Ec2Removal.run(
        context,
        "vpc " + id,
        () -> new NetworkInterfaces(ec2()).hindrance(Ec2Objects.filter("vpc-id", id)),
        () -> ec2().deleteVpc(request -> request.vpcId(id)));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    return new VpcContents(ec2()).blockers(deletions);
  }

  @Override
  public Live settle(Live live, Context context) {
    return withDns(
        objects.awaitReady(live.identifier(), context), live.attributes().fields().keySet());
  }

  private static Attribute dns(String name, String doc) {
    return Attribute.named(name, Type.bool(), doc)
        .impact(Impact.NONE, "")
        .impactOf(Value.of(false), Impact.INTERRUPTS, NAMELESS);
  }

  private Live live(Vpc vpc, Context context) {
    Value.Fields read =
        Shapes.read(vpc).with("arn", context.account().arn("ec2", "vpc/" + vpc.vpcId()));
    return Lives.of(schema, read, Tags.read(vpc.tags()), objects.lifecycle().health(vpc));
  }

  private Live withDns(Live vpc, Set<String> declared) {
    Value.Fields attributes = vpc.attributes();
    for (String name : DNS) {
      if (declared.contains(name)) {
        attributes = attributes.with(name, Value.of(isOn(vpc.identifier(), name)));
      }
    }
    return new Live(vpc.identifier(), attributes, vpc.tags(), vpc.health());
  }

  private boolean isOn(String id, String name) {
    var answer = ec2().describeVpcAttribute(r -> r.vpcId(id).attribute(name));
    return Shapes.read(answer).fields(name).flag("value").orElse(false);
  }

  /** Changes what is declared and changed, and waits until it shows. */
  private void changeDns(String id, Value.Fields desired, Set<String> changed, Context context) {
    for (String name : DNS) {
      Optional<Boolean> wanted = desired.flag(name).filter(flag -> changed.contains(name));
      if (wanted.isPresent()) {
        Value value = Value.Fields.NONE.with("value", Value.of(wanted.get()));
        ec2()
            .modifyVpcAttribute(r -> Shapes.fill(r.vpcId(id), Value.Fields.NONE.with(name, value)));
        context.await(
            name + " of vpc " + id + " to change",
            () ->
                isOn(id, name) == wanted.get() ? Poll.done(name) : Poll.pending("not visible yet"));
      }
    }
  }

  private Ec2Client ec2() {
    return aws.clients().ec2();
  }
}
