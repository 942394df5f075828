package dev.pgbound.simulator.service.rds;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The versions of Aurora PostgreSQL that there are. */
final class EngineVersions {

  private static final List<EngineVersion> ALL =
      List.of(
              minors(13, 14, 15, 16, 18, 20, 21, 22),
              minors(14, 11, 12, 13, 15, 17, 18, 19),
              minors(15, 6, 7, 8, 10, 12, 13, 14),
              minors(16, 1, 2, 3, 4, 6, 8, 9, 10, 11),
              minors(17, 4, 5, 6, 7))
          .stream()
          .flatMap(List::stream)
          .toList();

  private EngineVersions() {}

  private static List<EngineVersion> minors(int major, int... minors) {
    return IntStream.of(minors).mapToObj(minor -> new EngineVersion(major, minor)).toList();
  }

  /** All of them, the oldest first. */
  static List<EngineVersion> all() {
    return ALL;
  }

  /** The major versions, the oldest first. */
  static List<Integer> majors() {
    return ALL.stream().map(EngineVersion::major).distinct().toList();
  }

  /**
   * The version that a request names; a major version stands for its newest minor one, and nothing
   * for the newest of all.
   */
  static Optional<EngineVersion> find(@Nullable String asked) {
    return ALL.stream()
        .filter(version -> asked == null || matches(version, asked))
        .max(Comparator.naturalOrder());
  }

  /** The version that a request names. */
  static EngineVersion get(@Nullable String asked) {
    return find(asked)
        .orElseThrow(
            () ->
                RdsFaults.invalidCombination(
                    "Cannot find version " + asked + " for " + EngineVersion.ENGINE));
  }

  /** Whether {@code asked} is this version, or the major version it belongs to. */
  static boolean matches(EngineVersion version, String asked) {
    return asked.equals(version.toString()) || asked.equals(Integer.toString(version.major()));
  }

  /** What a cluster of one version can be upgraded to. */
  static List<EngineVersion> targets(EngineVersion from) {
    return ALL.stream().filter(version -> version.compareTo(from) > 0).toList();
  }
}
