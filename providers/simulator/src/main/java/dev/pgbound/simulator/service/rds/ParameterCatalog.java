package dev.pgbound.simulator.service.rds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.Parameter;

/** The cluster parameters of each family as they are before a user sets any. */
final class ParameterCatalog {

  private static final String RESOURCE = "cluster-parameters.tsv";

  /** The families by name; each has its parameters by name. */
  private final SortedMap<String, SortedMap<String, Parameter>> families = new TreeMap<>();

  ParameterCatalog() {
    List<String[]> rows = rows();
    for (int major : EngineVersions.majors()) {
      families.put(
          EngineVersion.family(major),
          rows.stream()
              .filter(row -> covers(row[1], major))
              .map(ParameterCatalog::parameter)
              .collect(
                  Collectors.toMap(
                      Parameter::parameterName, p -> p, (one, other) -> one, TreeMap::new)));
    }
  }

  /** The families' names. */
  List<String> families() {
    return List.copyOf(families.keySet());
  }

  /** The parameters of a family by name; none for an unknown family. */
  SortedMap<String, Parameter> parameters(String family) {
    return families.getOrDefault(family, new TreeMap<>());
  }

  /** Refuses a value that a parameter cannot have. */
  static void check(Parameter parameter, String value) {
    String allowed = parameter.allowedValues();
    // formulas such as {DBInstanceClassMemory/9531392} depend on the instance
    if (allowed == null || value.contains("{") || fits(parameter.dataType(), value, allowed)) {
      return;
    }
    throw RdsFaults.invalidValue(
        "Invalid parameter value: '%s' for: %s allowed values are: %s",
        value, parameter.parameterName(), allowed);
  }

  private static boolean fits(String dataType, String value, String allowed) {
    List<String> words = Arrays.asList(allowed.split(",", -1));
    return switch (dataType) {
      case "integer", "float" -> isInRange(value, allowed);
      case "list" ->
          Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(words::contains);
      default -> words.contains(value);
    };
  }

  private static boolean isInRange(String value, String range) {
    // the lower end may be negative: -1-100
    int hyphen = range.indexOf('-', 1);
    try {
      double number = Double.parseDouble(value);
      return Double.parseDouble(range.substring(0, hyphen)) <= number
          && number <= Double.parseDouble(range.substring(hyphen + 1));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean covers(String majors, int major) {
    String[] ends = majors.split("-", 2);
    return Integer.parseInt(ends[0]) <= major && major <= Integer.parseInt(ends[1]);
  }

  private static Parameter parameter(String[] row) {
    return Parameter.builder()
        .parameterName(row[0])
        .dataType(row[2])
        .applyType(row[3])
        .isModifiable(row[4].equals("yes"))
        .source(row[5])
        .parameterValue(nullIfEmpty(row[6]))
        .allowedValues(nullIfEmpty(row[7]))
        .description(row[8])
        .applyMethod(ApplyMethod.PENDING_REBOOT)
        .supportedEngineModes("provisioned")
        .build();
  }

  private static @Nullable String nullIfEmpty(String cell) {
    return cell.isEmpty() ? null : cell;
  }

  private static List<String[]> rows() {
    try (InputStream stream = ParameterCatalog.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("No resource " + RESOURCE);
      }
      return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
