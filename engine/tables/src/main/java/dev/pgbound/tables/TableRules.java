package dev.pgbound.tables;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.AttributeTable;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.spi.Value.Items;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table mapping of a task: which tables are replicated, and how they change on the way. DMS
 * takes and returns it as JSON text and replaces it as a whole.
 */
public final class TableRules {

  /** The attribute that holds the mapping. */
  public static final String ATTRIBUTE = "tableMappings";

  private static final String RULES = "rules";
  private static final String ID = "rule-id";
  private static final String NAME = "rule-name";
  private static final String LOCATOR = "object-locator";

  /** Members that say which rule it is, not what it does. */
  private static final List<String> LABELS = List.of(ID, NAME);

  private static final List<String> IDENTITY =
      List.of("rule-type", "rule-action", "rule-target", LOCATOR);

  private static final Type.ObjectType RULE =
      new Type.ObjectType(AttributeTable.read(TableRules.class, "table-rules.txt"));

  static final Type TYPE =
      Type.object(
          Attribute.named(RULES, Type.keyed(RULE, IDENTITY.toArray(String[]::new)), "The rules."));

  private static final Value NOTHING = Value.of("");

  /** Values with which DMS answers for members that nobody has given. */
  private static final Set<Value> SILENT = Set.of(NOTHING, Fields.NONE, new Items(List.of()));

  /** What DMS takes for an absent member, where it matters whether it is written. */
  private static final Map<String, Value> DEFAULTS =
      Map.of("filter-type", Value.of("source"), "origin", Value.of("primary-key"));

  private TableRules() {}

  /** The attribute of a task that holds the mapping. */
  public static Attribute refine(Attribute attribute) {
    return attribute
        .type(TYPE)
        .doc("Which tables are replicated, and how names and columns change, in the rules of DMS.")
        .impact(
            Impact.STOPS_REPLICATION,
            "The task stops and resumes. Tables that are new to it are then loaded; a changed"
                + " transformation reaches tables that are loaded already only when they are"
                + " loaded again.")
        .normalizedBy(TableRules::normal);
  }

  /**
   * The rules with their numbers; what is no rule at all is left out.
   *
   * @param escape the character that takes the meaning from a wildcard behind it
   */
  static List<TableRule> of(Fields mapping, Optional<Character> escape) {
    List<Value> items = mapping.items(RULES);
    Set<Long> taken = numbers(items);
    List<TableRule> rules = new ArrayList<>();
    long next = 1;
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Fields fields) {
        Optional<Long> own = number(fields);
        while (own.isEmpty() && !taken.add(next)) {
          next++;
        }
        rules.add(TableRule.of(i, own.orElse(next), fields, escape));
      }
    }
    return rules;
  }

  /** The numbers that some rules have already. */
  public static Set<Long> numbers(List<Value> rules) {
    Set<Long> numbers = new HashSet<>();
    rules.forEach(rule -> number(rule).ifPresent(numbers::add));
    return numbers;
  }

  /**
   * Whether rules that come first leave another naming rule nothing to name.
   *
   * @param later a transformation of a name, with target and locator
   */
  public static boolean namesAll(List<Value> rules, Fields later) {
    TableRule general = TableRule.of(0, 0, later, Optional.empty());
    return of(Fields.NONE.with(RULES, new Items(rules)), Optional.empty()).stream()
        .filter(rule -> rule.isOf(RuleAction.Kind.NAMING))
        .filter(rule -> rule.target().equals(general.target()))
        .filter(rule -> rule.locator().get("data-type").isEmpty())
        .anyMatch(rule -> rule.covers(general));
  }

  /** The mapping as it is sent: every rule with a number and a name, and without nulls. */
  public static Fields forRequest(Fields mapping) {
    List<TableRule> rules = of(mapping, Optional.empty());
    Set<String> names = new HashSet<>();
    rules.forEach(rule -> name(rule).ifPresent(names::add));
    List<Value> sent = new ArrayList<>();
    for (TableRule rule : rules) {
      String name = name(rule).orElseGet(() -> freeName(rule.id(), names));
      Fields labels = Fields.NONE.with(ID, String.valueOf(rule.id())).with(NAME, name);
      Fields rest = rule.fields();
      for (String label : LABELS) {
        rest = rest.without(label);
      }
      sent.add(joined(labels, (Fields) withoutNulls(rest)));
    }
    return Fields.NONE.with(RULES, new Items(sent));
  }

  /**
   * The mapping as a file says it: without the numbers and names that DMS or its console has given
   * to the rules, and without what says nothing. The rule with the lowest number comes first, so
   * that the order goes on deciding which rule wins.
   */
  public static Fields described(Fields mapping) {
    List<TableRule> rules = new ArrayList<>(of(mapping, Optional.empty()));
    rules.sort(Comparator.comparingLong(TableRule::id));
    List<Value> described = new ArrayList<>();
    for (TableRule rule : rules) {
      Fields known = (Fields) withoutNulls(rule.fields());
      Map<String, Value> said = new LinkedHashMap<>();
      for (Attribute member : RULE.attributes()) {
        known.get(member.name()).ifPresent(value -> said.put(member.name(), value));
      }
      known.fields().forEach(said::putIfAbsent);
      said.keySet().removeAll(LABELS);
      said.values().removeIf(SILENT::contains);
      described.add(new Fields(said));
    }
    return Fields.NONE.with(RULES, new Items(described));
  }

  /**
   * The mapping by its meaning: rules without number and name in one order, members in one order,
   * and with a value for everything that a rule leaves out, so that leaving it out differs from
   * every other value.
   */
  public static Value normal(Value mapping) {
    if (!(mapping instanceof Fields fields) || !fields.has(RULES)) {
      return mapping;
    }
    List<Value> rules = new ArrayList<>();
    for (Value item : fields.items(RULES)) {
      rules.add(item instanceof Fields rule ? normalRule(rule) : item);
    }
    rules.sort(Comparator.comparing(Value::toString));
    return fields.with(RULES, new Items(rules));
  }

  private static Fields normalRule(Fields rule) {
    Fields known = (Fields) withoutNulls(rule);
    Map<String, Value> normal = new LinkedHashMap<>();
    for (Attribute member : RULE.attributes()) {
      Optional<Value> value = known.get(member.name());
      if (value.isPresent() || understands(known, member.name())) {
        normal.put(member.name(), complete(member, value));
      }
    }
    // what a newer DMS returns and this table does not know
    known.fields().forEach(normal::putIfAbsent);
    normal.keySet().removeAll(LABELS);
    normal.put(LOCATOR, locator(known));
    return new Fields(normal);
  }

  /** Whether leaving the member out says something in a rule of this action. */
  private static boolean understands(Fields rule, String member) {
    return rule.text("rule-action")
        .flatMap(RuleAction::of)
        .map(action -> action.optional().contains(member))
        .orElse(
            List.of("parallel-load", "lob-settings").contains(member)
                && rule.text("rule-type").equals(Optional.of("table-settings")));
  }

  /** Only the names that are there, in one order; an added column is located by its own name. */
  private static Fields locator(Fields rule) {
    Fields located = rule.fields(LOCATOR);
    if (rule.text("rule-action").equals(Optional.of(RuleAction.ADD_COLUMN.word()))) {
      located = located.with(TableRule.COLUMN, rule.text("value").orElse(""));
    }
    Type.ObjectType type = (Type.ObjectType) RULE.attribute(LOCATOR).orElseThrow().type();
    Map<String, Value> names = new LinkedHashMap<>();
    for (Attribute member : type.attributes()) {
      located.get(member.name()).ifPresent(value -> names.put(member.name(), value));
    }
    names.remove("table-type", Value.of("table"));
    return new Fields(names);
  }

  /** The value of a member with everything inside that it leaves out. */
  private static Value complete(Attribute member, Optional<Value> value) {
    Value given = value.orElse(DEFAULTS.getOrDefault(member.name(), NOTHING));
    if (member.name().equals("filter-operator") && given.equals(Value.of("ste"))) {
      return Value.of("lte");
    }
    return complete(member.type(), given);
  }

  private static Value complete(Type type, Value value) {
    if (type instanceof Type.ObjectType object) {
      Fields fields = value instanceof Fields there ? there : Fields.NONE;
      Map<String, Value> members = new LinkedHashMap<>();
      for (Attribute member : object.attributes()) {
        members.put(member.name(), complete(member, fields.get(member.name())));
      }
      return new Fields(members);
    }
    if (type instanceof Type.ListType list) {
      List<Value> items = value instanceof Items there ? there.items() : List.of();
      return new Items(items.stream().map(item -> complete(list.element(), item)).toList());
    }
    return value;
  }

  private static Value withoutNulls(Value value) {
    if (value instanceof Fields fields) {
      Map<String, Value> kept = new LinkedHashMap<>();
      fields
          .fields()
          .forEach(
              (name, item) -> {
                if (!(item instanceof Value.Null)) {
                  kept.put(name, withoutNulls(item));
                }
              });
      return new Fields(kept);
    }
    return value instanceof Items items
        ? new Items(items.items().stream().map(TableRules::withoutNulls).toList())
        : value;
  }

  private static Optional<Long> number(Value rule) {
    return rule instanceof Fields fields
        ? fields
            .get(ID)
            .map(Value::toString)
            .filter(id -> id.matches("[0-9]{1,18}"))
            .map(Long::valueOf)
        : Optional.empty();
  }

  private static Optional<String> name(TableRule rule) {
    return rule.says(NAME) ? rule.fields().get(NAME).map(Value::toString) : Optional.empty();
  }

  private static String freeName(long id, Set<String> taken) {
    String name = String.valueOf(id);
    while (!taken.add(name)) {
      name = "rule" + name;
    }
    return name;
  }

  private static Fields joined(Fields one, Fields other) {
    Map<String, Value> members = new LinkedHashMap<>(one.fields());
    members.putAll(other.fields());
    return new Fields(members);
  }
}
