package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationConfigRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationConfigResponse;
import software.amazon.awssdk.services.databasemigration.model.DeleteReplicationConfigRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteReplicationConfigResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationConfigsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationConfigsResponse;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationConfigRequest;
import software.amazon.awssdk.services.databasemigration.model.ModifyReplicationConfigResponse;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;

/**
 * The configurations of serverless replications. Each has one replication, which is there as soon
 * as the configuration is, and says what it does.
 */
final class ReplicationConfigs {

  private static final int LONGEST_IDENTIFIER = 255;

  private static final Duration UNTIL_MODIFIED = Duration.ofMinutes(1);
  private static final Duration UNTIL_GONE = Duration.ofSeconds(30);
  private static final Duration UNTIL_INTERFACES_GONE = Duration.ofMinutes(2);
  private static final Duration UNTIL_DEPROVISIONED = Duration.ofMinutes(4);

  private final DmsStore store;
  private final Tasks tasks;
  private final TaskSettings settings;
  private final ComputeConfigs compute;
  private final InstanceNetwork network;

  ReplicationConfigs(
      DmsStore store,
      Tasks tasks,
      TaskSettings settings,
      ComputeConfigs compute,
      InstanceNetwork network) {
    this.store = store;
    this.tasks = tasks;
    this.settings = settings;
    this.compute = compute;
    this.network = network;
  }

  void register(Operations operations) {
    operations
        .on("CreateReplicationConfig", CreateReplicationConfigRequest::builder, this::create)
        .on(
            "DescribeReplicationConfigs",
            DescribeReplicationConfigsRequest::builder,
            this::describe)
        .on("ModifyReplicationConfig", ModifyReplicationConfigRequest::builder, this::modify)
        .on("DeleteReplicationConfig", DeleteReplicationConfigRequest::builder, this::delete);
  }

  private CreateReplicationConfigResponse create(CreateReplicationConfigRequest request) {
    ReplicationConfig config = config(request);
    checkEndpoints(config);
    tasks.requireLogsRole(config.replicationSettings());
    String arn = config.replicationConfigArn();
    Stored<ReplicationConfig, ReplicationConfig.Builder> stored =
        store.replicationConfigs().add(arn, config, request.tags());
    Replication replication =
        Replication.builder()
            .status(ReplicationStatus.CREATED.toString())
            .replicationCreateTime(store.world().now())
            .applyMutation(builder -> follow(builder, config))
            .build();
    store.replications().add(arn, "", replication, List.of());
    return CreateReplicationConfigResponse.builder().replicationConfig(stored.view()).build();
  }

  private ReplicationConfig config(CreateReplicationConfigRequest request) {
    MigrationTypeValue type =
        Tasks.migrationType(Refusals.required(request.replicationType(), "ReplicationType"));
    String part = Identifiers.arnPart(request.resourceIdentifier(), store.world().ids());
    return ReplicationConfig.builder()
        .replicationConfigArn(store.world().arn("dms", "replication-config:" + part))
        .replicationConfigIdentifier(identifier(request.replicationConfigIdentifier()))
        .sourceEndpointArn(Refusals.required(request.sourceEndpointArn(), "SourceEndpointArn"))
        .targetEndpointArn(Refusals.required(request.targetEndpointArn(), "TargetEndpointArn"))
        .replicationType(type)
        .computeConfig(compute.create(request.computeConfig()))
        .tableMappings(
            TableMappings.checked(Refusals.required(request.tableMappings(), "TableMappings")))
        .replicationSettings(
            settings.create(request.replicationSettings(), type, settings.serverless(part)))
        .supplementalSettings(request.supplementalSettings())
        .replicationConfigCreateTime(store.world().now())
        .replicationConfigUpdateTime(store.world().now())
        .build();
  }

  private String identifier(String sent) {
    String identifier =
        Identifiers.lowerCase(sent, "ReplicationConfigIdentifier", LONGEST_IDENTIFIER);
    store
        .replicationConfigs()
        .refuseSecond(c -> c.replicationConfigIdentifier().equals(identifier), identifier);
    return identifier;
  }

  private void checkEndpoints(ReplicationConfig config) {
    Endpoints.require(store, config.sourceEndpointArn(), ReplicationEndpointTypeValue.SOURCE);
    Endpoints.require(store, config.targetEndpointArn(), ReplicationEndpointTypeValue.TARGET);
  }

  /** What a replication repeats of its configuration. */
  private void follow(Replication.Builder builder, ReplicationConfig config) {
    builder
        .replicationConfigArn(config.replicationConfigArn())
        .replicationConfigIdentifier(config.replicationConfigIdentifier())
        .sourceEndpointArn(config.sourceEndpointArn())
        .targetEndpointArn(config.targetEndpointArn())
        .replicationType(config.replicationType())
        .replicationUpdateTime(store.world().now());
  }

  private DescribeReplicationConfigsResponse describe(DescribeReplicationConfigsRequest request) {
    Page<ReplicationConfig> page =
        store
            .replicationConfigs()
            .describe(
                new PageRequest(request.filters(), request.maxRecords(), request.marker()),
                Stored::view);
    return DescribeReplicationConfigsResponse.builder()
        .replicationConfigs(page.items())
        .marker(page.next())
        .build();
  }

  private ModifyReplicationConfigResponse modify(ModifyReplicationConfigRequest request) {
    Stored<ReplicationConfig, ReplicationConfig.Builder> config =
        get(request.replicationConfigArn());
    Stored<Replication, Replication.Builder> replication = replication(config);
    if (!ReplicationStatus.of(replication.model()).isModifiable()) {
      throw ReplicationStatus.refusal(replication.model(), "be modified");
    }
    ReplicationConfig live = config.model();
    config.update(builder -> change(builder, request, live));
    checkEndpoints(config.model());
    tasks.requireLogsRole(config.model().replicationSettings());
    String before = replication.model().status();
    replication.update(builder -> follow(builder, config.model()));
    replication.update(builder -> builder.status(ReplicationStatus.MODIFYING.toString()));
    replication.after(UNTIL_MODIFIED, builder -> builder.status(before));
    return ModifyReplicationConfigResponse.builder().replicationConfig(config.view()).build();
  }

  private void change(
      ReplicationConfig.Builder builder,
      ModifyReplicationConfigRequest request,
      ReplicationConfig live) {
    String wanted = request.replicationConfigIdentifier();
    if (wanted != null && !wanted.equalsIgnoreCase(live.replicationConfigIdentifier())) {
      builder.replicationConfigIdentifier(identifier(wanted));
    }
    if (request.replicationType() != null) {
      builder.replicationType(Tasks.migrationType(request.replicationType()));
    }
    if (request.tableMappings() != null) {
      builder.tableMappings(TableMappings.checked(request.tableMappings()));
    }
    String part = Identifiers.arnPart(live.replicationConfigArn());
    builder
        .sourceEndpointArn(orElse(request.sourceEndpointArn(), live.sourceEndpointArn()))
        .targetEndpointArn(orElse(request.targetEndpointArn(), live.targetEndpointArn()))
        .computeConfig(compute.modify(live.computeConfig(), request.computeConfig()))
        .supplementalSettings(orElse(request.supplementalSettings(), live.supplementalSettings()))
        .replicationSettings(
            settings.modify(
                live.replicationSettings(),
                request.replicationSettings(),
                settings.serverless(part)))
        .replicationConfigUpdateTime(store.world().now());
  }

  private static @Nullable String orElse(@Nullable String sent, @Nullable String live) {
    return sent == null ? live : sent;
  }

  /** The capacity that a stopped replication still has goes with its configuration. */
  private DeleteReplicationConfigResponse delete(DeleteReplicationConfigRequest request) {
    Stored<ReplicationConfig, ReplicationConfig.Builder> config =
        get(request.replicationConfigArn());
    Stored<Replication, Replication.Builder> replication = replication(config);
    if (!ReplicationStatus.of(replication.model()).isResting()) {
      throw ReplicationStatus.refusal(replication.model(), "be deleted");
    }
    Duration wait =
        ReplicationRun.hasCapacity(replication.model()) ? UNTIL_DEPROVISIONED : UNTIL_GONE;
    replication.cancel();
    replication.update(builder -> builder.status(ReplicationStatus.DELETING.toString()));
    replication.removeAfter(wait);
    config.removeAfter(wait);
    network.release(config.arn(), wait.plus(UNTIL_INTERFACES_GONE));
    return DeleteReplicationConfigResponse.builder().replicationConfig(config.view()).build();
  }

  private Stored<ReplicationConfig, ReplicationConfig.Builder> get(String arn) {
    return store.replicationConfigs().get(arn, "ReplicationConfigArn");
  }

  private Stored<Replication, Replication.Builder> replication(Stored<?, ?> config) {
    return store.replications().get(config.arn(), "ReplicationConfigArn");
  }
}
