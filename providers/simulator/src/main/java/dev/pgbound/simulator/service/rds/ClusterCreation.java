package dev.pgbound.simulator.service.rds;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.ActivityStreamStatus;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterResponse;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DatabaseInsightsMode;

/** CreateDBCluster: a cluster is available before it has an instance. */
final class ClusterCreation {

  /** When a new cluster will be available, among what it hides. */
  static final String READY_AT = "ready-at";

  private static final Duration UNTIL_AVAILABLE = Duration.ofMinutes(4);
  private static final Duration UNTIL_SECRET = Duration.ofSeconds(90);
  private static final int LONGEST_IDENTIFIER = 63;

  private static final Set<String> SIMULATED =
      Set.of(
          "AutoMinorVersionUpgrade",
          "AvailabilityZones",
          "BackupRetentionPeriod",
          "CopyTagsToSnapshot",
          "DBClusterIdentifier",
          "DBClusterParameterGroupName",
          "DBSubnetGroupName",
          "DatabaseInsightsMode",
          "DatabaseName",
          "DeletionProtection",
          "EnableCloudwatchLogsExports",
          "EnableHttpEndpoint",
          "EnableIAMDatabaseAuthentication",
          "EnablePerformanceInsights",
          "Engine",
          "EngineLifecycleSupport",
          "EngineMode",
          "EngineVersion",
          "KmsKeyId",
          "ManageMasterUserPassword",
          "MasterUserPassword",
          "MasterUserSecretKmsKeyId",
          "MasterUsername",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "NetworkType",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod",
          "Port",
          "PreferredBackupWindow",
          "PreferredMaintenanceWindow",
          "ServerlessV2ScalingConfiguration",
          "StorageEncrypted",
          "StorageType",
          "Tags",
          "VpcSecurityGroupIds");

  private final Databases databases;
  private final ParameterGroups parameterGroups;
  private final Placement placement;
  private final EncryptionKeys keys;
  private final MasterUser masterUser;
  private final Endpoints endpoints;
  private final ClusterSettings settings;
  private final Views views;

  ClusterCreation(
      Databases databases, ParameterGroups parameterGroups, Placement placement, Views views) {
    World world = databases.world();
    this.databases = databases;
    this.parameterGroups = parameterGroups;
    this.placement = placement;
    this.keys = new EncryptionKeys(world);
    this.masterUser = new MasterUser(world);
    this.endpoints = new Endpoints(world);
    this.settings = new ClusterSettings(world);
    this.views = views;
  }

  CreateDbClusterResponse create(CreateDbClusterRequest request) {
    Arguments.onlySimulated(request, SIMULATED);
    String id =
        Arguments.identifier(
            "DBClusterIdentifier", request.dbClusterIdentifier(), LONGEST_IDENTIFIER);
    if (databases.clusters().find(id).isPresent()) {
      throw new Fault("DBClusterAlreadyExistsFault", "DB Cluster already exists");
    }
    DBCluster.Builder cluster = defaults();
    Models.copyPlain(request, cluster);
    identify(cluster, id);
    runEngine(cluster, request);
    connect(cluster, request);
    store(cluster, request);
    maintain(cluster, request);
    settings.check(cluster.build());
    Map<String, String> tags = Arguments.tags(request.tags());
    Optional<String> password = logIn(cluster, request);

    World world = databases.world();
    Stored<DBCluster, DBCluster.Builder> stored =
        databases.clusters().add(id, cluster.build().dbClusterArn(), cluster.build(), tags);
    password.ifPresent(text -> stored.hide(MasterUser.PASSWORD, text));
    stored.hide(READY_AT, world.now().plus(UNTIL_AVAILABLE).toString());
    stored.after(UNTIL_SECRET, MasterUser::activateSecret);
    stored.after(UNTIL_AVAILABLE, builder -> builder.status(Status.AVAILABLE));
    return CreateDbClusterResponse.builder().dbCluster(views.cluster(stored)).build();
  }

  /** What RDS fills in where a request says nothing. */
  private static DBCluster.Builder defaults() {
    return DBCluster.builder()
        .allocatedStorage(1)
        .backupRetentionPeriod(1)
        .port(5432)
        .engineMode("provisioned")
        .status(Status.CREATING)
        .readReplicaIdentifiers(List.of())
        .associatedRoles(List.of())
        .domainMemberships(List.of())
        .tagList(List.of())
        .storageEncrypted(false)
        .iamDatabaseAuthenticationEnabled(false)
        .httpEndpointEnabled(false)
        .activityStreamStatus(ActivityStreamStatus.STOPPED)
        .copyTagsToSnapshot(false)
        .crossAccountClone(false)
        .deletionProtection(false)
        .autoMinorVersionUpgrade(true)
        .networkType("IPV4")
        .databaseInsightsMode(DatabaseInsightsMode.STANDARD)
        .engineLifecycleSupport("open-source-rds-extended-support");
  }

  private void identify(DBCluster.Builder cluster, String id) {
    World world = databases.world();
    cluster
        .dbClusterIdentifier(id)
        .dbClusterArn(world.arn("rds", "cluster:" + id))
        .dbClusterResourceId("cluster-" + world.ids().letters("cluster", 26))
        .clusterCreateTime(world.now())
        .endpoint(endpoints.writer(id))
        .readerEndpoint(endpoints.reader(id))
        .hostedZoneId(endpoints.hostedZoneId());
  }

  private void runEngine(DBCluster.Builder cluster, CreateDbClusterRequest request) {
    String engine = Arguments.required("Engine", request.engine());
    if (!engine.equals(EngineVersion.ENGINE)) {
      throw new Fault("NotSimulated", "The engine " + engine + " is not simulated");
    }
    if (request.engineMode() != null && !request.engineMode().equals("provisioned")) {
      throw new Fault("NotSimulated", "Engine mode " + request.engineMode() + " is not simulated");
    }
    EngineVersion version = EngineVersions.get(request.engineVersion());
    String group =
        requireNonNullElse(request.dbClusterParameterGroupName(), version.defaultParameterGroup());
    cluster
        .engineVersion(version.toString())
        .dbClusterParameterGroup(
            parameterGroups.forCluster(group, version).dbClusterParameterGroupName())
        .serverlessV2ScalingConfiguration(
            ClusterSettings.scaling(null, request.serverlessV2ScalingConfiguration()));
    List<String> logs = ClusterSettings.logTypes(request.enableCloudwatchLogsExports(), version);
    if (!logs.isEmpty()) {
      cluster.enabledCloudwatchLogsExports(logs);
    }
  }

  private void connect(DBCluster.Builder cluster, CreateDbClusterRequest request) {
    if (request.networkType() != null && !request.networkType().equals("IPV4")) {
      throw new Fault(
          "NotSimulated", "Network type " + request.networkType() + " is not simulated");
    }
    DBSubnetGroup group =
        databases.subnetGroup(requireNonNullElse(request.dbSubnetGroupName(), "default")).model();
    cluster
        .dbSubnetGroup(group.dbSubnetGroupName())
        .availabilityZones(placement.clusterZones(request.availabilityZones(), group))
        .vpcSecurityGroups(placement.securityGroups(request.vpcSecurityGroupIds(), group.vpcId()))
        .httpEndpointEnabled(Boolean.TRUE.equals(request.enableHttpEndpoint()))
        .iamDatabaseAuthenticationEnabled(
            Boolean.TRUE.equals(request.enableIAMDatabaseAuthentication()));
  }

  private void store(DBCluster.Builder cluster, CreateDbClusterRequest request) {
    checkDatabaseName(request.databaseName());
    boolean isEncrypted = Boolean.TRUE.equals(request.storageEncrypted());
    if (request.kmsKeyId() != null && !isEncrypted) {
      throw RdsFaults.invalidCombination(
          "You can't specify KmsKeyId when StorageEncrypted isn't enabled.");
    }
    cluster
        .storageType(ClusterSettings.storageType(request.storageType()))
        .kmsKeyId(isEncrypted ? keys.arn(request.kmsKeyId(), "rds") : null);
  }

  private static void checkDatabaseName(@Nullable String name) {
    if (name != null && !name.matches("[A-Za-z][A-Za-z0-9_]{0,62}")) {
      throw RdsFaults.invalidValue(
          "DatabaseName must begin with a letter and contain only alphanumeric characters.");
    }
  }

  private void maintain(DBCluster.Builder cluster, CreateDbClusterRequest request) {
    String seed = cluster.build().dbClusterIdentifier();
    String backup = Windows.backup(request.preferredBackupWindow(), seed);
    cluster
        .preferredBackupWindow(backup)
        .preferredMaintenanceWindow(
            Windows.maintenance(request.preferredMaintenanceWindow(), backup, seed));
    settings.insights(cluster, request.enablePerformanceInsights());
  }

  /** Gives the cluster its master user; the password, when the request has one. */
  private Optional<String> logIn(DBCluster.Builder cluster, CreateDbClusterRequest request) {
    String user = MasterUser.checkedName(request.masterUsername());
    if (!Boolean.TRUE.equals(request.manageMasterUserPassword())) {
      return Optional.of(MasterUser.checkedPassword(request.masterUserPassword()));
    }
    if (request.masterUserPassword() != null) {
      throw MasterUser.twoPasswords();
    }
    cluster.masterUserSecret(
        masterUser.createSecret(
            cluster.build().dbClusterArn(), user, request.masterUserSecretKmsKeyId()));
    return Optional.empty();
  }
}
