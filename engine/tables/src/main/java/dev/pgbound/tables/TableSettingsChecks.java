package dev.pgbound.tables;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;

/** Finds what is wrong with the settings of a single table. */
final class TableSettingsChecks {

  private static final String PARALLEL = "parallel-load";
  private static final String LOBS = "lob-settings";
  private static final int MOST_COLUMNS = 10;
  private static final List<String> OTHER_SOURCES =
      List.of(
          "number-of-partitions",
          "collection-count-from-metadata",
          "max-records-skip-per-page",
          "batch-size");

  private final TableRule rule;
  private final Problems problems;

  private TableSettingsChecks(TableRule rule, Problems problems) {
    this.rule = rule;
    this.problems = problems;
  }

  static void check(TableRule rule, Problems problems) {
    RuleChecks.exactNames(
        rule,
        List.of(TableRule.SCHEMA, TableRule.TABLE),
        "table settings are for one table",
        problems);
    TableSettingsChecks checks = new TableSettingsChecks(rule, problems);
    if (rule.says(PARALLEL)) {
      checks.segments(rule.fields().fields(PARALLEL));
    }
    if (rule.says(LOBS)) {
      checks.largeObjects(rule.fields().fields(LOBS));
    }
  }

  private void segments(Fields load) {
    String type = load.text("type").orElse("");
    switch (type) {
      case "partitions-list" -> {
        if (load.items("partitions").isEmpty() && load.items("subpartitions").isEmpty()) {
          undescribed("partitions-list lists nothing.");
        }
        RuleFinding.PARTIAL_TABLE.report(
            problems,
            rule.path(PARALLEL + ".type"),
            "Rows of partitions that are not listed are not replicated by the load.");
        takes(load, List.of("partitions", "subpartitions"));
      }
      case "ranges" -> {
        ranges(load);
        takes(load, List.of("columns", "boundaries"));
      }
      default -> takes(load, List.of());
    }
  }

  private void ranges(Fields load) {
    int columns = load.items("columns").size();
    if (columns == 0 || columns > MOST_COLUMNS) {
      undescribed("There are " + columns + " columns.");
    }
    List<Value> boundaries = load.items("boundaries");
    if (boundaries.isEmpty()) {
      undescribed("There are no boundaries.");
    }
    for (int i = 0; i < boundaries.size(); i++) {
      if (boundaries.get(i) instanceof Value.Items values && values.items().size() != columns) {
        RuleFinding.PARALLEL_LOAD.report(
            problems,
            rule.path(PARALLEL + ".boundaries[" + i + "]"),
            String.format(
                Locale.ROOT,
                "The boundary has %d values for %d columns.",
                values.items().size(),
                columns));
      }
      if (i > 0 && !Operands.mayAscend(texts(boundaries.get(i - 1)), texts(boundaries.get(i)))) {
        RuleFinding.BOUNDARY_ORDER.report(
            problems,
            rule.path(PARALLEL + ".boundaries[" + i + "]"),
            String.format(
                Locale.ROOT,
                "%s does not come after %s.",
                texts(boundaries.get(i)),
                texts(boundaries.get(i - 1))));
      }
    }
  }

  private static List<String> texts(Value boundary) {
    return boundary instanceof Value.Items values
        ? values.items().stream().map(Value::toString).toList()
        : List.of();
  }

  private void takes(Fields load, List<String> members) {
    for (String member : load.fields().keySet()) {
      if (OTHER_SOURCES.contains(member)) {
        RuleFinding.RULE_MEMBER.report(
            problems,
            rule.path(PARALLEL + "." + member),
            "\"" + member + "\" is for MongoDB and DocumentDB sources.");
      } else if (!member.equals("type") && !members.contains(member)) {
        RuleFinding.RULE_MEMBER.report(
            problems,
            rule.path(PARALLEL + "." + member),
            String.format(
                Locale.ROOT,
                "\"%s\" means nothing with the type %s.",
                member,
                load.text("type").orElse("")));
      }
    }
  }

  private void undescribed(String what) {
    RuleFinding.PARALLEL_LOAD.report(problems, rule.path(PARALLEL), what);
  }

  private void largeObjects(Fields lobs) {
    boolean limited = lobs.text("mode").orElse("limited").equals("limited");
    if (limited && lobs.text("bulk-max-size").orElse("0").matches("0*")) {
      String path = LOBS + (lobs.has("bulk-max-size") ? ".bulk-max-size" : "");
      RuleFinding.LOB_LIMIT.report(
          problems, rule.path(path), "In mode limited, values are cut off at bulk-max-size.");
    }
  }
}
