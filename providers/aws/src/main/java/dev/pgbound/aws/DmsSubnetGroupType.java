package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;
import software.amazon.awssdk.services.databasemigration.model.Subnet;

/** The subnets that a replication instance may be placed in. */
final class DmsSubnetGroupType implements AwsType {

  private static final String NAME = "replicationSubnetGroupIdentifier";

  private static final ArnKind ARN = new ArnKind("dms", "subgrp:");

  private final Aws aws;
  private final DmsObjects<ReplicationSubnetGroup> objects;
  private final ResourceSchema schema =
      AwsSchema.of(
              "dms-subnet-group",
              "The subnets that a replication instance may be placed in.",
              CreateReplicationSubnetGroupRequest.class)
          .namedBy(NAME, Normalizers::lowerCase)
          .describe(NAME, "Name of the group; DMS keeps it in lower case.")
          .describe("replicationSubnetGroupDescription", "What the group is for.")
          .required("replicationSubnetGroupDescription", "subnetIds")
          .describe("subnetIds", "Subnets in at least two availability zones of one VPC.")
          .set("subnetIds")
          .holdsFast("subnetIds")
          .inPlace(Impact.NONE, "", "replicationSubnetGroupDescription", "subnetIds")
          .output("vpcId", "The VPC of the subnets.")
          .output("arn", "The ARN.")
          .build();

  DmsSubnetGroupType(Aws aws) {
    this.aws = aws;
    objects =
        new DmsObjects<>(
            aws,
            schema,
            ARN,
            "replication-subnet-group-id",
            filters ->
                dms().describeReplicationSubnetGroupsPaginator(r -> r.filters(filters)).stream()
                    .flatMap(page -> page.replicationSubnetGroups().stream()));
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
    return objects.discover(query, group -> live(group, context));
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return objects.lookup(selector, group -> live(group, context));
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields request = objects.creation(desired, context);
    ReplicationSubnetGroup created =
        DmsRoles.awaitVpcRole(
                context, () -> dms().createReplicationSubnetGroup(r -> Shapes.fill(r, request)))
            .replicationSubnetGroup();
    return read(created.replicationSubnetGroupIdentifier(), context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    if (!Set.of("tags").containsAll(changed)) {
      // DMS wants the subnets with every change
      dms().modifyReplicationSubnetGroup(r -> Shapes.fill(r, desired.without("tags")));
    }
    aws.tags().dms().complete(arn(prior.identifier(), context), prior, desired, context);
    return read(prior.identifier(), context);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = prior.identifier();
    Removal.retrying(
        context,
        "dms-subnet-group " + name,
        AwsErrors.code("InvalidResourceStateFault").and(e -> usersAreGoing(name)),
        () -> dms().deleteReplicationSubnetGroup(r -> r.replicationSubnetGroupIdentifier(name)));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    List<Blocker> blockers =
        new ArrayList<>(
            aws.users()
                .replicationInstances(
                    deletions,
                    (group, user) ->
                        user.replicationSubnetGroup() != null
                            && group
                                .live()
                                .identifier()
                                .equals(
                                    user.replicationSubnetGroup()
                                        .replicationSubnetGroupIdentifier())));
    blockers.addAll(
        aws.users()
            .serverless(
                deletions,
                (group, user) ->
                    user.computeConfig() != null
                        && group
                            .live()
                            .identifier()
                            .equals(user.computeConfig().replicationSubnetGroupId())));
    return blockers;
  }

  @Override
  public List<Implied> implied(Declared resource, Collection<Declared> all) {
    return DmsRoles.implied(all, DmsRoles.VPC);
  }

  private Live read(String name, Context context) {
    return objects.read(name, group -> live(group, context));
  }

  private Live live(ReplicationSubnetGroup group, Context context) {
    List<String> subnets = group.subnets().stream().map(Subnet::subnetIdentifier).toList();
    Value.Fields read =
        Shapes.read(group)
            .with("subnetIds", Value.of(subnets))
            .with("arn", arn(group.replicationSubnetGroupIdentifier(), context));
    return Lives.of(schema, read, Map.of(), Live.Health.READY);
  }

  /** DMS does not return it. */
  private static String arn(String name, Context context) {
    return context.account().arn("dms", "subgrp:" + name);
  }

  /** Whether whatever still uses the group is being deleted. */
  private boolean usersAreGoing(String name) {
    return dms().describeReplicationInstancesPaginator().stream()
        .flatMap(page -> page.replicationInstances().stream())
        .map(Shapes::read)
        .filter(i -> i.fields("replicationSubnetGroup").text(NAME).equals(Optional.of(name)))
        .allMatch(i -> i.text("replicationInstanceStatus").equals(Optional.of("deleting")));
  }

  private DatabaseMigrationClient dms() {
    return aws.clients().dms();
  }
}
