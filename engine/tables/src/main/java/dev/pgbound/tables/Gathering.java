package dev.pgbound.tables;

import dev.pgbound.spi.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what is wrong with many tables, so that one rule that brings two thousand tables into the
 * same trouble is reported once.
 */
final class Gathering {

  /** What one report is about. */
  private record Place(TableFinding finding, String path, String noun, String why) {}

  private final Map<Place, List<String>> found = new LinkedHashMap<>();

  /**
   * @param rule where to report it
   * @param noun what is named, in the singular
   * @param name one of what is wrong
   * @param why a sentence to follow the names; may be empty
   */
  void add(TableFinding finding, TableRule rule, String noun, String name, String why) {
    add(finding, rule.path(), noun, name, why);
  }

  void add(TableFinding finding, String path, String noun, String name, String why) {
    found.computeIfAbsent(new Place(finding, path, noun, why), p -> new ArrayList<>()).add(name);
  }

  void report(Problems problems) {
    found.forEach(
        (place, names) ->
            place
                .finding()
                .report(
                    problems,
                    place.path(),
                    (TableFinding.list(place.noun(), names) + " " + place.why()).strip()));
  }
}
