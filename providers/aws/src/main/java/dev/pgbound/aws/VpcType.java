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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** A network of its own for the migration. */
final class VpcType implements AwsType {

  /** Attributes that EC2 reads and changes by calls of their own, one per attribute. */
  private static final Map<String, VpcAttributeName> DNS =
      Map.of(
          "enableDnsSupport", VpcAttributeName.ENABLE_DNS_SUPPORT,
          "enableDnsHostnames", VpcAttributeName.ENABLE_DNS_HOSTNAMES);

  private static final Lifecycle<Vpc> LIFECYCLE =
      new Lifecycle<>(Vpc::stateAsString, Set.of("available"), Set.of("pending"), Set.of());

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of("vpc", "A virtual private cloud.", CreateVpcRequest.builder().build())
          .without("ipv6Pool", "ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup")
          .without("ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId", "ipv6NetmaskLength")
          .without("amazonProvidedIpv6CidrBlock", "vpcEncryptionControl")
          .describe("cidrBlock", "IPv4 range of the VPC, such as `10.0.0.0/16`.")
          .required("cidrBlock")
          .normalized(Normalizers::cidr, "cidrBlock")
          .describe("instanceTenancy", "Whether instances run on hardware of their own.")
          .immutable(Impact.INTERRUPTS, "Everything inside moves to a new VPC.", "cidrBlock")
          .immutable(Impact.INTERRUPTS, "Everything inside moves to a new VPC.", "instanceTenancy")
          .add(dns("enableDnsSupport", "Whether the resolver of AWS answers inside the VPC."))
          .add(dns("enableDnsHostnames", "Whether instances get DNS names; AWS leaves it off."))
          .output("vpcId", "The identifier, which AWS chooses.")
          .output("arn", "The ARN.")
          .identifiedBy("vpcId")
          .facts(
              schema ->
                  schema
                      .takes(Operation.CREATE, Duration.ofSeconds(5), Duration.ofMinutes(10))
                      .takes(Operation.DELETE, Duration.ofSeconds(5), Duration.ofMinutes(10)))
          .build();

  VpcType(Aws aws) {
    this.aws = aws;
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
    return search(declared, context).discover(query);
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return search(Set.of(), context).lookup(selector);
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields tagged = Tags.forEc2Creation(desired, context, "vpc");
    CreateVpcRequest request =
        Shapes.fill(
                CreateVpcRequest.builder(),
                tagged.without("enableDnsSupport").without("enableDnsHostnames"))
            .build();
    String id = aws.clients().ec2().createVpc(request).vpc().vpcId();
    LIFECYCLE.awaitReady(context, "vpc " + id, () -> find(id));
    modify(id, desired, DNS.keySet(), context);
    return read(id, desired, context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String id = prior.identifier();
    modify(id, desired, changed, context);
    aws.tags().ec2().complete(id, prior, desired, context);
    return read(id, desired, context);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String id = prior.identifier();
    Removal.retrying(
        context,
        "vpc " + id,
        AwsErrors.code("DependencyViolation"),
        () -> aws.clients().ec2().deleteVpc(request -> request.vpcId(id)));
  }

  @Override
  public Live settle(Live live, Context context) {
    LIFECYCLE.awaitReady(context, "vpc " + live.identifier(), () -> find(live.identifier()));
    return read(live.identifier(), live.attributes(), context);
  }

  private static Attribute dns(String name, String doc) {
    return Attribute.named(name, Type.bool(), doc).impact(Impact.NONE, "");
  }

  private Ec2Search search(Collection<String> declared, Context context) {
    return new Ec2Search(
        "vpc-id",
        Map.of("name", "tag:Name", "cidrBlock", "cidr"),
        filters -> describe(filters).stream().map(vpc -> live(vpc, declared, context)).toList());
  }

  private Live read(String id, Value.Fields declared, Context context) {
    return search(declared.fields().keySet(), context)
        .byId(id)
        .orElseThrow(() -> Absence.vanished("vpc", id));
  }

  private Optional<Vpc> find(String id) {
    return describe(List.of(Ec2Search.filter("vpc-id", List.of(id)))).stream().findFirst();
  }

  private List<Vpc> describe(List<Filter> filters) {
    return aws.clients().ec2().describeVpcsPaginator(r -> r.filters(filters)).vpcs().stream()
        .toList();
  }

  private Live live(Vpc vpc, Collection<String> declared, Context context) {
    Value.Fields read =
        Shapes.read(vpc).with("arn", context.account().arn("ec2", "vpc/" + vpc.vpcId()));
    for (String name : new TreeSet<>(DNS.keySet())) {
      if (declared.contains(name)) {
        read = read.with(name, Value.of(dnsAttribute(vpc.vpcId(), name)));
      }
    }
    return Lives.of(schema, read, Tags.read(vpc.tags()), LIFECYCLE.health(vpc));
  }

  private boolean dnsAttribute(String id, String name) {
    DescribeVpcAttributeResponse answer =
        aws.clients().ec2().describeVpcAttribute(r -> r.vpcId(id).attribute(DNS.get(name)));
    return Shapes.read(answer).fields(name).flag("value").orElse(false);
  }

  /** Changes one attribute per call, as EC2 demands, and waits until the change shows. */
  private void modify(
      String id, Value.Fields desired, Collection<String> changed, Context context) {
    for (String name : new TreeSet<>(DNS.keySet())) {
      Optional<Boolean> wanted = desired.flag(name);
      if (changed.contains(name) && wanted.isPresent()) {
        Value.Fields value = Value.Fields.NONE.with("value", Value.of(wanted.get()));
        aws.clients()
            .ec2()
            .modifyVpcAttribute(
                Shapes.fill(
                        ModifyVpcAttributeRequest.builder().vpcId(id),
                        Value.Fields.NONE.with(name, value))
                    .build());
        context.await(
            name + " of vpc " + id + " to change",
            () ->
                dnsAttribute(id, name) == wanted.get()
                    ? Poll.done(name)
                    : Poll.pending("not visible yet"));
      }
    }
  }
}
