package dev.pgbound.simulator.service.iam;

import dev.pgbound.simulator.service.Constraints;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/** Refusals that several operations share, and the checks that lead to them. */
final class Faults {

  static final Constraints CONSTRAINTS = new Constraints("ValidationError");

  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("/|/[!-~]+/");
  private static final int MOST_TAGS = 50;
  private static final int USUAL_PAGE = 100;

  private Faults() {}

  static Fault noSuchEntity(String message) {
    return new Fault("NoSuchEntity", 404, message);
  }

  static Fault deleteConflict(String message) {
    return new Fault("DeleteConflict", 409, message);
  }

  /** Names have letters, digits and a few signs. */
  static String checkName(String member, @Nullable String name, int max) {
    return CONSTRAINTS.matching(CONSTRAINTS.sized(name, member, 1, max), member, NAME);
  }

  /** Paths begin and end with a slash. */
  static void checkPath(String path) {
    CONSTRAINTS.matching(path, "path", PATH);
  }

  /** The tags of a request, checked together with those that are there already. */
  static SortedMap<String, String> checkedTags(List<Tag> tags, Map<String, String> present) {
    SortedMap<String, String> read = Tags.read(tags);
    if (read.size() < tags.size()) {
      throw new Fault(
          "InvalidInput",
          "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
    Set<String> keys = new TreeSet<>(present.keySet());
    keys.addAll(read.keySet());
    if (keys.size() > MOST_TAGS) {
      throw new Fault(
          "LimitExceeded", 409, "The number of tags has reached the maximum limit of " + MOST_TAGS);
    }
    return read;
  }

  /** A page of what a list operation has found. */
  static <T> Page<T> page(List<T> found, @Nullable Integer maxItems, @Nullable String marker) {
    CONSTRAINTS.range(maxItems, "maxItems", 1, 1000);
    return Page.of(found, maxItems, marker, USUAL_PAGE, CONSTRAINTS.code());
  }
}
