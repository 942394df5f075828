package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.wire.Fault;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the table mappings of a task as far as DMS does when it accepts them. */
final class TableMappings {

  private static final Set<String> SELECTIONS = Set.of("include", "exclude", "explicit");
  private static final Set<String> TRANSFORMATIONS =
      Set.of(
          "rename",
          "convert-lowercase",
          "convert-uppercase",
          "add-prefix",
          "remove-prefix",
          "replace-prefix",
          "add-suffix",
          "remove-suffix",
          "replace-suffix",
          "remove-column",
          "include-column",
          "add-column",
          "change-data-type",
          "define-primary-key",
          "add-before-image-columns",
          "data-masking-digits-mask",
          "data-masking-digits-randomize",
          "data-masking-hash-mask");

  /** The kinds of rules, and whether their locator must name one schema and one table. */
  private static final Map<String, Boolean> NEEDS_EXACT_NAMES =
      Map.of(
          "selection", false,
          "transformation", false,
          "table-settings", true,
          "validation", false,
          "object-mapping", false,
          "post-processing", false);

  private TableMappings() {}

  /**
   * The mappings as DMS keeps them.
   *
   * @throws Fault when they are none
   */
  static String checked(String sent) {
    JsonNode document = parse(sent);
    JsonNode rules = document.path("rules");
    if (!rules.isArray() || rules.isEmpty()) {
      throw Refusals.invalidValue("Valid Table mappings is required");
    }
    Set<String> ids = new TreeSet<>();
    boolean isSomethingSelected = false;
    for (JsonNode rule : rules.values()) {
      check(rule, ids);
      isSomethingSelected |= rule.path("rule-type").asString().equals("selection");
    }
    if (!isSomethingSelected) {
      throw Refusals.invalidValue("At least one selection rule is required in Table Mappings.");
    }
    return document.toString();
  }

  private static JsonNode parse(String sent) {
    try {
      return JsonMapper.shared().readTree(sent);
    } catch (JacksonException e) {
      throw Refusals.invalidValue(
          "Invalid Table Mappings document. Invalid json " + e.getOriginalMessage());
    }
  }

  private static void check(JsonNode rule, Set<String> ids) {
    String type = rule.path("rule-type").asString("");
    Boolean needsExactNames = NEEDS_EXACT_NAMES.get(type);
    String action = rule.path("rule-action").asString("");
    if (needsExactNames == null
        || (type.equals("selection") && !SELECTIONS.contains(action))
        || (type.equals("transformation") && !TRANSFORMATIONS.contains(action))) {
      throw Refusals.invalidValue("Invalid Table Mappings document.");
    }
    String id = rule.path("rule-id").asString("");
    if (id.isEmpty()) {
      throw Refusals.invalidValue("Error in mapping rules. ruleId cannot be null");
    }
    if (!ids.add(id)) {
      throw Refusals.invalidValue("Error in mapping rules. Duplicate ruleid " + id);
    }
    checkLocator(rule, id, needsExactNames);
  }

  private static void checkLocator(JsonNode rule, String id, boolean needsExactNames) {
    JsonNode locator = rule.path("object-locator");
    if (!locator.isObject()) {
      throw failed(id, "object locator cannot be null");
    }
    String schema = locator.path("schema-name").asString("");
    if (schema.isEmpty()) {
      throw failed(id, "schema name cannot be null");
    }
    boolean isOfTables = !rule.path("rule-target").asString("table").equals("schema");
    String table = locator.path("table-name").asString("");
    if (table.isEmpty() && isOfTables) {
      throw failed(id, "table name cannot be null");
    }
    if (needsExactNames && (schema + table).contains("%")) {
      throw failed(id, "Exact schema and table name required when using table settings rule.");
    }
  }

  private static Fault failed(String id, String why) {
    return Refusals.invalidValue(
        "Error in mapping rules. Rule with ruleId = " + id + " failed validation. " + why);
  }
}
