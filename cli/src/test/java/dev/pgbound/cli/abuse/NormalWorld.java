package dev.pgbound.cli.abuse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a simulated AWS without what differs from run to run: identifiers that AWS chooses
 * stand as the address of what they belong to, times and passwords as words. Two accounts that hold
 * the same objects, with the same attributes, tags and relations, are equal texts.
 */
final class NormalWorld {

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?");
  private static final Pattern EPOCH = Pattern.compile("\\b17\\d{11}\\b");
  private static final Pattern PASSWORD = Pattern.compile("\\\\\"password\\\\\":\\\\\".*?\\\\\"");
  private static final Pattern ADDRESS = Pattern.compile("\\b(10|172)\\.\\d+\\.\\d+\\.\\d+\"");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** What depends on how long something has been running, or in which order others came. */
  private static final Set<String> PASSING =
      Set.of("ReplicationTaskStats", "RecoveryCheckpoint", "PrivateDnsName");

  /** Shorter identifiers stand in other words by chance. */
  private static final int RARE = 8;

  private final Map<String, String> labels = new HashMap<>();
  private final List<String> objects = new ArrayList<>();

  private NormalWorld(JsonNode state) {
    Set<String> issued = new TreeSet<>();
    state
        .path("issued")
        .values()
        .forEach(id -> issued.add(id.asString().substring(id.asString().lastIndexOf('/') + 1)));
    issued.forEach(id -> labels.put(id, "(id)"));
    for (Map.Entry<String, JsonNode> kind : state.path("objects").properties()) {
      kind.getValue().values().forEach(object -> name(object, issued));
    }
    for (Map.Entry<String, JsonNode> kind : state.path("objects").properties()) {
      kind.getValue().values().forEach(object -> add(kind.getKey(), object));
    }
  }

  /** One text for each object, in an order that depends on the texts alone. */
  static List<String> of(Path stateFile) {
    return new NormalWorld(read(stateFile)).objects.stream().sorted().toList();
  }

  /** What one world lacks and has in comparison with another. */
  static String difference(List<String> expected, List<String> found) {
    List<String> missing = new ArrayList<>(expected);
    found.forEach(missing::remove);
    List<String> extra = new ArrayList<>(found);
    expected.forEach(extra::remove);
    return "\n    lacks " + missing + "\n    has " + extra;
  }

  /** Where change capture began in each task: another place means that all data is loaded again. */
  static List<String> positions(Path stateFile) {
    List<String> positions = new ArrayList<>();
    read(stateFile)
        .path("objects")
        .path("dms/task")
        .values()
        .forEach(task -> positions.add(task.path("model").path("CdcStartPosition").asString("")));
    return positions;
  }

  private static JsonNode read(Path stateFile) {
    try {
      return new JsonMapper().readTree(Files.readString(stateFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void name(JsonNode object, Set<String> issued) {
    String address = object.path("tags").path("pgbound:address").asString("");
    if (!address.isEmpty()) {
      String known = object.path("key").asString() + " " + object.path("arn").asString();
      issued.stream().filter(known::contains).forEach(id -> labels.put(id, "(" + address + ")"));
    }
  }

  private void add(String kind, JsonNode object) {
    ObjectNode copy = ((ObjectNode) object).deepCopy();
    ObjectNode model = (ObjectNode) copy.path("model");
    model.remove(PASSING);
    if (copy.path("tags").has("pgbound:digest")) {
      // It is made of resolved values, identifiers among them; the plan afterwards proves it.
      ((ObjectNode) copy.path("tags")).put("pgbound:digest", "(digest)");
    }
    if (kind.equals("secretsmanager/secret")) {
      model.remove("VersionIdsToStages");
    }
    if (kind.equals("dms/instance")) {
      // DMS picks it at random, and the file says nothing about it
      model.remove("PreferredMaintenanceWindow");
    }
    objects.add(kind + " " + normal(copy));
  }

  /** Lists are in the order of their texts: most of them AWS orders by identifiers. */
  private String normal(JsonNode value) {
    if (value.isObject()) {
      StringBuilder text = new StringBuilder("{");
      value
          .properties()
          .forEach(
              e -> text.append(e.getKey()).append(": ").append(normal(e.getValue())).append(", "));
      return text.append('}').toString();
    }
    if (value.isArray()) {
      return value.values().stream().map(this::normal).sorted().toList().toString();
    }
    return normal(value.toString());
  }

  private String normal(String value) {
    String text = value;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      boolean rare = label.getKey().length() >= RARE;
      text =
          rare
              ? text.replace(label.getKey(), label.getValue())
              : replaceWord(text, label.getKey(), label.getValue());
    }
    text = UUID.matcher(text).replaceAll("(id)");
    text = TIME.matcher(text).replaceAll("(time)");
    text = EPOCH.matcher(text).replaceAll("(time)");
    text = PASSWORD.matcher(text).replaceAll("(password)");
    return ADDRESS.matcher(text).replaceAll("(ip)\"");
  }

  private static String replaceWord(String text, String word, String replacement) {
    int at = text.indexOf(word);
    if (at < 0) {
      return text;
    }
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    for (; at >= 0; at = text.indexOf(word, at + word.length())) {
      int end = at + word.length();
      if (!isInWord(text, at - 1) && !isInWord(text, end)) {
        replaced.append(text, from, at).append(replacement);
        from = end;
      }
    }
    return replaced.append(text, from, text.length()).toString();
  }

  private static boolean isInWord(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }
}
