package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** Where the traffic of subnets goes, with the subnets that use it. */
final class RouteTableType implements AwsType {

  private static final String ROUTES = "routes";
  private static final String SUBNETS = "subnetIds";
  private static final String BY_SUBNET = "association.subnet-id";

  /** A gateway that was just created is not known everywhere at once. */
  private static final Predicate<ResourceException> FRESH_GATEWAY =
      AwsErrors.code(
          "InvalidGatewayID.NotFound",
          "InvalidInternetGatewayID.NotFound",
          "InvalidNatGatewayID.NotFound",
          "InvalidTransitGatewayID.NotFound");

  private final Aws aws;
  private final Ec2Objects<RouteTable> objects;
  private final ResourceSchema schema =
      AwsSchema.of(
              "route-table", "Where the traffic of subnets goes.", CreateRouteTableRequest.class)
          .describe("vpcId", "The VPC.")
          .required("vpcId")
          .immutable(Impact.INTERRUPTS, "The subnets move to a new table.", "vpcId")
          .add(
              Attribute.named(ROUTES, Routes.type(), "All routes but those that EC2 adds itself.")
                  .normalizedBy(Routes::normalize)
                  .impact(Impact.INTERRUPTS, "Connections over a changed route break."))
          .add(
              Attribute.named(SUBNETS, Type.set(Type.text()), "The subnets that use the table.")
                  .impact(Impact.INTERRUPTS, "Connections of a moved subnet can break."))
          .output("main", Type.bool(), "Whether subnets without a table of their own use it.")
          .output("routeTableId", "The identifier, which AWS chooses.")
          .output("arn", "The ARN.")
          .identifiedBy("routeTableId")
          .partOf("vpcId")
          .deletion(Impact.INTERRUPTS, "The subnets fall back on the main table of the VPC.")
          .takes(Operation.CREATE, Duration.ofSeconds(3), Duration.ofMinutes(5))
          .takes(Operation.UPDATE, Duration.ofSeconds(3), Duration.ofMinutes(5))
          .takes(Operation.DELETE, Duration.ofSeconds(3), Duration.ofMinutes(5))
          .build();

  RouteTableType(Aws aws) {
    this.aws = aws;
    objects =
        new Ec2Objects<>(
            "route-table",
            "routeTableId",
            "route-table-id",
            Map.of("name", "tag:Name", "vpcId", "vpc-id"),
            Lifecycle.visible(),
            filters ->
                ec2().describeRouteTablesPaginator(r -> r.filters(filters)).routeTables().stream()
                    .toList(),
            this::live);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(new ArnKind("ec2", "route-table/"));
  }

  /** A main table without routes says nothing about an account. */
  @Override
  public List<Live> discover(Query query, Context context) {
    List<Live> found = objects.discover(query, context);
    return query.scope() == Query.Scope.ACCOUNT
        ? found.stream()
            .filter(table -> objection(table, context).isEmpty() || !saysNothing(table))
            .toList()
        : found;
  }

  private static boolean saysNothing(Live table) {
    return table.attributes().items(ROUTES).isEmpty();
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return objects.lookup(selector, context);
  }

  /** A main table comes and goes with its VPC. */
  @Override
  public Optional<String> objection(Live live, Context context) {
    return live.attributes()
        .flag("main")
        .filter(isMain -> isMain)
        .map(isMain -> "it is the main route table of the VPC, which EC2 makes and deletes");
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request =
        Tags.forEc2Creation(desired, context, "route-table").without(ROUTES).without(SUBNETS);
    String id = ec2().createRouteTable(r -> Shapes.fill(r, request)).routeTable().routeTableId();
    objects.awaitReady(id, context);
    change(id, desired, context);
    return objects.read(id, context);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    change(prior.identifier(), desired, context);
    aws.tags().ec2().complete(prior.identifier(), prior, desired, context);
    return objects.read(prior.identifier(), context);
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String id = prior.identifier();
    objects.find(id).ifPresent(table -> associations(table).values().forEach(this::disassociate));
    Ec2Removal.run(
        context,
        "route-table " + id,
        () -> Ec2Removal.Hindrance.UNKNOWN,
        () -> ec2().deleteRouteTable(r -> r.routeTableId(id)));
  }

  @Override
  public void check(Declared resource, Problems problems) {
    Routes.check(resource.attributes().items(ROUTES), problems);
  }

  private Live live(RouteTable table, Context context) {
    Fields read =
        Shapes.read(table)
            .with(ROUTES, Routes.read(table.routes()))
            .with(SUBNETS, Value.of(List.copyOf(associations(table).keySet())))
            .with("main", Value.of(isMain(table)))
            .with("arn", context.account().arn("ec2", "route-table/" + table.routeTableId()));
    return Lives.of(schema, read, Tags.read(table.tags()), objects.lifecycle().health(table));
  }

  private static boolean isMain(RouteTable table) {
    return table.associations().stream().anyMatch(one -> Boolean.TRUE.equals(one.main()));
  }

  private void change(String id, Fields desired, Context context) {
    RouteTable table = objects.find(id).orElseThrow(() -> Absence.vanished("route-table", id));
    if (desired.has(ROUTES)) {
      changeRoutes(table, desired, context);
    }
    if (desired.has(SUBNETS)) {
      changeSubnets(table, desired.texts(SUBNETS), context);
    }
  }

  private void changeRoutes(RouteTable table, Fields desired, Context context) {
    Fields id = Fields.NONE.with("routeTableId", table.routeTableId());
    ListChange change =
        ListChange.between(
            Routes.byDestination(desired.items(ROUTES)),
            Routes.byDestination(Routes.read(table.routes()).items()));
    for (Fields route : change.missing()) {
      context.retrying(
          "the target of a new route to become visible",
          FRESH_GATEWAY,
          () -> ec2().createRoute(r -> Shapes.fill(Shapes.fill(r, id), route)));
    }
    for (Fields route : change.different()) {
      ec2().replaceRoute(r -> Shapes.fill(Shapes.fill(r, id), route));
    }
    for (Fields destination : change.extra()) {
      Absence.asSuccess(() -> ec2().deleteRoute(r -> Shapes.fill(Shapes.fill(r, id), destination)));
    }
  }

  private void changeSubnets(RouteTable table, List<String> wanted, Context context) {
    Map<String, String> present = associations(table);
    for (String subnet : wanted) {
      if (!present.containsKey(subnet)) {
        associate(table.routeTableId(), subnet, context);
      }
    }
    present.forEach(
        (subnet, association) -> {
          if (!wanted.contains(subnet)) {
            disassociate(association);
          }
        });
  }

  /** A subnet may come from another table, but only from one of the same migration. */
  private void associate(String id, String subnet, Context context) {
    try {
      ec2().associateRouteTable(r -> r.routeTableId(id).subnetId(subnet));
    } catch (ResourceException e) {
      Optional<String> association =
          AwsErrors.code("Resource.AlreadyAssociated").test(e)
              ? ownAssociation(subnet, context)
              : Optional.empty();
      if (association.isEmpty()) {
        throw e;
      }
      ec2().replaceRouteTableAssociation(r -> r.routeTableId(id).associationId(association.get()));
    }
  }

  private Optional<String> ownAssociation(String subnet, Context context) {
    return objects.describe().apply(List.of(Ec2Objects.filter(BY_SUBNET, subnet))).stream()
        .filter(table -> live(table, context).isOwnedBy(context.migration()))
        .map(table -> associations(table).get(subnet))
        .findFirst();
  }

  private void disassociate(String association) {
    Absence.asSuccess(() -> ec2().disassociateRouteTable(r -> r.associationId(association)));
  }

  /** The associations by subnet. */
  private static Map<String, String> associations(RouteTable table) {
    Map<String, String> associations = new TreeMap<>();
    for (RouteTableAssociation association : table.associations()) {
      if (association.subnetId() != null) {
        associations.put(association.subnetId(), association.routeTableAssociationId());
      }
    }
    return associations;
  }

  private Ec2Client ec2() {
    return aws.clients().ec2();
  }
}
