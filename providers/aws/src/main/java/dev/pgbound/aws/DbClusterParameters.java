package dev.pgbound.aws;

import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.Parameter;

/** The parameters of a cluster parameter group. */
final class DbClusterParameters {

  /** The most that ModifyDBClusterParameterGroup takes. */
  private static final int AT_ONCE = 20;

  private final RdsClient rds;

  DbClusterParameters(RdsClient rds) {
    this.rds = rds;
  }

  /** The parameters that a user has set, with their values. */
  Fields set(String group) {
    Map<String, Value> values = new TreeMap<>();
    for (Parameter parameter : read(group, Optional.of("user"))) {
      Optional.ofNullable(parameter.parameterValue())
          .ifPresent(value -> values.put(parameter.parameterName(), Value.of(value)));
    }
    return new Fields(values);
  }

  /**
   * Sets parameters. Those that RDS calls dynamic count at once, the static ones after a reboot:
   * RDS takes no other method for them.
   */
  void set(String group, Fields values) {
    Map<String, Parameter> known = new TreeMap<>();
    read(group, Optional.empty()).forEach(p -> known.put(p.parameterName(), p));
    List<Parameter> changes = new ArrayList<>();
    values
        .fields()
        .forEach((name, value) -> changes.add(change(group, known, name, value.toString())));
    for (int at = 0; at < changes.size(); at += AT_ONCE) {
      List<Parameter> part = changes.subList(at, Math.min(at + AT_ONCE, changes.size()));
      rds.modifyDBClusterParameterGroup(r -> r.dbClusterParameterGroupName(group).parameters(part));
    }
  }

  private List<Parameter> read(String group, Optional<String> source) {
    return rds
        .describeDBClusterParametersPaginator(
            r -> {
              r.dbClusterParameterGroupName(group);
              source.ifPresent(r::source);
            })
        .parameters()
        .stream()
        .toList();
  }

  private static Parameter change(
      String group, Map<String, Parameter> known, String name, String value) {
    Parameter parameter = known.get(name.toLowerCase(Locale.ROOT));
    if (parameter == null) {
      throw new ResourceException(
          Kind.INVALID_REQUEST,
          "UnknownParameter",
          String.format(
              Locale.ROOT,
              "The family of the parameter group %s has no parameter %s. Correct its name.",
              group,
              name));
    }
    boolean isDynamic = "dynamic".equals(parameter.applyType());
    return Parameter.builder()
        .parameterName(parameter.parameterName())
        .parameterValue(value)
        .applyMethod(isDynamic ? ApplyMethod.IMMEDIATE : ApplyMethod.PENDING_REBOOT)
        .build();
  }
}
