package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.copy.Copier;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.ec2.AvailabilityZones;
import dev.pgbound.simulator.service.ec2.Network;
import dev.pgbound.simulator.service.ec2.NetworkInterfaces;
import dev.pgbound.simulator.service.logs.LogGroups;
import dev.pgbound.simulator.service.sns.Sns;
import dev.pgbound.simulator.wire.JsonProtocol;
import dev.pgbound.simulator.world.World;

/** DMS: replication instances, endpoints, tasks and what belongs to them. */
public final class Dms {

  private final Operations operations = new Operations("dms", new JsonProtocol());
  private final TaskRows rows;

  /** DMS in {@code world}, whose connection tests know the simulated databases by name. */
  public Dms(World world) {
    this(world, new SimulatedHosts(world));
  }

  /**
   * DMS in {@code world}.
   *
   * @param reachability decides which connection tests succeed
   */
  public Dms(World world, Reachability reachability) {
    DmsStore store = new DmsStore(world);
    rows = new TaskRows(store);
    ServiceRoles roles = new ServiceRoles(world);
    KeyArns keys = new KeyArns(world);
    Connections connections = new Connections(store, new Logins(world), reachability);
    Network network = new Network(world);
    NetworkInterfaces interfaces = new NetworkInterfaces(network);
    InstanceNetwork place = new InstanceNetwork(network, interfaces);
    new SubnetGroups(store, roles, network, interfaces).register(operations);
    registerInstances(store, roles, keys, place);
    connections.register(operations);
    new Endpoints(store, roles, keys, connections).register(operations);
    new EndpointCatalogue().register(operations);
    new Certificates(store, keys).register(operations);
    registerTasks(store, roles, connections, keys, place);
    new EventSubscriptions(store, new Sns(world)).register(operations);
    new EventCategories().register(operations);
    new ResourceTags(world).register(operations);
    new AccountQuotas(store).register(operations);
  }

  private void registerInstances(
      DmsStore store, ServiceRoles roles, KeyArns keys, InstanceNetwork place) {
    EngineVersions versions = new EngineVersions();
    InstanceClasses classes = new InstanceClasses(versions, new AvailabilityZones(store.world()));
    versions.register(operations);
    classes.register(operations);
    new Instances(store, roles, versions, classes, place, keys).register(operations);
    new InstanceChanges(store, versions, classes, place).register(operations);
  }

  private void registerTasks(
      DmsStore store,
      ServiceRoles roles,
      Connections connections,
      KeyArns keys,
      InstanceNetwork place) {
    TaskSettings settings = new TaskSettings();
    Tasks tasks = new Tasks(store, roles, settings);
    tasks.register(operations);
    new TaskChanges(store, tasks, settings).register(operations);
    LogGroups logs = new LogGroups(store.world());
    new TaskRuns(store, connections, settings, logs, rows).register(operations);
    new TaskTables(store, settings, rows).register(operations);
    ComputeConfigs compute = new ComputeConfigs(store, roles, keys, place);
    new ReplicationConfigs(store, tasks, settings, compute, place).register(operations);
    new Replications(store, connections, settings, logs, place).register(operations);
  }

  /**
   * Has the rows of tasks moved from now on.
   *
   * @param hosts know the databases that the rows go to
   * @param isWatched whether somebody else may be moving them, so that they are only looked at
   */
  public void moveRows(Copier copier, SimulatedHosts hosts, boolean isWatched) {
    rows.moveWith(copier, hosts, isWatched);
  }

  /** Forgets what is known of the rows of tasks that are no more. */
  public void sweep() {
    rows.sweep();
  }

  /** What the service answers to. */
  public Operations operations() {
    return operations;
  }
}
