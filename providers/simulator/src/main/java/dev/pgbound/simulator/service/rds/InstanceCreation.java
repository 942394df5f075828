package dev.pgbound.simulator.service.rds;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.ec2.NetworkInterfaces;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceType;
import software.amazon.awssdk.services.rds.model.ActivityStreamStatus;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DatabaseInsightsMode;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** CreateDBInstance, for the instances of a cluster only. */
final class InstanceCreation {

  private static final Duration CREATING = Duration.ofMinutes(6);
  private static final Duration BACKING_UP = Duration.ofMinutes(1);
  private static final Duration CONFIGURING = Duration.ofMinutes(1);
  private static final Duration CERTIFICATE_VALIDITY = Duration.ofDays(365);
  private static final int LONGEST_IDENTIFIER = 63;

  private static final Set<String> SIMULATED =
      Set.of(
          "AutoMinorVersionUpgrade",
          "AvailabilityZone",
          "CACertificateIdentifier",
          "CopyTagsToSnapshot",
          "DBClusterIdentifier",
          "DBInstanceClass",
          "DBInstanceIdentifier",
          "DBParameterGroupName",
          "DBSubnetGroupName",
          "DatabaseInsightsMode",
          "EnablePerformanceInsights",
          "Engine",
          "EngineVersion",
          "LicenseModel",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "NetworkType",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod",
          "PreferredMaintenanceWindow",
          "PromotionTier",
          "PubliclyAccessible",
          "Tags");

  private final Databases databases;
  private final ParameterGroups parameterGroups;
  private final Placement placement;
  private final NetworkInterfaces interfaces;
  private final Endpoints endpoints;
  private final InstanceSettings settings;
  private final Views views;

  InstanceCreation(
      Databases databases, ParameterGroups parameterGroups, Placement placement, Views views) {
    this.databases = databases;
    this.parameterGroups = parameterGroups;
    this.placement = placement;
    this.interfaces = new NetworkInterfaces(placement.network());
    this.endpoints = new Endpoints(databases.world());
    this.settings = new InstanceSettings(databases.world());
    this.views = views;
  }

  CreateDbInstanceResponse create(CreateDbInstanceRequest request) {
    String id =
        Arguments.identifier(
            "DBInstanceIdentifier", request.dbInstanceIdentifier(), LONGEST_IDENTIFIER);
    if (databases.instances().find(id).isPresent()) {
      throw new Fault("DBInstanceAlreadyExists", "DB instance already exists");
    }
    if (request.dbClusterIdentifier() == null) {
      throw new Fault("NotSimulated", "An instance outside of a cluster is not simulated");
    }
    InstanceSettings.refuseWhatIsTheClusters(
        request,
        "The requested DB Instance will be a member of a DB Cluster. Set %s for the DB Cluster.");
    Arguments.onlySimulated(request, SIMULATED);
    Stored<DBCluster, DBCluster.Builder> cluster = databases.cluster(request.dbClusterIdentifier());
    checkCluster(cluster.model(), request);
    DBInstance.Builder instance = defaults();
    Models.copyPlain(request, instance);
    DBSubnetGroup subnets = databases.subnetGroup(cluster.model().dbSubnetGroup()).model();
    identify(instance, id, cluster);
    place(instance, request, subnets);
    instance.preferredMaintenanceWindow(
        Windows.maintenance(
            request.preferredMaintenanceWindow(), cluster.model().preferredBackupWindow(), id));
    settings.check(instance.build(), cluster.model());
    settings.complete(instance, request.enablePerformanceInsights());

    boolean isFirst = databases.members(cluster.key()).isEmpty();
    World world = databases.world();
    DBInstance model = instance.build();
    Map<String, String> tags = Arguments.tags(request.tags());
    attach(model, cluster.model(), subnets);
    Stored<DBInstance, DBInstance.Builder> stored =
        databases.instances().add(id, model.dbInstanceArn(), model, tags);
    stored.hide(Views.SINCE, world.now().toString());
    stored.hide(
        Views.STARTED_WITH, parameterGroups.readAtStart(cluster.model().dbClusterParameterGroup()));
    comeUp(stored, untilAvailable(cluster), isFirst);
    return CreateDbInstanceResponse.builder().dbInstance(views.instance(stored)).build();
  }

  private static void checkCluster(DBCluster cluster, CreateDbInstanceRequest request) {
    if (Status.DELETING.equals(cluster.status())) {
      throw Databases.clusterState(
          "DB cluster " + cluster.dbClusterIdentifier() + " is being deleted.");
    }
    if (!cluster.engine().equals(Arguments.required("Engine", request.engine()))) {
      throw RdsFaults.invalidCombination(
          "The engine name requested for your DB instance (%s) doesn't match the engine name of"
              + " your DB cluster (%s).",
          request.engine(), cluster.engine());
    }
    EngineVersion version = EngineVersion.parse(cluster.engineVersion());
    if (request.engineVersion() != null
        && !EngineVersions.matches(version, request.engineVersion())) {
      throw RdsFaults.invalidCombination(
          "The engine version that you requested for your DB instance (%s) does not match the"
              + " engine version of your DB cluster (%s)",
          request.engineVersion(), version);
    }
    if (request.dbSubnetGroupName() != null
        && !Arguments.name(request.dbSubnetGroupName()).equals(cluster.dbSubnetGroup())) {
      throw RdsFaults.invalidCombination(
          "The DB instance must have the DB subnet group of its DB cluster, "
              + cluster.dbSubnetGroup());
    }
    if (request.dbParameterGroupName() != null) {
      InstanceSettings.checkParameterGroup(request.dbParameterGroupName(), version);
    }
  }

  /** What RDS fills in where a request says nothing. */
  private static DBInstance.Builder defaults() {
    return DBInstance.builder()
        .dbInstanceStatus(Status.CREATING)
        .allocatedStorage(1)
        .dbSecurityGroups(List.of())
        .pendingModifiedValues(PendingModifiedValues.builder().build())
        .multiAZ(false)
        .autoMinorVersionUpgrade(true)
        .readReplicaDBInstanceIdentifiers(List.of())
        .licenseModel("postgresql-license")
        .storageThroughput(0)
        .publiclyAccessible(false)
        .dbInstancePort(0)
        .domainMemberships(List.of())
        .copyTagsToSnapshot(false)
        .caCertificateIdentifier(InstanceSettings.USUAL_AUTHORITY)
        .monitoringInterval(0)
        .promotionTier(1)
        .databaseInsightsMode(DatabaseInsightsMode.STANDARD)
        .performanceInsightsEnabled(false)
        .deletionProtection(false)
        .associatedRoles(List.of())
        .tagList(List.of())
        .customerOwnedIpEnabled(false)
        .activityStreamStatus(ActivityStreamStatus.STOPPED)
        .backupTarget("region")
        .dedicatedLogVolume(false);
  }

  private void identify(
      DBInstance.Builder instance, String id, Stored<DBCluster, DBCluster.Builder> cluster) {
    World world = databases.world();
    instance
        .dbInstanceIdentifier(id)
        .dbInstanceArn(world.arn("rds", "db:" + id))
        .dbiResourceId("db-" + world.ids().letters("db", 26))
        .dbClusterIdentifier(cluster.key());
  }

  private void place(
      DBInstance.Builder instance, CreateDbInstanceRequest request, DBSubnetGroup subnets) {
    if (Boolean.TRUE.equals(request.publiclyAccessible())) {
      placement.requireDnsNames(subnets.vpcId());
    }
    String zone =
        requireNonNullElse(request.availabilityZone(), emptiestZone(instance.build(), subnets));
    Placement.subnet(subnets, zone);
    instance.availabilityZone(zone);
  }

  /** RDS spreads the instances of a cluster over the zones. */
  private String emptiestZone(DBInstance instance, DBSubnetGroup subnets) {
    List<String> taken =
        databases.members(instance.dbClusterIdentifier()).stream()
            .map(member -> member.model().availabilityZone())
            .toList();
    return Placement.subnetZones(subnets).stream()
        .min(Comparator.comparing(zone -> taken.stream().filter(zone::equals).count()))
        .orElseThrow();
  }

  private void attach(DBInstance instance, DBCluster cluster, DBSubnetGroup subnets) {
    interfaces.attach(
        instance.dbInstanceArn(),
        new NetworkInterfaces.Request(
            Placement.subnet(subnets, instance.availabilityZone()).subnetIdentifier(),
            cluster.vpcSecurityGroups().stream()
                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                .toList(),
            "RDSNetworkInterface",
            "amazon-rds",
            NetworkInterfaceType.INTERFACE,
            instance.publiclyAccessible()));
  }

  /** An instance that is asked for together with its cluster waits for it. */
  private Duration untilAvailable(Stored<DBCluster, DBCluster.Builder> cluster) {
    Instant now = databases.world().now();
    return cluster
        .hidden(ClusterCreation.READY_AT)
        .map(Instant::parse)
        .filter(now::isBefore)
        .map(ready -> Duration.between(now, ready))
        .orElse(Duration.ZERO);
  }

  private void comeUp(
      Stored<DBInstance, DBInstance.Builder> stored, Duration delay, boolean isFirst) {
    Duration created = delay.plus(CREATING);
    Instant moment = databases.world().now().plus(created);
    String authority = stored.model().caCertificateIdentifier();
    Duration ready = created;
    stored.after(
        created,
        instance ->
            instance
                .dbInstanceStatus(isFirst ? Status.BACKING_UP : Status.AVAILABLE)
                .instanceCreateTime(moment)
                .certificateDetails(
                    c -> c.caIdentifier(authority).validTill(moment.plus(CERTIFICATE_VALIDITY)))
                .endpoint(
                    endpoint ->
                        endpoint
                            .address(endpoints.instance(stored.key()))
                            .hostedZoneId(endpoints.hostedZoneId())));
    if (isFirst) {
      ready = ready.plus(BACKING_UP);
    }
    if (stored.model().monitoringInterval() != 0) {
      stored.after(ready, i -> i.dbInstanceStatus(Status.CONFIGURING_MONITORING));
      ready = ready.plus(CONFIGURING);
    }
    stored.after(ready, instance -> instance.dbInstanceStatus(Status.AVAILABLE));
  }
}
