package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationSubnetGroupsRequest;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;
import software.amazon.awssdk.services.databasemigration.model.Subnet;

/** The subnets that a replication instance may be placed in. */
final class DmsSubnetGroupType implements AwsType {

  private static final String NAME = "replicationSubnetGroupIdentifier";
  private static final ArnKind ARN = new ArnKind("dms", "subgrp:");

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "dms-subnet-group",
              "The subnets that a replication instance may be placed in.",
              CreateReplicationSubnetGroupRequest.builder().build())
          .namedBy(NAME, Normalizers::lowerCase)
          .describe(NAME, "Name of the group; DMS keeps it in lower case.")
          .describe("replicationSubnetGroupDescription", "What the group is for.")
          .required("replicationSubnetGroupDescription", "subnetIds")
          .describe("subnetIds", "Subnets in at least two availability zones of one VPC.")
          .set("subnetIds")
          .inPlace(Impact.NONE, "", "replicationSubnetGroupDescription", "subnetIds")
          .output("vpcId", "The VPC of the subnets.")
          .output("arn", "The ARN.")
          .build();

  DmsSubnetGroupType(Aws aws) {
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
    return aws.discovery()
        .untagged(query, schema, ARN, aws.tags().dms(), name -> describe(name, context));
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    var request =
        Shapes.fill(
            CreateReplicationSubnetGroupRequest.builder(), Tags.forCreation(desired, context));
    ReplicationSubnetGroup created =
        context
            .retrying(
                "the role dms-vpc-role to become visible to DMS",
                // a role takes a while from IAM to DMS, which refuses by naming it until then
                AwsErrors.code("AccessDeniedFault")
                    .and(e -> e.getMessage().contains("dms-vpc-role")),
                () -> aws.clients().dms().createReplicationSubnetGroup(request.build()))
            .replicationSubnetGroup();
    return read(created.replicationSubnetGroupIdentifier(), context);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    // the subnets must be sent with every change
    Value.Fields changes =
        desired.only(List.of(NAME, "replicationSubnetGroupDescription", "subnetIds"));
    if (!Set.of("tags").containsAll(changed)) {
      aws.clients()
          .dms()
          .modifyReplicationSubnetGroup(
              Shapes.fill(ModifyReplicationSubnetGroupRequest.builder(), changes).build());
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
        () ->
            aws.clients()
                .dms()
                .deleteReplicationSubnetGroup(r -> r.replicationSubnetGroupIdentifier(name)));
  }

  private Live read(String name, Context context) {
    return describe(Optional.of(name), context).stream()
        .map(live -> Discovery.withTags(live, aws.tags().dms()))
        .findFirst()
        .orElseThrow(() -> Absence.vanished("dms-subnet-group", name));
  }

  private List<Live> describe(Optional<String> name, Context context) {
    var request = DescribeReplicationSubnetGroupsRequest.builder();
    name.ifPresent(
        value ->
            request.filters(
                Filter.builder().name("replication-subnet-group-id").values(value).build()));
    return Absence.asEmpty(
            () ->
                aws
                    .clients()
                    .dms()
                    .describeReplicationSubnetGroupsPaginator(request.build())
                    .stream()
                    .flatMap(page -> page.replicationSubnetGroups().stream()))
        .stream()
        .map(group -> live(group, context))
        .toList();
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
    return aws.clients().dms().describeReplicationInstancesPaginator().stream()
        .flatMap(page -> page.replicationInstances().stream())
        .map(Shapes::read)
        .filter(i -> i.fields("replicationSubnetGroup").text(NAME).equals(Optional.of(name)))
        .allMatch(i -> i.text("replicationInstanceStatus").equals(Optional.of("deleting")));
  }
}
