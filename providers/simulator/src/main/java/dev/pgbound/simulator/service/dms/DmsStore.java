package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.dms.DmsObjects.Naming;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.databasemigration.model.Certificate;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.EventSubscription;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationSubnetGroup;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/**
 * Everything that DMS stores. What can be renamed is found by its ARN, the rest by its name; a
 * connection by the ARNs of its two ends.
 */
final class DmsStore {

  private final World world;
  private final DmsObjects<ReplicationSubnetGroup, ReplicationSubnetGroup.Builder> subnetGroups;
  private final DmsObjects<ReplicationInstance, ReplicationInstance.Builder> instances;
  private final DmsObjects<Endpoint, Endpoint.Builder> endpoints;
  private final DmsObjects<Connection, Connection.Builder> connections;
  private final DmsObjects<ReplicationTask, ReplicationTask.Builder> tasks;
  private final DmsObjects<ReplicationConfig, ReplicationConfig.Builder> replicationConfigs;
  private final DmsObjects<Replication, Replication.Builder> replications;
  private final DmsObjects<Certificate, Certificate.Builder> certificates;
  private final DmsObjects<EventSubscription, EventSubscription.Builder> eventSubscriptions;

  DmsStore(World world) {
    this.world = world;
    this.subnetGroups = subnetGroups(world);
    this.instances = instances(world);
    this.endpoints = endpoints(world);
    this.connections = connections(world);
    this.tasks = tasks(world);
    this.replicationConfigs = replicationConfigs(world);
    this.replications = replications(world);
    this.certificates = certificates(world);
    this.eventSubscriptions = eventSubscriptions(world);
  }

  private static DmsObjects<ReplicationSubnetGroup, ReplicationSubnetGroup.Builder> subnetGroups(
      World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/subnet-group", ReplicationSubnetGroup::builder),
        new Naming("Replication Subnet Group", "Subnet Groups"),
        Map.of(
            "replication-subnet-group-id",
            group -> List.of(group.replicationSubnetGroupIdentifier())));
  }

  private static DmsObjects<ReplicationInstance, ReplicationInstance.Builder> instances(
      World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/instance", ReplicationInstance::builder),
        new Naming("Replication Instance", "Instances"),
        Map.of(
            "replication-instance-arn", i -> List.of(i.replicationInstanceArn()),
            "replication-instance-id", i -> List.of(i.replicationInstanceIdentifier()),
            "replication-instance-class", i -> List.of(i.replicationInstanceClass()),
            "engine-version", i -> List.of(i.engineVersion())));
  }

  private static DmsObjects<Endpoint, Endpoint.Builder> endpoints(World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/endpoint", Endpoint::builder),
        new Naming("Endpoint", "Endpoints"),
        Map.of(
            "endpoint-arn", endpoint -> List.of(endpoint.endpointArn()),
            "endpoint-type", endpoint -> List.of(endpoint.endpointTypeAsString()),
            "endpoint-id", endpoint -> List.of(endpoint.endpointIdentifier()),
            "engine-name", endpoint -> List.of(endpoint.engineName())));
  }

  private static DmsObjects<Connection, Connection.Builder> connections(World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/connection", Connection::builder),
        new Naming("Connection", "Connections"),
        Map.of(
            "endpoint-arn", connection -> List.of(connection.endpointArn()),
            "replication-instance-arn",
                connection -> List.of(connection.replicationInstanceArn())));
  }

  private static DmsObjects<ReplicationTask, ReplicationTask.Builder> tasks(World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/task", ReplicationTask::builder),
        new Naming("Replication Task", "Tasks"),
        Map.of(
            "replication-task-arn", task -> List.of(task.replicationTaskArn()),
            "replication-task-id", task -> List.of(task.replicationTaskIdentifier()),
            "migration-type", task -> List.of(task.migrationTypeAsString()),
            "endpoint-arn", task -> List.of(task.sourceEndpointArn(), task.targetEndpointArn()),
            "replication-instance-arn", task -> List.of(task.replicationInstanceArn())));
  }

  private static DmsObjects<ReplicationConfig, ReplicationConfig.Builder> replicationConfigs(
      World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/replication-config", ReplicationConfig::builder),
        new Naming("Replication Config", "Replication Configs"),
        Map.of(
            "replication-config-arn", config -> List.of(config.replicationConfigArn()),
            "replication-config-id", config -> List.of(config.replicationConfigIdentifier())));
  }

  private static DmsObjects<Replication, Replication.Builder> replications(World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/replication", Replication::builder),
        new Naming("Replication", "Replications"),
        Map.of(
            "replication-config-arn", each -> List.of(each.replicationConfigArn()),
            "replication-config-id", each -> List.of(each.replicationConfigIdentifier())));
  }

  private static DmsObjects<Certificate, Certificate.Builder> certificates(World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/certificate", Certificate::builder),
        new Naming("Certificate", "Certificates"),
        Map.of(
            "certificate-arn", certificate -> List.of(certificate.certificateArn()),
            "certificate-id", certificate -> List.of(certificate.certificateIdentifier())));
  }

  private static DmsObjects<EventSubscription, EventSubscription.Builder> eventSubscriptions(
      World world) {
    return new DmsObjects<>(
        world,
        Kind.regional("dms/event-subscription", EventSubscription::builder),
        new Naming("Event Subscription", "Event Subscriptions"),
        Map.of(
            "event-subscription-arn",
                subscription -> List.of(EventSubscriptions.arn(world, subscription)),
            "event-subscription-id", subscription -> List.of(subscription.custSubscriptionId())));
  }

  World world() {
    return world;
  }

  DmsObjects<ReplicationSubnetGroup, ReplicationSubnetGroup.Builder> subnetGroups() {
    return subnetGroups;
  }

  DmsObjects<ReplicationInstance, ReplicationInstance.Builder> instances() {
    return instances;
  }

  DmsObjects<Endpoint, Endpoint.Builder> endpoints() {
    return endpoints;
  }

  DmsObjects<Connection, Connection.Builder> connections() {
    return connections;
  }

  DmsObjects<ReplicationTask, ReplicationTask.Builder> tasks() {
    return tasks;
  }

  DmsObjects<ReplicationConfig, ReplicationConfig.Builder> replicationConfigs() {
    return replicationConfigs;
  }

  /** What a configuration is doing, by the ARN of the configuration. */
  DmsObjects<Replication, Replication.Builder> replications() {
    return replications;
  }

  DmsObjects<Certificate, Certificate.Builder> certificates() {
    return certificates;
  }

  DmsObjects<EventSubscription, EventSubscription.Builder> eventSubscriptions() {
    return eventSubscriptions;
  }
}
