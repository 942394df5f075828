package dev.pgbound.aws;

import dev.pgbound.aws.CallListener.Call;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** A way from a VPC to a service of AWS that does not lead through the internet. */
final class VpcEndpointType implements AwsType {

  private static final String BREAKS = "Calls of the service from the VPC fail for a moment.";

  /** Lists that EC2 changes by what is added and what is removed, by the names of these members. */
  private static final Map<String, String> SETS =
      new TreeMap<>(
          Map.of(
              "routeTableIds", "RouteTableIds",
              "subnetIds", "SubnetIds",
              "securityGroupIds", "SecurityGroupIds"));

  /** The statement of an endpoint that was given no policy, in normal form. */
  private static final Optional<Value> EVERYTHING =
      Optional.of(
          Normalizers.policy(
              Fields.NONE
                  .with("Effect", "Allow")
                  .with("Principal", "*")
                  .with("Action", "*")
                  .with("Resource", "*")));

  private final Aws aws;
  private final Ec2Objects<VpcEndpoint> objects;
  private final ResourceSchema schema =
      AwsSchema.of(
              "vpc-endpoint",
              "A way from a VPC to a service of AWS that does not lead through the internet.",
              CreateVpcEndpointRequest.class)
          .without("serviceNetworkArn", "resourceConfigurationArn", "serviceRegion")
          .without("subnetConfigurations")
          .describe("vpcEndpointType", "`Interface` or, for S3 and DynamoDB, `Gateway`.")
          .describe("vpcId", "The VPC.")
          .describe("serviceName", "Such as `com.amazonaws.us-east-1.secretsmanager`.")
          .required("vpcId", "serviceName")
          .immutable(Impact.INTERRUPTS, BREAKS, "vpcEndpointType", "vpcId", "serviceName")
          .describe("policyDocument", "What may be called; everything if not declared.")
          .type(Type.any(), "policyDocument")
          .normalized(Normalizers::policy, "policyDocument")
          .satisfiedBy(Value::equals, "policyDocument")
          .describe("routeTableIds", "Route tables that lead to a gateway endpoint.")
          .describe("subnetIds", "Subnets in which an interface endpoint has addresses.")
          .describe("securityGroupIds", "Security groups of an interface endpoint.")
          .set("routeTableIds", "subnetIds", "securityGroupIds")
          .holds("subnetIds", "securityGroupIds")
          .set("dnsOptions.privateDnsSpecifiedDomains")
          .describe("privateDnsEnabled", "Whether the usual name of the service leads here.")
          .inPlace(Impact.INTERRUPTS, BREAKS, "routeTableIds", "subnetIds", "ipAddressType")
          .inPlace(Impact.INTERRUPTS, BREAKS, "dnsOptions", "privateDnsEnabled")
          .inPlace(
              Impact.INTERRUPTS,
              "Whoever the new groups do not admit can no longer call the service.",
              "securityGroupIds")
          .inPlace(
              Impact.NONE,
              "Calls that the new policy does not allow are refused.",
              "policyDocument")
          .deletion(Impact.INTERRUPTS, "Calls of the service from the VPC need another way.")
          .output("vpcEndpointId", "The identifier, which AWS chooses.")
          .output("arn", "The ARN.")
          .identifiedBy("vpcEndpointId")
          .partOf("vpcId")
          .takes(Operation.CREATE, Duration.ofMinutes(2), Duration.ofMinutes(10))
          .takes(Operation.UPDATE, Duration.ofMinutes(1), Duration.ofMinutes(10))
          .takes(Operation.DELETE, Duration.ofMinutes(2), Duration.ofMinutes(10))
          .build();

  VpcEndpointType(Aws aws) {
    this.aws = aws;
    objects =
        new Ec2Objects<>(
            "vpc-endpoint",
            "vpcEndpointId",
            "vpc-endpoint-id",
            Map.of("name", "tag:Name", "vpcId", "vpc-id", "serviceName", "service-name"),
            Lifecycle.of(
                    VpcEndpointType::state,
                    Set.of("available"),
                    Set.of("pending", "pendingacceptance"),
                    Set.of("deleting"))
                .explainedBy(VpcEndpointType::reason)
                .goneIn("deleted"),
            filters ->
                ec2().describeVpcEndpointsPaginator(r -> r.filters(filters)).vpcEndpoints().stream()
                    .toList(),
            this::live);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(new ArnKind("ec2", "vpc-endpoint/"));
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, context);
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return objects.lookup(selector, context);
  }

  /** Whether the usual name leads to an interface is EC2's default, and nothing for a gateway. */
  @Override
  public Fields describe(Live live) {
    Optional<Value> policy = live.attributes().text("policyDocument").flatMap(Json::parse);
    boolean isOpen =
        policy
            .map(Normalizers::policy)
            .filter(
                document -> document instanceof Fields f && f.get("Statement").equals(EVERYTHING))
            .isPresent();
    boolean isGateway =
        live.attributes().text("vpcEndpointType").filter("Gateway"::equals).isPresent();
    Description said =
        Description.of(schema, live)
            .without("dnsOptions")
            .unless("vpcEndpointType", "Gateway")
            .unless("privateDnsEnabled", !isGateway)
            .unless("ipAddressType", "ipv4");
    policy.ifPresent(document -> said.with("policyDocument", document));
    return (isOpen ? said.without("policyDocument") : said).fields();
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request = Tags.forEc2Creation(desired, context, "vpc-endpoint");
    String id = ec2().createVpcEndpoint(r -> Shapes.fill(r, request)).vpcEndpoint().vpcEndpointId();
    return objects.awaitReady(id, context);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    String id = prior.identifier();
    Fields request = desired.only(changed).without("tags");
    for (Map.Entry<String, String> set : SETS.entrySet()) {
      if (request.has(set.getKey())) {
        List<String> wanted = request.texts(set.getKey());
        List<String> present = prior.attributes().texts(set.getKey());
        request = difference(request.without(set.getKey()), set.getValue(), wanted, present);
      }
    }
    if (request.has("removeSubnetIds") && request.has("addSubnetIds")) {
      // a new subnet may be in the zone of an old one, and there is room for one of them
      modify(id, request.without("addSubnetIds"));
      objects.awaitReady(id, context);
      modify(id, request.only(List.of("addSubnetIds")));
    } else if (!request.fields().isEmpty()) {
      modify(id, request);
    }
    aws.tags().ec2().complete(id, prior, desired, context);
    return objects.awaitReady(id, context);
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String id = prior.identifier();
    Absence.asSuccess(() -> deleteNow(id));
    objects.lifecycle().awaitGone(context, "vpc-endpoint " + id, () -> objects.find(id));
  }

  @Override
  public Live settle(Live live, Context context) {
    return objects.awaitReady(live.identifier(), context);
  }

  private void modify(String id, Fields changes) {
    ec2().modifyVpcEndpoint(r -> Shapes.fill(r.vpcEndpointId(id), changes));
  }

  /** The call succeeds even when it deletes nothing: the refusal is in the answer. */
  private void deleteNow(String id) {
    ec2().deleteVpcEndpoints(r -> r.vpcEndpointIds(id)).unsuccessful().stream()
        .map(UnsuccessfulItem::error)
        .findFirst()
        .ifPresent(
            error -> {
              throw AwsErrors.partial(
                  new Call("ec2", "DeleteVpcEndpoints"), error.code(), error.message());
            });
  }

  private Live live(VpcEndpoint endpoint, Context context) {
    String id = endpoint.vpcEndpointId();
    List<String> groups = endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList();
    Fields read =
        Shapes.read(endpoint)
            .with("securityGroupIds", Value.of(groups))
            .with("arn", context.account().arn("ec2", "vpc-endpoint/" + id));
    return Lives.of(schema, read, Tags.read(endpoint.tags()), objects.lifecycle().health(endpoint));
  }

  private static Fields difference(
      Fields request, String member, List<String> wanted, List<String> present) {
    List<String> added = wanted.stream().filter(id -> !present.contains(id)).toList();
    List<String> removed = present.stream().filter(id -> !wanted.contains(id)).toList();
    Fields changed = added.isEmpty() ? request : request.with("add" + member, Value.of(added));
    return removed.isEmpty() ? changed : changed.with("remove" + member, Value.of(removed));
  }

  /** EC2 and the model of the SDK do not agree about capitals. */
  static String state(VpcEndpoint endpoint) {
    return endpoint.stateAsString().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> reason(VpcEndpoint endpoint) {
    return Shapes.read(endpoint).fields("lastError").text("message");
  }

  private Ec2Client ec2() {
    return aws.clients().ec2();
  }
}
