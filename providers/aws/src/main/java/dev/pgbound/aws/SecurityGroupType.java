package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * A firewall around network interfaces. A declared list of rules is the whole list: other rules are
 * revoked, also the rule that lets everything out, which EC2 gives to every new group.
 */
final class SecurityGroupType implements AwsType {

  private static final String INGRESS = "ingress";
  private static final String EGRESS = "egress";
  private static final String MOVES = "Everything inside must move to a new group.";

  private final Aws aws;
  private final Ec2Objects<SecurityGroup> objects;
  private final ResourceSchema schema =
      AwsSchema.of(
              "security-group",
              "A firewall around network interfaces.",
              CreateSecurityGroupRequest.class)
          .describe("groupName", "Name, unique in the VPC; defaults to migration and name.")
          .describe("description", "What the group is for.")
          .describe("vpcId", "The VPC.")
          .change("groupName", attribute -> attribute.with(Attribute.Flag.NAME))
          .required("vpcId")
          .unique("groupName")
          .immutable(Impact.INTERRUPTS, MOVES, "groupName", "description", "vpcId")
          .add(rules(INGRESS, "All rules for incoming traffic. Not managed if not declared."))
          .add(rules(EGRESS, "All rules for outgoing traffic. Not managed if not declared."))
          .holds(INGRESS, EGRESS)
          .output("groupId", "The identifier, which AWS chooses.")
          .output("arn", "The ARN.")
          .identifiedBy("groupId")
          .naming("referencedGroupId", "security-group")
          .takes(Operation.CREATE, Duration.ofSeconds(3), Duration.ofMinutes(10))
          .takes(Operation.DELETE, Duration.ofSeconds(3), Ec2Removal.LIMIT)
          .build();

  SecurityGroupType(Aws aws) {
    this.aws = aws;
    objects =
        new Ec2Objects<>(
            "security-group",
            "groupId",
            "group-id",
            Map.of("name", "group-name", "vpcId", "vpc-id"),
            Lifecycle.visible(),
            filters ->
                ec2()
                    .describeSecurityGroupsPaginator(r -> r.filters(filters))
                    .securityGroups()
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
    return Optional.of(new ArnKind("ec2", "security-group/"));
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, context);
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return objects.lookup(selector, context);
  }

  @Override
  public Fields describe(Live live) {
    return Description.of(schema, live).unless(EGRESS, SecurityGroupRules.EVERYTHING).fields();
  }

  @Override
  public Optional<String> objection(Live live, Context context) {
    return live.attributes()
        .text("groupName")
        .filter("default"::equals)
        .map(name -> "it is the default group of the VPC, which EC2 makes and deletes");
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request =
        Tags.forEc2Creation(named(desired, context), context, "security-group")
            .without(INGRESS)
            .without(EGRESS);
    String id = ec2().createSecurityGroup(r -> Shapes.fill(r, request)).groupId();
    changeRules(objects.awaitReady(id, context), desired);
    return objects.read(id, context);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    String id = prior.identifier();
    changeRules(objects.read(id, context), desired);
    aws.tags().ec2().complete(id, prior, desired, context);
    return objects.read(id, context);
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String id = prior.identifier();
    Ec2Removal.run(
        context,
        "security-group " + id,
        () -> hindrance(id),
        () -> ec2().deleteSecurityGroup(r -> r.groupId(id)));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    List<Blocker> blockers = new ArrayList<>(new NetworkUsers(aws).ofSecurityGroups(deletions));
    for (SecurityGroup other :
        referring(deletions.stream().map(d -> d.live().identifier()).toList())) {
      Set<String> named = SecurityGroupRules.namedGroups(other);
      for (Deletion deletion : deletions) {
        String id = deletion.live().identifier();
        if (named.contains(id) && !id.equals(other.groupId())) {
          blockers.add(
              new Blocker(
                  deletion.address(),
                  Optional.of(new User("security-group", other.groupId())),
                  String.format(
                      Locale.ROOT,
                      "A rule of the security group %s (%s) names it. Remove that rule first.",
                      other.groupId(),
                      other.groupName())));
        }
      }
    }
    return blockers;
  }

  private Ec2Removal.Hindrance hindrance(String id) {
    Ec2Removal.Hindrance found =
        new NetworkInterfaces(ec2()).hindrance(Ec2Objects.filter("group-id", id));
    Optional<String> rule =
        referring(List.of(id)).stream()
            .map(SecurityGroup::groupId)
            .filter(other -> !other.equals(id))
            .findFirst()
            .map(other -> "a rule of the security group " + other);
    return new Ec2Removal.Hindrance(found.lasting().or(() -> rule), found.leaving());
  }

  /** The groups whose rules name one of these groups, which keeps it from being deleted. */
  private List<SecurityGroup> referring(List<String> ids) {
    return Stream.of("ip-permission.group-id", "egress.ip-permission.group-id")
        .flatMap(
            filter -> objects.describe().apply(List.of(Ec2Objects.filter(filter, ids))).stream())
        .distinct()
        .toList();
  }

  @Override
  public void check(Declared resource, Problems problems) {
    for (String direction : List.of(INGRESS, EGRESS)) {
      SecurityGroupRules.check(direction, resource.attributes().items(direction), problems);
    }
  }

  private static Attribute rules(String name, String doc) {
    return Attribute.named(name, SecurityGroupRules.type(), doc)
        .normalizedBy(SecurityGroupRules::normalize)
        .impact(Impact.NONE, "")
        .impactOf(
            Value.Null.INSTANCE,
            Impact.INTERRUPTS,
            "Whoever no other rule admits can no longer connect.");
  }

  /** With the name and the description, which EC2 demands. */
  private static Fields named(Fields desired, Context context) {
    String name = Tags.defaultName(context).orElse(context.migration());
    Fields named = desired.has("groupName") ? desired : desired.with("groupName", name);
    return named.has("description")
        ? named
        : named.with("description", "Migration " + context.migration());
  }

  private Live live(SecurityGroup group, Context context) {
    String id = group.groupId();
    Fields read =
        Shapes.read(group)
            .with(INGRESS, SecurityGroupRules.read(group.ipPermissions(), id))
            .with(EGRESS, SecurityGroupRules.read(group.ipPermissionsEgress(), id))
            .with("arn", context.account().arn("ec2", "security-group/" + id));
    return Lives.of(schema, read, Tags.read(group.tags()), objects.lifecycle().health(group));
  }

  private void changeRules(Live live, Fields desired) {
    SecurityGroupChange.directions(ec2()).forEach(change -> change.apply(live, desired));
  }

  private Ec2Client ec2() {
    return aws.clients().ec2();
  }
}
