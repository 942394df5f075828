package dev.pgbound.simulator.service.iam;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/** Refusals that several operations share, and the checks that lead to them. */
final class Faults {

  private static final int MOST_TAGS = 50;

  private Faults() {}

  static Fault noSuchEntity(String message) {
    return new Fault("NoSuchEntity", 404, message);
  }

  static Fault deleteConflict(String message) {
    return new Fault("DeleteConflict", 409, message);
  }

  /** A value that breaks the API model's own constraint. */
  static Fault invalid(String member, @Nullable Object value, String constraint) {
    return new Fault(
        "ValidationError",
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
            .formatted(value, member, constraint));
  }

  /** Names may have 1 to {@code max} letters, digits and a few signs. */
  static void checkName(String member, @Nullable String name, int max) {
    if (name == null || !name.matches("[\\w+=,.@-]+")) {
      throw invalid(member, name, "Member must satisfy regular expression pattern: [\\w+=,.@-]+");
    }
    if (name.length() > max) {
      throw invalid(member, name, "Member must have length less than or equal to " + max);
    }
  }

  /** Paths begin and end with a slash. */
  static void checkPath(String path) {
    if (!path.matches("/|/[!-~]+/")) {
      throw invalid("path", path, "Member must begin and end with /");
    }
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

  static void checkLimit(@Nullable Integer maxItems) {
    if (maxItems != null && (maxItems < 1 || maxItems > 1000)) {
      throw invalid("maxItems", maxItems, "Member must have value between 1 and 1000");
    }
  }
}
