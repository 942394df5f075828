package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.CreateDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterParameterGroupResponse;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterParameterGroupResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParameterGroupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParametersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParametersResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterParameterGroupResponse;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.ResetDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.ResetDbClusterParameterGroupResponse;

/** The operations on cluster parameter groups. */
final class ParameterGroupOperations {

  private static final int MOST_IN_A_CALL = 20;

  private final Databases databases;
  private final ParameterGroups groups;

  ParameterGroupOperations(Databases databases, ParameterGroups groups) {
    this.databases = databases;
    this.groups = groups;
  }

  void register(Operations operations) {
    operations
        .on(
            "CreateDBClusterParameterGroup",
            CreateDbClusterParameterGroupRequest::builder,
            this::create)
        .on(
            "DescribeDBClusterParameterGroups",
            DescribeDbClusterParameterGroupsRequest::builder,
            this::describe)
        .on(
            "DescribeDBClusterParameters",
            DescribeDbClusterParametersRequest::builder,
            this::describeParameters)
        .on(
            "ModifyDBClusterParameterGroup",
            ModifyDbClusterParameterGroupRequest::builder,
            this::modify)
        .on(
            "ResetDBClusterParameterGroup",
            ResetDbClusterParameterGroupRequest::builder,
            this::reset)
        .on(
            "DeleteDBClusterParameterGroup",
            DeleteDbClusterParameterGroupRequest::builder,
            this::delete);
  }

  private CreateDbClusterParameterGroupResponse create(
      CreateDbClusterParameterGroupRequest request) {
    String name =
        Arguments.identifier(
            "DBClusterParameterGroupName", request.dbClusterParameterGroupName(), 255);
    String family =
        Arguments.required("DBParameterGroupFamily", request.dbParameterGroupFamily())
            .toLowerCase(Locale.ROOT);
    if (!groups.catalog().families().contains(family)) {
      throw RdsFaults.invalidValue(
          "ParameterGroupFamily " + family + " is not a valid parameter group family");
    }
    if (groups.find(name).isPresent()) {
      throw new Fault(
          "DBParameterGroupAlreadyExists", "Parameter group " + name + " already exists");
    }
    DBClusterParameterGroup group =
        DBClusterParameterGroup.builder()
            .dbClusterParameterGroupName(name)
            .dbParameterGroupFamily(family)
            .description(Arguments.required("Description", request.description()))
            .dbClusterParameterGroupArn(groups.arn(name))
            .build();
    databases.parameterGroups().add(name, groups.arn(name), group, Arguments.tags(request.tags()));
    return CreateDbClusterParameterGroupResponse.builder().dbClusterParameterGroup(group).build();
  }

  private DescribeDbClusterParameterGroupsResponse describe(
      DescribeDbClusterParameterGroupsRequest request) {
    Arguments.maxRecords(request.maxRecords());
    List<DBClusterParameterGroup> found =
        request.dbClusterParameterGroupName() == null
            ? groups.all()
            : List.of(groups.get(request.dbClusterParameterGroupName()));
    Page<DBClusterParameterGroup> page =
        Page.of(found, request.maxRecords(), request.marker(), Rds.PAGE);
    return DescribeDbClusterParameterGroupsResponse.builder()
        .dbClusterParameterGroups(page.items())
        .marker(page.next())
        .build();
  }

  private DescribeDbClusterParametersResponse describeParameters(
      DescribeDbClusterParametersRequest request) {
    Arguments.maxRecords(request.maxRecords());
    DBClusterParameterGroup group = groups.get(request.dbClusterParameterGroupName());
    List<Parameter> found =
        groups.parameters(group).values().stream()
            .filter(p -> request.source() == null || request.source().equals(p.source()))
            .toList();
    Page<Parameter> page = Page.of(found, request.maxRecords(), request.marker(), Rds.PAGE);
    return DescribeDbClusterParametersResponse.builder()
        .parameters(page.items())
        .marker(page.next())
        .build();
  }

  private ModifyDbClusterParameterGroupResponse modify(
      ModifyDbClusterParameterGroupRequest request) {
    String name = groups.own(request.dbClusterParameterGroupName(), "modify").key();
    for (Parameter asked : checked(request.parameters())) {
      groups.set(
          name,
          parameter(name, asked),
          Arguments.required("ParameterValue", asked.parameterValue()),
          method(asked));
    }
    return ModifyDbClusterParameterGroupResponse.builder()
        .dbClusterParameterGroupName(name)
        .build();
  }

  private ResetDbClusterParameterGroupResponse reset(ResetDbClusterParameterGroupRequest request) {
    String name = groups.own(request.dbClusterParameterGroupName(), "reset").key();
    if (Boolean.TRUE.equals(request.resetAllParameters())) {
      groups.resetAll(name);
    } else {
      for (Parameter asked : checked(request.parameters())) {
        Parameter parameter = parameter(name, asked);
        ParameterGroups.checkMethod(parameter, method(asked));
        groups.reset(name, parameter.parameterName());
      }
    }
    return ResetDbClusterParameterGroupResponse.builder().dbClusterParameterGroupName(name).build();
  }

  private DeleteDbClusterParameterGroupResponse delete(
      DeleteDbClusterParameterGroupRequest request) {
    var group = groups.own(request.dbClusterParameterGroupName(), "delete");
    groups.requireUnused(group.key());
    groups.resetAll(group.key());
    group.remove();
    return DeleteDbClusterParameterGroupResponse.builder().build();
  }

  private static List<Parameter> checked(List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      throw RdsFaults.mustBeProvided("Parameters");
    }
    if (parameters.size() > MOST_IN_A_CALL) {
      throw RdsFaults.invalidValue(
          "The request contains "
              + parameters.size()
              + " parameters. A maximum of 20 parameters can be modified in a single request.");
    }
    return parameters;
  }

  /** The parameter that a request names, in whatever case, as it is in the group now. */
  private Parameter parameter(String group, Parameter asked) {
    String name = Arguments.required("ParameterName", asked.parameterName());
    SortedMap<String, Parameter> parameters = groups.parameters(groups.get(group));
    return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)))
        .orElseThrow(() -> RdsFaults.invalidValue("Could not find parameter with name: " + name));
  }

  private static ApplyMethod method(Parameter asked) {
    return switch (asked.applyMethod() == null
        ? ApplyMethod.UNKNOWN_TO_SDK_VERSION
        : asked.applyMethod()) {
      case IMMEDIATE -> ApplyMethod.IMMEDIATE;
      case PENDING_REBOOT -> ApplyMethod.PENDING_REBOOT;
      case UNKNOWN_TO_SDK_VERSION -> throw RdsFaults.mustBeProvided("ApplyMethod");
    };
  }
}
