package dev.pgbound.simulator.seed;

import dev.pgbound.simulator.service.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What earlier entries were answered, for those that refer to it as {@code ${name.member}}. */
final class Answers {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

  private final SortedMap<String, JsonNode> answers = new TreeMap<>();

  void put(String name, ObjectNode answer) {
    answers.put(name, answer);
  }

  boolean has(String name) {
    return answers.containsKey(name);
  }

  /** A scalar's text with every reference replaced. */
  String resolve(ScalarNode scalar, Position position) throws InvalidSeedException {
    Matcher references = REFERENCE.matcher(scalar.getValue());
    StringBuilder text = new StringBuilder();
    while (references.find()) {
      String value = value(references.toMatchResult(), scalar, position);
      references.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return references.appendTail(text).toString();
  }

  private String value(MatchResult reference, ScalarNode scalar, Position position)
      throws InvalidSeedException {
    String[] path = reference.group(1).split("\\.", -1);
    JsonNode value = answers.get(path[0]);
    if (value == null) {
      throw position.error(
          scalar,
          "No earlier entry is called \""
              + path[0]
              + "\"."
              + Nearest.hint(path[0], answers.keySet()));
    }
    for (int step = 1; step < path.length; step++) {
      JsonNode next = step(value, path[step]);
      if (next == null) {
        throw position.error(
            scalar,
            "The answer has no \""
                + path[step]
                + "\" in "
                + reference.group()
                + "."
                + Nearest.hint(path[step], names(value)));
      }
      value = next;
    }
    if (value.isContainer()) {
      throw position.error(
          scalar,
          reference.group()
              + " is not a single value; it has "
              + String.join(", ", names(value))
              + ".");
    }
    return value.asString();
  }

  private static @Nullable JsonNode step(JsonNode value, String name) {
    if (value instanceof ArrayNode list) {
      return name.matches("\\d{1,6}") ? list.get(Integer.parseInt(name)) : null;
    }
    return value.properties().stream()
        .filter(member -> member.getKey().equalsIgnoreCase(name))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  private static List<String> names(JsonNode value) {
    List<String> names = new ArrayList<>();
    if (value instanceof ArrayNode list) {
      for (int index = 0; index < list.size(); index++) {
        names.add(Integer.toString(index));
      }
    } else {
      value.propertyNames().forEach(member -> names.add(Members.written(member)));
    }
    return names;
  }
}
