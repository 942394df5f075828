package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.Subnet;

/** The subnets that an Aurora cluster may be placed in. */
final class DbSubnetGroupType implements AwsType {

  private static final String NAME = "dbSubnetGroupName";
  private static final ArnKind ARN = new ArnKind("rds", "subgrp:");

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "db-subnet-group",
              "The subnets that an Aurora cluster may be placed in.",
              CreateDbSubnetGroupRequest.class)
          .namedBy(NAME, Normalizers::lowerCase)
          .describe(NAME, "Name of the group; RDS keeps it in lower case.")
          .describe("dbSubnetGroupDescription", "What the group is for.")
          .describe("subnetIds", "Subnets in at least two availability zones of one VPC.")
          .required("dbSubnetGroupDescription", "subnetIds")
          .set("subnetIds")
          .holdsFast("subnetIds")
          .inPlace(Impact.NONE, "", "dbSubnetGroupDescription", "subnetIds")
          .output("vpcId", "The VPC of the subnets.")
          .output("arn", "The ARN.")
          .build();

  DbSubnetGroupType(Aws aws) {
    this.aws = aws;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(ARN);
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return aws.discovery().untagged(query, schema, ARN, aws.tags().rds(), this::describe);
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return Discovery.lookup(
        selector, schema, name -> Discovery.withTags(describe(name), aws.tags().rds()));
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request = Tags.forCreation(desired, context);
    DBSubnetGroup created = rds().createDBSubnetGroup(r -> Shapes.fill(r, request)).dbSubnetGroup();
    return read(created.dbSubnetGroupName());
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    if (!Set.of("tags").containsAll(changed)) {
      // RDS wants the subnets with every change
      rds().modifyDBSubnetGroup(r -> Shapes.fill(r, desired.without("tags")));
    }
    String arn = prior.attributes().text("arn").orElseThrow();
    aws.tags().rds().complete(arn, prior, desired, context);
    return read(prior.identifier());
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String name = prior.identifier();
    Removal.retrying(
        context,
        "db-subnet-group " + name,
        AwsErrors.code("InvalidDBSubnetGroupStateFault").and(e -> usersAreGoing(name)),
        () -> rds().deleteDBSubnetGroup(r -> r.dbSubnetGroupName(name)));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    List<Blocker> blockers =
        new ArrayList<>(
            aws.users()
                .clusters(
                    deletions,
                    (group, user) -> group.live().identifier().equals(user.dbSubnetGroup())));
    blockers.addAll(
        aws.users()
            .databases(
                deletions,
                (group, user) ->
                    user.dbClusterIdentifier() == null
                        && user.dbSubnetGroup() != null
                        && group
                            .live()
                            .identifier()
                            .equals(user.dbSubnetGroup().dbSubnetGroupName())));
    return blockers;
  }

  private Live read(String name) {
    return Discovery.read(name, schema, aws.tags().rds(), this::describe);
  }

  private List<Live> describe(Optional<String> name) {
    return Absence.asEmpty(
            () ->
                rds()
                    .describeDBSubnetGroupsPaginator(
                        r -> name.ifPresent(n -> r.dbSubnetGroupName(n)))
                    .stream()
                    .flatMap(page -> page.dbSubnetGroups().stream()))
        .stream()
        .map(this::live)
        .toList();
  }

  private Live live(DBSubnetGroup group) {
    List<String> subnets = group.subnets().stream().map(Subnet::subnetIdentifier).toList();
    Fields read =
        Shapes.read(group)
            .with("subnetIds", Value.of(subnets))
            .with("arn", group.dbSubnetGroupArn());
    return Lives.of(schema, read, Map.of(), Live.Health.READY);
  }

  /** Whether every cluster that still uses the group is being deleted. */
  private boolean usersAreGoing(String name) {
    return rds().describeDBClustersPaginator().dbClusters().stream()
        .filter(cluster -> name.equals(cluster.dbSubnetGroup()))
        .allMatch(cluster -> "deleting".equals(cluster.status()));
  }

  private RdsClient rds() {
    return aws.clients().rds();
  }
}
