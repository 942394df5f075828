package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.logs.LogGroups;
import dev.pgbound.simulator.world.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.ComputeConfig;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationTableStatisticsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationTableStatisticsResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationsResponse;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationRequest;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationResponse;
import software.amazon.awssdk.services.databasemigration.model.StopReplicationRequest;
import software.amazon.awssdk.services.databasemigration.model.StopReplicationResponse;

/** Serverless replications: how they are started, seen and stopped. */
final class Replications {

  private final DmsStore store;
  private final Connections connections;
  private final TaskSettings settings;
  private final LogGroups logGroups;
  private final InstanceNetwork network;
  private final ReplicationRun run;

  Replications(
      DmsStore store,
      Connections connections,
      TaskSettings settings,
      LogGroups logGroups,
      InstanceNetwork network) {
    this.store = store;
    this.connections = connections;
    this.settings = settings;
    this.logGroups = logGroups;
    this.network = network;
    this.run = new ReplicationRun(store.world());
  }

  void register(Operations operations) {
    operations
        .on("DescribeReplications", DescribeReplicationsRequest::builder, this::describe)
        .on(
            "DescribeReplicationTableStatistics",
            DescribeReplicationTableStatisticsRequest::builder,
            this::describeTables)
        .on("StartReplication", StartReplicationRequest::builder, this::start)
        .on("StopReplication", StopReplicationRequest::builder, this::stop);
  }

  private DescribeReplicationsResponse describe(DescribeReplicationsRequest request) {
    Page<Replication> page =
        store
            .replications()
            .describe(
                new PageRequest(request.filters(), request.maxRecords(), request.marker()),
                Stored::view);
    return DescribeReplicationsResponse.builder()
        .replications(page.items())
        .marker(page.next())
        .build();
  }

  /** Serverless replications move no rows here. */
  private DescribeReplicationTableStatisticsResponse describeTables(
      DescribeReplicationTableStatisticsRequest request) {
    String arn = get(request.replicationConfigArn()).arn();
    return DescribeReplicationTableStatisticsResponse.builder()
        .replicationConfigArn(arn)
        .replicationTableStatistics(List.of())
        .build();
  }

  private StartReplicationResponse start(StartReplicationRequest request) {
    Stored<Replication, Replication.Builder> replication = get(request.replicationConfigArn());
    Replication live = replication.model();
    if (!ReplicationStatus.of(live).isResting()) {
      throw ReplicationStatus.refusal(live, "start");
    }
    StartType type = StartType.checked(request.startReplicationType(), live);
    String start = CdcPositions.start(request.cdcStartPosition(), request.cdcStartTime());
    CdcPositions.end(request.cdcStopPosition());
    replication.cancel();
    replication.update(
        builder ->
            builder
                .status(ReplicationStatus.INITIALIZING.toString())
                .startReplicationType(type.toString())
                .stopReason(null)
                .failureMessages((List<String>) null)
                .cdcStartTime(request.cdcStartTime())
                .cdcStartPosition(start == null ? live.cdcStartPosition() : start)
                .cdcStopPosition(request.cdcStopPosition())
                .replicationUpdateTime(store.world().now()));
    ReplicationConfig config = config(replication);
    attach(config);
    run.start(replication, config, type, failure(config));
    String group =
        settings.value(config.replicationSettings(), "/Logging/CloudWatchLogGroup").asString("");
    if (!group.isEmpty()) {
      logGroups.ensure(group);
    }
    return StartReplicationResponse.builder().replication(replication.view()).build();
  }

  private void attach(ReplicationConfig config) {
    ComputeConfig compute = config.computeConfig();
    ReplicationSubnetGroup group =
        store
            .subnetGroups()
            .get(compute.replicationSubnetGroupId(), "ReplicationSubnetGroupId")
            .view();
    String zone = network.zone(group, compute.availabilityZone());
    List<String> zones = new ArrayList<>(List.of(zone));
    if (compute.multiAZ()) {
      zones.add(network.secondaryZone(group, zone));
    }
    zones.forEach(
        each ->
            network.attach(
                config.replicationConfigArn(), group, each, compute.vpcSecurityGroupIds()));
  }

  /** Why the connections that a start tests fail; unlike tasks, it tests them itself. */
  private Optional<String> failure(ReplicationConfig config) {
    for (String arn : List.of(config.sourceEndpointArn(), config.targetEndpointArn())) {
      Stored<Endpoint, Endpoint.Builder> endpoint = store.endpoints().get(arn, "EndpointArn");
      String failure = connections.failure(endpoint);
      if (failure != null) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "Test connection failed for endpoint '%s' and replication config '%s'. Failure"
                    + " Message: '%s'",
                endpoint.model().endpointIdentifier(),
                config.replicationConfigIdentifier(),
                failure));
      }
    }
    return Optional.empty();
  }

  private StopReplicationResponse stop(StopReplicationRequest request) {
    Stored<Replication, Replication.Builder> replication = get(request.replicationConfigArn());
    if (ReplicationStatus.of(replication.model()) != ReplicationStatus.RUNNING) {
      throw ReplicationStatus.refusal(replication.model(), "be stopped");
    }
    run.stop(replication);
    return StopReplicationResponse.builder().replication(replication.view()).build();
  }

  private Stored<Replication, Replication.Builder> get(String arn) {
    return store.replications().get(arn, "ReplicationConfigArn");
  }

  private ReplicationConfig config(Stored<Replication, Replication.Builder> replication) {
    return store
        .replicationConfigs()
        .get(replication.model().replicationConfigArn(), "ReplicationConfigArn")
        .model();
  }
}
