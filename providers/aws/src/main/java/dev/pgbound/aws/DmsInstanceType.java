package dev.pgbound.aws;

import static dev.pgbound.aws.DmsInstanceSchema.ACTUAL_VERSION;
import static dev.pgbound.aws.DmsInstanceSchema.STORAGE;
import static dev.pgbound.aws.DmsInstanceSchema.VERSION;
import static dev.pgbound.aws.DmsInstanceSchema.WAITING;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;

/**
 * The machine that reads the source and writes the target.
 *
 * <p>Changes are always made at once. A change that somebody else has left for the maintenance
 * window shows in {@code pendingModifiedValues}: the attribute itself reads as it will be, so that
 * what waits looks neither like drift nor like done.
 *
 * <p>The network interfaces of a deleted instance stay in its subnets for some minutes. That holds
 * up nobody but the deletion of these subnets and security groups, which therefore wait for them.
 */
final class DmsInstanceType implements AwsType {

  private static final ArnKind ARN = new ArnKind("dms", "rep:");

  /** The one failure with a way out that is a change. */
  private static final String FULL = "storage-full";

  private static final Map<String, String> REASONS =
      Map.of(
          FULL,
          "it has no storage left; declare a larger allocatedStorage",
          "incompatible-network",
          "its subnets have no free address, or are not there any more",
          "incompatible-credentials",
          "DMS cannot use its own credentials; ask AWS support",
          "inaccessible-encryption-credentials",
          "DMS cannot use its KMS key");

  private static final Lifecycle<ReplicationInstance> LIFECYCLE = lifecycle(Set.of(), Set.of());

  private final Aws aws;
  private final DmsObjects<ReplicationInstance> objects;
  private final ResourceSchema schema = DmsInstanceSchema.build();

  DmsInstanceType(Aws aws) {
    this.aws = aws;
    objects =
        new DmsObjects<>(
            aws,
            schema,
            ARN,
            "replication-instance-id",
            filters ->
                dms().describeReplicationInstancesPaginator(r -> r.filters(filters)).stream()
                    .flatMap(page -> page.replicationInstances().stream()));
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
    return objects.discover(
        query,
        instance ->
            live(instance, objects.desired(query, instance.replicationInstanceIdentifier())));
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return objects.lookup(selector, instance -> live(instance, Value.Fields.NONE));
  }

  /** Of an instance that AWS keeps up to date the version says nothing. */
  @Override
  public Value.Fields describe(Live live) {
    Description said =
        Description.of(schema, live)
            .without("preferredMaintenanceWindow", "availabilityZone")
            .unless("multiAZ", false)
            .unless("networkType", "IPV4")
            .unlessText("kmsKeyId", aws.keys()::isOfAws)
            .unlessText("resourceIdentifier", DmsObjects::isChosenByAws);
    return said.has("autoMinorVersionUpgrade", Value.of(true))
        ? said.without("autoMinorVersionUpgrade", VERSION).fields()
        : said.fields();
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields request = objects.creation(desired, context).without(WAITING);
    String name =
        DmsRoles.awaitVpcRole(
                context, () -> dms().createReplicationInstance(r -> Shapes.fill(r, request)))
            .replicationInstance()
            .replicationInstanceIdentifier();
    LIFECYCLE.awaitReady(context, "dms-instance " + name, () -> objects.find(name));
    return read(name, desired);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String name = prior.identifier();
    Set<String> members = new TreeSet<>(changed);
    if (members.remove(WAITING)) {
      objects.find(name).ifPresent(instance -> members.addAll(waiting(instance, desired).keySet()));
    }
    members.remove("tags");
    if (!members.isEmpty()) {
      modify(prior, desired.only(members), context);
    }
    awaitApplied(name, members, context);
    aws.tags().dms().complete(DmsObjects.arn(prior), prior, desired, context);
    return read(name, desired);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = "dms-instance " + prior.identifier();
    String arn = DmsObjects.arn(prior);
    if (DmsObjects.tasksAreGoing(dms(), "replication-instance-arn", arn)) {
      // While the instance is there, a run that dies is sure to be followed by one that sees it.
      deleteLogs(prior.identifier());
    }
    Predicate<ResourceException> tasksAreGoing =
        Patience.brief(e -> DmsObjects.tasksAreGoing(dms(), "replication-instance-arn", arn));
    Removal.retrying(
        context,
        name,
        AwsErrors.code("InvalidResourceStateFault")
            .and(e -> isOnItsWay(prior.identifier()) || tasksAreGoing.test(e)),
        () -> dms().deleteReplicationInstance(r -> r.replicationInstanceArn(arn)));
    LIFECYCLE.awaitGone(context, name, () -> objects.find(prior.identifier()));
    // the last lines of a task can come late and bring the group back
    deleteLogs(prior.identifier());
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    return aws.users()
        .tasks(
            deletions,
            (instance, task) ->
                DmsObjects.arn(instance.live()).equals(task.replicationInstanceArn()));
  }

  /** DMS made the log group of the instance's tasks by itself, and never deletes it. */
  private void deleteLogs(String identifier) {
    Absence.asSuccess(
        () -> aws.clients().logs().deleteLogGroup(r -> r.logGroupName("dms-tasks-" + identifier)));
  }

  @Override
  public Live settle(Live live, Context context) {
    awaitApplied(live.identifier(), Set.of(), context);
    return read(live.identifier(), live.attributes());
  }

  @Override
  public void check(Declared resource, Problems problems) {
    Value.Fields declared = resource.attributes();
    if (declared.flag("multiAZ").orElse(false) && declared.has("availabilityZone")) {
      DmsFinding.ZONE_OF_MULTI_AZ.at("availabilityZone", problems);
    }
    if (declared.flag("publiclyAccessible").orElse(false)) {
      DmsFinding.PUBLIC_INSTANCE.at("publiclyAccessible", problems);
    }
    if (declared
        .text("replicationInstanceClass")
        .filter(c -> c.matches("dms\\.[ct]\\d.*"))
        .isPresent()) {
      DmsFinding.LITTLE_MEMORY.at("replicationInstanceClass", problems);
    }
    DmsFinding.checkKey(declared, problems);
  }

  @Override
  public List<Implied> implied(Declared resource, Collection<Declared> all) {
    return DmsRoles.implied(all, DmsRoles.VPC, DmsRoles.LOGS);
  }

  /**
   * @param members changes that were asked for and count only once they do not wait any more
   * @param passing bad statuses out of which a change leads
   */
  private static Lifecycle<ReplicationInstance> lifecycle(
      Set<String> members, Set<String> passing) {
    Set<String> pending = new TreeSet<>(passing);
    pending.addAll(List.of("creating", "modifying", "upgrading", "rebooting", "maintenance"));
    pending.add("resetting-master-credentials");
    return Lifecycle.<ReplicationInstance>of(
            instance -> status(instance, members),
            Set.of("available"),
            pending,
            Set.of("deleting", "deleted"))
        .explainedBy(
            instance -> Optional.ofNullable(REASONS.get(instance.replicationInstanceStatus())));
  }

  private static String status(ReplicationInstance instance, Set<String> members) {
    String status = instance.replicationInstanceStatus();
    boolean applied = pending(instance).fields().keySet().stream().noneMatch(members::contains);
    return status.equals("available") && !applied ? "modifying" : status;
  }

  private void modify(Live prior, Value.Fields members, Context context) {
    Value.Fields change = members.with("applyImmediately", Value.of(true));
    // without it DMS refuses a new major version, with it alone it refuses the call
    Value.Fields request =
        members.has(VERSION) ? change.with("allowMajorVersionUpgrade", Value.of(true)) : change;
    context.retrying(
        "dms-instance " + prior.identifier() + " to take the change",
        AwsErrors.code("InvalidResourceStateFault").and(e -> isOnItsWay(prior.identifier())),
        () ->
            dms()
                .modifyReplicationInstance(
                    r -> Shapes.fill(r.replicationInstanceArn(DmsObjects.arn(prior)), request)));
  }

  private void awaitApplied(String name, Set<String> members, Context context) {
    Set<String> passing = members.contains(STORAGE) ? Set.of(FULL) : Set.of();
    lifecycle(members, passing)
        .awaitReady(context, "dms-instance " + name, () -> objects.find(name));
  }

  private boolean isOnItsWay(String name) {
    return objects
        .find(name)
        .filter(instance -> LIFECYCLE.health(instance).state() == Live.State.PENDING)
        .isPresent();
  }

  @Override
  public Optional<String> hindrance(
      Live prior, Value.Fields desired, Set<String> changed, Context context) {
    Optional<BigDecimal> now = prior.attributes().number(STORAGE);
    Optional<BigDecimal> wanted = desired.number(STORAGE);
    if (now.isEmpty() || wanted.isEmpty() || wanted.get().compareTo(now.get()) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "DMS only enlarges storage: allocatedStorage is %s GiB and cannot become %s. Declare at"
                + " least %s, or a second instance with less and move the tasks to it.",
            gib(now.get()),
            gib(wanted.get()),
            gib(now.get())));
  }

  private static String gib(BigDecimal number) {
    return number.toPlainString();
  }

  private Live read(String name, Value.Fields desired) {
    return objects.read(name, instance -> live(instance, desired));
  }

  /** What the plan compares depends on what is declared: the rest is left alone. */
  private Live live(ReplicationInstance instance, Value.Fields desired) {
    Live.Health health = LIFECYCLE.health(instance);
    List<String> waiting = new ArrayList<>();
    Value.Fields read = Versions.compared(Shapes.read(instance), desired, VERSION, ACTUAL_VERSION);
    for (var change : waiting(instance, desired).entrySet()) {
      read = read.with(change.getKey(), change.getValue());
      waiting.add(change.getKey() + " " + change.getValue());
    }
    boolean inWindow = health.state() == Live.State.READY;
    Value.Fields full =
        read.with(WAITING, Value.of(inWindow ? waiting : List.of()))
            .with("vpcSecurityGroupIds", Value.of(securityGroups(instance)))
            .with(
                "replicationSubnetGroupIdentifier",
                instance.replicationSubnetGroup().replicationSubnetGroupIdentifier())
            .with("resourceIdentifier", DmsObjects.lastPart(instance.replicationInstanceArn()))
            .with("arn", instance.replicationInstanceArn());
    return Lives.of(schema, full, Map.of(), health);
  }

  private static Map<String, Value> waiting(ReplicationInstance instance, Value.Fields desired) {
    return pending(instance).only(desired.fields().keySet()).fields();
  }

  private static Value.Fields pending(ReplicationInstance instance) {
    return Shapes.read(instance).fields(WAITING);
  }

  private static List<String> securityGroups(ReplicationInstance instance) {
    return instance.vpcSecurityGroups().stream()
        .filter(group -> !"removing".equals(group.status()))
        .map(group -> group.vpcSecurityGroupId())
        .toList();
  }

  private DatabaseMigrationClient dms() {
    return aws.clients().dms();
  }
}
