package dev.pgbound.simulator.service.rds;

import java.util.Comparator;

/** A version of Aurora PostgreSQL, such as 16.4. */
record EngineVersion(int major, int minor) implements Comparable<EngineVersion> {

  /** What RDS calls the engine. */
  static final String ENGINE = "aurora-postgresql";

  private static final Comparator<EngineVersion> ORDER =
      Comparator.comparing(EngineVersion::major).thenComparing(EngineVersion::minor);

  static EngineVersion parse(String text) {
    String[] parts = text.split("\\.", 2);
    return new EngineVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /** The family of parameter groups that fit. */
  String family() {
    return family(major);
  }

  static String family(int major) {
    return ENGINE + major;
  }

  String defaultParameterGroup() {
    return "default." + family();
  }

  String defaultOptionGroup() {
    return "default:" + ENGINE + "-" + major;
  }

  @Override
  public int compareTo(EngineVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
