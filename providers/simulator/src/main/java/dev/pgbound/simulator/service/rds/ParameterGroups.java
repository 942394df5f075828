package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;
import software.amazon.awssdk.services.rds.model.Parameter;

/**
 * The cluster parameter groups, those of users and the default one of each family, and what the
 * parameters are in them.
 */
final class ParameterGroups {

  private static final String STATIC = "static";

  private final Databases databases;
  private final ParameterCatalog catalog = new ParameterCatalog();

  ParameterGroups(Databases databases) {
    this.databases = databases;
  }

  ParameterCatalog catalog() {
    return catalog;
  }

  /** The default groups and those of users. */
  List<DBClusterParameterGroup> all() {
    return Stream.concat(
            catalog.families().stream().map(this::byDefault),
            databases.parameterGroups().all().stream().map(Stored::view))
        .toList();
  }

  /** The group with this name or ARN. */
  Optional<DBClusterParameterGroup> find(String nameOrArn) {
    String name = Arguments.name(nameOrArn);
    return all().stream().filter(g -> g.dbClusterParameterGroupName().equals(name)).findFirst();
  }

  /** The group that an operation on parameter groups names. */
  DBClusterParameterGroup get(String nameOrArn) {
    String name = Arguments.required("DBClusterParameterGroupName", nameOrArn);
    return find(name)
        .orElseThrow(
            () ->
                RdsFaults.notFound(
                    "DBParameterGroupNotFound", "DBClusterParameterGroup not found: " + name));
  }

  /** The group that a cluster of this version shall have. */
  DBClusterParameterGroup forCluster(String nameOrArn, EngineVersion version) {
    DBClusterParameterGroup group =
        find(nameOrArn)
            .orElseThrow(
                () ->
                    RdsFaults.notFound(
                        "DBClusterParameterGroupNotFound",
                        "DBClusterParameterGroup not found: " + nameOrArn));
    if (!group.dbParameterGroupFamily().equals(version.family())) {
      throw RdsFaults.otherFamily(
          group.dbClusterParameterGroupName(), group.dbParameterGroupFamily(), version);
    }
    return group;
  }

  /** A group that may be changed or deleted: one that a user has made. */
  Stored<DBClusterParameterGroup, DBClusterParameterGroup.Builder> own(
      String nameOrArn, String verb) {
    DBClusterParameterGroup group = get(nameOrArn);
    return databases
        .parameterGroups()
        .find(group.dbClusterParameterGroupName())
        .orElseThrow(
            () -> RdsFaults.invalidValue("Cannot " + verb + " a default parameter group."));
  }

  /** All parameters of a group, by name. */
  SortedMap<String, Parameter> parameters(DBClusterParameterGroup group) {
    SortedMap<String, Parameter> parameters =
        new TreeMap<>(catalog.parameters(group.dbParameterGroupFamily()));
    set(group.dbClusterParameterGroupName())
        .map(Stored::model)
        .forEach(parameter -> parameters.put(parameter.parameterName(), parameter));
    return parameters;
  }

  /** Sets a parameter, as a user does. */
  void set(String group, Parameter parameter, String value, ApplyMethod method) {
    ParameterCatalog.check(parameter, value);
    if (!parameter.isModifiable()) {
      throw RdsFaults.invalidValue(
          "The parameter " + parameter.parameterName() + " cannot be modified.");
    }
    checkMethod(parameter, method);
    reset(group, parameter.parameterName());
    Parameter changed =
        parameter.copy(p -> p.parameterValue(value).applyMethod(method).source("user"));
    databases.parameters().add(key(group, parameter.parameterName()), "", changed, new TreeMap<>());
  }

  /** A parameter that is read at start only cannot be applied at once. */
  static void checkMethod(Parameter parameter, ApplyMethod method) {
    if (parameter.applyType().equals(STATIC) && method == ApplyMethod.IMMEDIATE) {
      throw RdsFaults.invalidCombination("cannot use immediate apply method for static parameter");
    }
  }

  /** Takes what a user has set away. */
  void reset(String group, String parameter) {
    databases.parameters().find(key(group, parameter)).ifPresent(Stored::remove);
  }

  /** Takes everything away that users have set in a group. */
  void resetAll(String group) {
    set(group).toList().forEach(Stored::remove);
  }

  /**
   * What of a group takes effect when an instance starts: when it is not what it was at the last
   * start, the instance has to be rebooted.
   */
  String readAtStart(String group) {
    return set(group)
        .map(Stored::model)
        .filter(parameter -> parameter.applyType().equals(STATIC))
        .map(parameter -> parameter.parameterName() + "=" + parameter.parameterValue())
        .collect(Collectors.joining("\n", group + "\n", ""));
  }

  /** Refuses the deletion of a group that clusters use. */
  void requireUnused(String group) {
    if (databases.clusters().all().stream()
        .anyMatch(cluster -> cluster.model().dbClusterParameterGroup().equals(group))) {
      throw new Fault(
          "InvalidDBParameterGroupState",
          "One or more database instances are still members of this parameter group "
              + group
              + ", so the group cannot be deleted");
    }
  }

  String arn(String name) {
    return databases.world().arn("rds", "cluster-pg:" + name);
  }

  private Stream<Stored<Parameter, Parameter.Builder>> set(String group) {
    return databases.parameters().all().stream()
        .filter(parameter -> parameter.key().startsWith(key(group, "")));
  }

  private static String key(String group, String parameter) {
    return group + "/" + parameter;
  }

  private DBClusterParameterGroup byDefault(String family) {
    String name = "default." + family;
    return DBClusterParameterGroup.builder()
        .dbClusterParameterGroupName(name)
        .dbParameterGroupFamily(family)
        .description("Default cluster parameter group for " + family)
        .dbClusterParameterGroupArn(arn(name))
        .build();
  }
}
