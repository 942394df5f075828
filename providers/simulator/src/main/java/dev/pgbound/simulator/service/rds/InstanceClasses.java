package dev.pgbound.simulator.service.rds;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The instance classes that Aurora PostgreSQL runs on. */
final class InstanceClasses {

  static final String SERVERLESS = "db.serverless";

  private static final List<String> LARGE =
      List.of("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge");

  private InstanceClasses() {}

  /** All of them, by name. */
  static List<String> all() {
    SortedMap<String, List<String>> sizes = new TreeMap<>();
    sizes.put("t3", List.of("medium", "large"));
    sizes.put("t4g", List.of("medium", "large"));
    List.of("r5", "r6g", "r6i", "r7g", "r7i", "r8g").forEach(family -> sizes.put(family, LARGE));
    Stream<String> provisioned =
        sizes.entrySet().stream()
            .flatMap(e -> e.getValue().stream().map(size -> "db." + e.getKey() + "." + size));
    return Stream.concat(provisioned, Stream.of(SERVERLESS)).toList();
  }

  static void check(String name, EngineVersion version) {
    if (!name.matches("db\\.[a-z0-9]+(\\.[a-z0-9]+)?")) {
      throw RdsFaults.invalidValue("Invalid DB Instance class: " + name);
    }
    if (!all().contains(name)) {
      throw RdsFaults.invalidCombination(
          "RDS does not support creating a DB instance with the following combination:"
              + " DBInstanceClass=%s, Engine=%s, EngineVersion=%s,"
              + " LicenseModel=postgresql-license. For supported combinations of instance class"
              + " and database engine version, see the documentation.",
          name, EngineVersion.ENGINE, version);
    }
  }
}
