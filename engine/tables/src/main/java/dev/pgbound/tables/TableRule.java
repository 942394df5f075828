package dev.pgbound.tables;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.catalog.TableName;
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
 * @param type its {@code rule-type}
 * @param action what it does; empty for the types that have no action, and for an unknown one
 * @param target the level it is applied to; empty for a selection
 * @param names the patterns of the locator, by the kind of name
 */
public record TableRule(
    int index,
    long id,
    String type,
    Optional<RuleAction> action,
    String target,
    Fields fields,
    Map<String, NamePattern> names) {

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
    return new TableRule(
        index,
        id,
        fields.text("rule-type").orElse(""),
        fields.text("rule-action").flatMap(RuleAction::of),
        fields.text("rule-target").orElse(""),
        fields,
        names);
  }

  boolean isOf(RuleAction.Kind kind) {
    return action.isPresent() && action.get().kind() == kind && type.equals(kind.ruleType());
  }

  boolean does(RuleAction wanted) {
    return action.isPresent() && action.get() == wanted && type.equals(wanted.kind().ruleType());
  }

  Fields locator() {
    return fields.fields("object-locator");
  }

  /** The pattern for one name of the located objects; everything when there is none. */
  NamePattern pattern(String name) {
    return names.getOrDefault(name, NamePattern.ALL);
  }

  /**
   * Whether a name of an object fits. A rule about one single table takes its names as they are.
   *
   * @param kind which name of the locator it is compared with
   */
  boolean fits(String kind, String name) {
    boolean asIs =
        does(RuleAction.EXPLICIT)
            || does(RuleAction.DEFINE_PRIMARY_KEY)
            || type.equals("table-settings");
    return asIs ? pattern(kind).literal().equals(name) : pattern(kind).matches(name);
  }

  /** Whether it is about a table, as far as the names of schema and table say. */
  boolean fits(TableName table) {
    return fits(SCHEMA, table.schema()) && (target.equals("schema") || fits(TABLE, table.table()));
  }

  /** The same when upper and lower case are not told apart. */
  boolean fitsInAnyCase(TableName table) {
    return pattern(SCHEMA).matchesInAnyCase(table.schema())
        && (target.equals("schema") || pattern(TABLE).matchesInAnyCase(table.table()));
  }

  /** The patterns for the names that say what a rule of its level applies to. */
  List<NamePattern> patterns() {
    List<NamePattern> patterns = new ArrayList<>();
    for (String name : locatedBy()) {
      patterns.add(pattern(name));
    }
    return patterns;
  }

  /** Whether every object that a rule of the same level is about belongs to this one, too. */
  boolean covers(TableRule other) {
    for (String name : locatedBy()) {
      if (!pattern(name).covers(other.pattern(name))) {
        return false;
      }
    }
    return true;
  }

  /** The members of the locator that a rule of its level needs. */
  List<String> locatedBy() {
    return switch (target) {
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

  public String path() {
    return "tableMappings.rules[" + index + "]";
  }

  /** The rule in a few words, such as {@code include HR.%}. */
  @Override
  public String toString() {
    String what = fields.text("rule-action").orElse(type);
    return what + " " + String.join(".", patterns().stream().map(NamePattern::text).toList());
  }
}
