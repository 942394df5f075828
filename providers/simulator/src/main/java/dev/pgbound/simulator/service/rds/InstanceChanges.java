package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/** ModifyDBInstance: the class waits for the maintenance window unless it shall not. */
final class InstanceChanges {

  private static final Duration MODIFYING = Duration.ofMinutes(1);
  private static final Duration CHANGING_CLASS = Duration.ofMinutes(5);

  private static final Set<String> SIMULATED =
      Set.of(
          "ApplyImmediately",
          "AutoMinorVersionUpgrade",
          "CACertificateIdentifier",
          "CertificateRotationRestart",
          "CopyTagsToSnapshot",
          "DBInstanceClass",
          "DBInstanceIdentifier",
          "DBParameterGroupName",
          "DatabaseInsightsMode",
          "EnablePerformanceInsights",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod",
          "PreferredMaintenanceWindow",
          "PromotionTier",
          "PubliclyAccessible");

  private static final String OF_THE_CLUSTER =
      "The specified DB Instance is a member of a DB Cluster. Modify the %s for the DB Cluster"
          + " using the ModifyDbCluster API";

  private final Databases databases;
  private final Placement placement;
  private final InstanceSettings settings;
  private final Views views;

  InstanceChanges(Databases databases, Placement placement, Views views) {
    this.databases = databases;
    this.placement = placement;
    this.settings = new InstanceSettings(databases.world());
    this.views = views;
  }

  ModifyDbInstanceResponse modify(ModifyDbInstanceRequest request) {
    Stored<DBInstance, DBInstance.Builder> instance =
        databases.instance(request.dbInstanceIdentifier());
    InstanceSettings.refuseWhatIsTheClusters(request, OF_THE_CLUSTER);
    if (request.engineVersion() != null) {
      throw RdsFaults.invalidCombination(OF_THE_CLUSTER, "engine version");
    }
    Arguments.onlySimulated(request, SIMULATED);
    DBInstance before = instance.model();
    if (!Status.AVAILABLE.equals(views.instance(instance).dbInstanceStatus())) {
      throw Databases.instanceState("Database instance is not in available state.");
    }
    DBCluster cluster = databases.cluster(before.dbClusterIdentifier()).model();
    instance.update(builder -> changeAtOnce(builder, request, cluster));
    String wantedClass = Objects.requireNonNullElse(request.dbInstanceClass(), nextClass(before));
    settings.check(instance.model().copy(i -> i.dbInstanceClass(wantedClass)), cluster);
    boolean isBusy = !withoutQuiet(before).equals(withoutQuiet(instance.model()));
    work(instance, wantedClass, Boolean.TRUE.equals(request.applyImmediately()), isBusy);
    return ModifyDbInstanceResponse.builder().dbInstance(views.instance(instance)).build();
  }

  private void changeAtOnce(
      DBInstance.Builder instance, ModifyDbInstanceRequest request, DBCluster cluster) {
    DBInstance before = instance.build();
    Models.copyPlain(
        request.copy(rest -> rest.dbInstanceIdentifier(null).dbInstanceClass(null)), instance);
    if (request.dbParameterGroupName() != null) {
      InstanceSettings.checkParameterGroup(
          request.dbParameterGroupName(), EngineVersion.parse(cluster.engineVersion()));
    }
    if (Boolean.TRUE.equals(request.publiclyAccessible())) {
      placement.requireDnsNames(databases.subnetGroup(cluster.dbSubnetGroup()).model().vpcId());
    }
    if (request.preferredMaintenanceWindow() != null) {
      instance.preferredMaintenanceWindow(
          Windows.maintenance(
              request.preferredMaintenanceWindow(), cluster.preferredBackupWindow(), ""));
    }
    if (request.caCertificateIdentifier() != null && before.certificateDetails() != null) {
      instance.certificateDetails(
          before
              .certificateDetails()
              .copy(certificate -> certificate.caIdentifier(request.caCertificateIdentifier())));
    }
    if (Objects.equals(request.monitoringInterval(), 0) && request.monitoringRoleArn() == null) {
      instance.monitoringRoleArn(null);
    }
    settings.complete(instance, request.enablePerformanceInsights());
  }

  /** The class that the instance has, or will have once what waits is applied. */
  private static String nextClass(DBInstance instance) {
    return Objects.requireNonNullElse(
        instance.pendingModifiedValues().dbInstanceClass(), instance.dbInstanceClass());
  }

  /** An instance without what can be changed while nobody notices. */
  private static DBInstance withoutQuiet(DBInstance instance) {
    return instance.copy(
        quiet ->
            quiet
                .copyTagsToSnapshot(null)
                .autoMinorVersionUpgrade(null)
                .promotionTier(null)
                .preferredMaintenanceWindow(null));
  }

  /** Keeps the instance busy now, as far as there is something to do, and in its window. */
  private void work(
      Stored<DBInstance, DBInstance.Builder> instance,
      String wantedClass,
      boolean isImmediate,
      boolean isBusy) {
    boolean isPending = !wantedClass.equals(instance.model().dbInstanceClass());
    PendingModifiedValues pending =
        PendingModifiedValues.builder().dbInstanceClass(isPending ? wantedClass : null).build();
    // what was planned before is part of pending
    instance.cancel();
    instance.update(builder -> builder.pendingModifiedValues(pending));
    if (isPending && isImmediate) {
      instance.update(builder -> builder.dbInstanceStatus(Status.MODIFYING));
      instance.after(CHANGING_CLASS, builder -> changeClass(builder, wantedClass));
      return;
    }
    if (isBusy) {
      instance.update(builder -> builder.dbInstanceStatus(Status.MODIFYING));
      instance.after(MODIFYING, builder -> builder.dbInstanceStatus(Status.AVAILABLE));
    }
    if (isPending) {
      Duration window =
          Windows.untilBegin(
              instance.model().preferredMaintenanceWindow(), databases.world().now());
      instance.after(window, builder -> builder.dbInstanceStatus(Status.MODIFYING));
      instance.after(window.plus(CHANGING_CLASS), builder -> changeClass(builder, wantedClass));
    }
  }

  private static void changeClass(DBInstance.Builder instance, String wantedClass) {
    instance
        .dbInstanceClass(wantedClass)
        .dbInstanceStatus(Status.AVAILABLE)
        .pendingModifiedValues(PendingModifiedValues.builder().build());
  }
}
