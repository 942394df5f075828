package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What creating and modifying an instance check and fill in alike. */
final class InstanceSettings {

  static final String USUAL_AUTHORITY = "rds-ca-rsa2048-g1";

  /** The certificate authorities that an instance may have its certificate from. */
  static final List<String> AUTHORITIES =
      List.of("rds-ca-ecc384-g1", USUAL_AUTHORITY, "rds-ca-rsa4096-g1");

  private static final int LAST_TIER = 15;

  /** Members of requests that only the cluster has a say in, and what RDS calls them. */
  private static final Map<String, String> OF_THE_CLUSTER =
      new TreeMap<>(
          Map.of(
              "BackupRetentionPeriod", "backup retention period",
              "DBName", "database name",
              "DBPortNumber", "database endpoint port",
              "EnableIAMDatabaseAuthentication", "IAM database authentication",
              "MasterUserPassword", "master user password",
              "MasterUsername", "master user name",
              "Port", "database endpoint port",
              "PreferredBackupWindow", "backup window",
              "StorageEncrypted", "storage encryption",
              "VpcSecurityGroupIds", "VPC security groups"));

  private final World world;
  private final EncryptionKeys keys;
  private final Monitoring monitoring;

  InstanceSettings(World world) {
    this.world = world;
    this.keys = new EncryptionKeys(world);
    this.monitoring = new Monitoring(world);
  }

  /** Refuses an instance that cannot be in its cluster. */
  void check(DBInstance instance, DBCluster cluster) {
    EngineVersion version = EngineVersion.parse(cluster.engineVersion());
    InstanceClasses.check(instance.dbInstanceClass(), version);
    if (instance.dbInstanceClass().equals(InstanceClasses.SERVERLESS)
        && cluster.serverlessV2ScalingConfiguration() == null) {
      throw RdsFaults.invalidCombination(
          "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a"
              + " Serverless v2 DB instance.");
    }
    Arguments.inRange("PromotionTier", instance.promotionTier(), 0, LAST_TIER);
    if (!AUTHORITIES.contains(instance.caCertificateIdentifier())) {
      throw RdsFaults.notFound(
          "CertificateNotFound", "Certificate not found: " + instance.caCertificateIdentifier());
    }
    monitoring.check(
        Objects.requireNonNullElse(instance.monitoringInterval(), 0), instance.monitoringRoleArn());
  }

  /**
   * Refuses a request that says at an instance what belongs to its cluster.
   *
   * @param message what RDS answers, with a place for what it was about
   */
  static void refuseWhatIsTheClusters(SdkPojo request, String message) {
    for (SdkField<?> field : request.sdkFields()) {
      String what = OF_THE_CLUSTER.get(field.memberName());
      if (what != null && Models.isSet(field, request)) {
        throw RdsFaults.invalidCombination(message, what);
      }
    }
  }

  /** Fills in what monitoring and performance insights come with. */
  void complete(DBInstance.Builder instance, @Nullable Boolean insights) {
    if (insights != null) {
      instance.performanceInsightsEnabled(insights);
    }
    DBInstance current = instance.build();
    if (Boolean.TRUE.equals(current.performanceInsightsEnabled())) {
      instance
          .performanceInsightsKMSKeyId(keys.arn(current.performanceInsightsKMSKeyId(), "rds"))
          .performanceInsightsRetentionPeriod(
              Insights.retention(current.performanceInsightsRetentionPeriod()));
    }
    boolean isMonitored = current.monitoringInterval() != 0;
    instance.enhancedMonitoringResourceArn(
        isMonitored
            ? world.arn("logs", "log-group:RDSOSMetrics:log-stream:" + current.dbiResourceId())
            : null);
  }

  /** Instances have the default parameter group of their version; there are no others here. */
  static void checkParameterGroup(String name, EngineVersion version) {
    String group = Arguments.name(name);
    if (!group.matches("default\\." + EngineVersion.ENGINE + "\\d+")) {
      throw RdsFaults.notFound("DBParameterGroupNotFound", "DBParameterGroup not found: " + name);
    }
    if (!group.equals(version.defaultParameterGroup())) {
      throw RdsFaults.otherFamily(group, group.substring("default.".length()), version);
    }
  }
}
