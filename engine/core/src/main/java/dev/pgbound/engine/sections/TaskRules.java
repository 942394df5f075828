package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Value;
import dev.pgbound.tables.TableRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table rules of a task in the short form: what is selected, then the rules that the user has
 * written, then the lower-case names. Of two rules for one name DMS takes the one with the lower
 * number, so that a rule of the user is an exception to {@code names: lowercase}.
 */
final class TaskRules {

  private static final List<String> LEVELS = List.of("schema", "table", "column");

  private final Sheet sheet;
  private final Section task;
  private final List<Value> rules = new ArrayList<>();
  private final Map<Integer, Pointer> places = new LinkedHashMap<>();
  private final Set<Long> numbers;
  private final List<Value> own;
  private long number;

  TaskRules(Sheet sheet, Section task) {
    this.sheet = sheet;
    this.task = task;
    own = task.fields().items("rules");
    numbers = TableRules.numbers(own);
  }

  /** The rules, as DMS takes them. */
  Value.Items expand() {
    Set<String> schemas = new LinkedHashSet<>();
    select("include", schemas);
    select("exclude", new LinkedHashSet<>());
    for (int i = 0; i < own.size(); i++) {
      places.put(rules.size(), task.place("rules").item(i));
      rules.add(own.get(i));
    }
    if (task.text("names").orElse("unchanged").equals("lowercase")) {
      // above every number that a rule without one can get
      numbers.add(Math.max(numbers.stream().max(Long::compare).orElse(0L), rules.size()));
      schemas.forEach(this::lowercase);
    }
    return new Value.Items(rules);
  }

  /** Where in the file each rule comes from, by its place in the list. */
  Map<Integer, Pointer> places() {
    return places;
  }

  private void select(String action, Set<String> schemas) {
    List<Value> patterns = task.fields().items(action);
    for (int i = 0; i < patterns.size(); i++) {
      String pattern = patterns.get(i).toString();
      int dot = pattern.indexOf('.');
      Pointer place = task.place(action).item(i);
      if (dot <= 0 || dot == pattern.length() - 1) {
        sheet.error(
            Code.TABLE_PATTERN,
            "A table is named as SCHEMA.TABLE, with * for any characters: HR.* or HR.EMP*.",
            place);
        continue;
      }
      String schema = likeDms(pattern.substring(0, dot));
      schemas.add(schema);
      rule(
          "selection",
          free(),
          Json.fields(
              "object-locator",
              Json.fields("schema-name", schema, "table-name", likeDms(pattern.substring(dot + 1))),
              "rule-action",
              action),
          place);
    }
  }

  /** In DMS {@code %} stands for any characters and {@code _} for any one. */
  private static String likeDms(String pattern) {
    return pattern.replace("_", "[_]").replace('*', '%');
  }

  /** Lower-case names, as far as no rule of the user decides all of them anyway. */
  private void lowercase(String schema) {
    Value.Fields locator = Value.Fields.NONE;
    for (String level : LEVELS) {
      locator = locator.with(level + "-name", level.equals("schema") ? schema : "%");
      Value.Fields rule =
          Json.fields(
              "rule-target", level, "object-locator", locator, "rule-action", "convert-lowercase");
      if (!TableRules.namesAll(own, rule)) {
        rule("transformation", last(), rule, task.place("names"));
      }
    }
  }

  private void rule(String type, long id, Value.Fields rest, Pointer place) {
    String label = String.valueOf(id);
    places.put(rules.size(), place);
    rules.add(
        Merge.deep(Json.fields("rule-type", type, "rule-id", label, "rule-name", label), rest));
  }

  /** The next number that no rule has. */
  private long free() {
    do {
      number++;
    } while (!numbers.add(number));
    return number;
  }

  /** A number above all others. */
  private long last() {
    long highest = numbers.stream().max(Long::compare).orElse(0L) + 1;
    numbers.add(highest);
    return highest;
  }
}
