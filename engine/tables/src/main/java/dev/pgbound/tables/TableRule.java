package dev.pgbound.tables;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One rule of a table mapping.
 *
 * @param index its place in the list, from 0
 * @param id the number that decides which of two rules for one name wins
 * @param names the patterns of the locator, by the kind of name
 */
public record TableRule(int index, long id, Fields fields, Map<String, NamePattern> names) {

  public TableRule {
    names = Collections.unmodifiableMap(new TreeMap<>(names));
  }

  static final String SCHEMA = "schema-name";
  static final String TABLE = "table-name";
  static final String COLUMN = "column-name";

  static TableRule of(int index, long id, Fields fields, Optional<Character> escape) {
    Map<String, NamePattern> names = new TreeMap<>();
    for (String name : List.of(SCHEMA, TABLE, COLUMN)) {
      fields
          .fields("object-locator")
          .text(name)
          .ifPresent(pattern -> names.put(name, new NamePattern(pattern, escape)));
    }
    return new TableRule(index, id, fields, names);
  }

  String type() {
    return fields.text("rule-type").orElse("");
  }

  Optional<RuleAction> action() {
    return fields.text("rule-action").flatMap(RuleAction::of);
  }

  boolean isOf(RuleAction.Kind kind) {
    return action().filter(action -> action.kind() == kind).isPresent()
        && type().equals(kind.ruleType());
  }

  boolean does(RuleAction wanted) {
    return action().filter(wanted::equals).isPresent() && type().equals(wanted.kind().ruleType());
  }

  /** The level it is applied to; empty for a selection. */
  String target() {
    return fields.text("rule-target").orElse("");
  }

  Fields locator() {
    return fields.fields("object-locator");
  }

  /** The pattern for one name of the located objects; everything when there is none. */
  NamePattern pattern(String name) {
    return names.getOrDefault(name, NamePattern.ALL);
  }

  /** The patterns for the names that say what a rule of its level applies to. */
  List<NamePattern> patterns() {
    List<NamePattern> patterns = new ArrayList<>();
    for (String name : locatedBy()) {
      patterns.add(pattern(name));
    }
    return patterns;
  }

  /** The members of the locator that a rule of its level needs. */
  List<String> locatedBy() {
    return switch (target()) {
      case "schema" -> List.of(SCHEMA);
      case "column" ->
          does(RuleAction.ADD_COLUMN) ? List.of(SCHEMA, TABLE) : List.of(SCHEMA, TABLE, COLUMN);
      default -> List.of(SCHEMA, TABLE);
    };
  }

  /** Whether the file says anything for this member: nulls and empty lists are nothing. */
  boolean says(String member) {
    return fields
        .get(member)
        .filter(value -> !(value instanceof Value.Null))
        .filter(value -> !value.equals(new Value.Items(List.of())))
        .isPresent();
  }

  /** The path of a member, as the file has it. */
  String path(String member) {
    return path() + "." + member;
  }

  String path() {
    return "tableMappings.rules[" + index + "]";
  }

  /** The rule in a few words, such as {@code include HR.%}. */
  @Override
  public String toString() {
    String what = fields.text("rule-action").orElse(type());
    return what + " " + String.join(".", patterns().stream().map(NamePattern::text).toList());
  }
}
