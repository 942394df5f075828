package dev.pgbound.engine.sections;

import dev.pgbound.engine.sections.Guess.Entries;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The entry of {@code tasks} that may stand for a task that is there. */
final class TaskGuess {

  private static final Map<String, String> BEFORE_LOAD =
      Map.of("DO_NOTHING", "keep", "TRUNCATE_BEFORE_LOAD", "truncate", "DROP_AND_CREATE", "drop");

  private final Entries task = new Entries();
  private final List<Fields> rules = new ArrayList<>();

  private TaskGuess() {}

  /** Empty where no table is selected in a way that the short form has words for. */
  static Optional<Fields> of(Fields live, Fields said) {
    TaskGuess guess = new TaskGuess();
    guess.task.unless("mode", live.get("migrationType"), Value.of("full-load-and-cdc"));
    guess.task.unless("run", live.get("run"), Value.of("running"));
    for (Value rule : said.fields("tableMappings").items("rules")) {
      if (rule instanceof Fields fields) {
        guess.rules.add(fields);
      }
    }
    boolean selects = guess.tables();
    guess.settings(live.fields("replicationTaskSettings"), said.fields("replicationTaskSettings"));
    return selects ? Optional.of(guess.task.fields()) : Optional.empty();
  }

  private boolean tables() {
    Set<String> schemas = new LinkedHashSet<>();
    List<String> include = take("include", schemas);
    List<String> exclude = take("exclude", new LinkedHashSet<>());
    List<Fields> lowercase = schemas.stream().flatMap(s -> lowercase(s).stream()).toList();
    boolean lower = !lowercase.isEmpty() && rules.containsAll(lowercase);
    if (lower) {
      rules.removeAll(lowercase);
    }
    task.put("include", Optional.of(Value.of(include)));
    task.put("exclude", Optional.of(exclude).filter(e -> !e.isEmpty()).map(Value::of));
    task.put("names", lower ? Optional.of(Value.of("lowercase")) : Optional.empty());
    task.put(
        "rules",
        Optional.of(rules).filter(r -> !r.isEmpty()).map(r -> new Value.Items(List.copyOf(r))));
    return !include.isEmpty();
  }

  /** Takes out the selections that a pattern of the short form stands for. */
  private List<String> take(String action, Set<String> schemas) {
    List<String> patterns = new ArrayList<>();
    for (Fields rule : List.copyOf(rules)) {
      Fields locator = rule.fields("object-locator");
      Optional<String> schema = locator.text("schema-name").flatMap(TaskGuess::pattern);
      Optional<String> table = locator.text("table-name").flatMap(TaskGuess::pattern);
      boolean plain =
          rule.text("rule-type").equals(Optional.of("selection"))
              && rule.text("rule-action").equals(Optional.of(action))
              && rule.fields().size() == 3
              && locator.fields().size() == 2;
      if (plain && schema.isPresent() && table.isPresent() && !schema.get().contains(".")) {
        rules.remove(rule);
        patterns.add(schema.get() + "." + table.get());
        schemas.add(locator.text("schema-name").orElse(""));
      }
    }
    return patterns;
  }

  /** The pattern of the short form; it has no word for any one character and for classes. */
  private static Optional<String> pattern(String dms) {
    String plain = dms.replace("[_]", "\u0000");
    boolean known = plain.chars().noneMatch(c -> "_[]*".indexOf(c) >= 0);
    return known ? Optional.of(plain.replace('%', '*').replace('\u0000', '_')) : Optional.empty();
  }

  private static List<Fields> lowercase(String schema) {
    Fields schemaOnly = Json.fields("schema-name", schema);
    Fields table = schemaOnly.with("table-name", "%");
    return List.of(
        lowercase("schema", schemaOnly),
        lowercase("table", table),
        lowercase("column", table.with("column-name", "%")));
  }

  private static Fields lowercase(String target, Fields locator) {
    return Json.fields(
        "rule-type",
        "transformation",
        "rule-action",
        "convert-lowercase",
        "rule-target",
        target,
        "object-locator",
        locator);
  }

  private void settings(Fields live, Fields said) {
    String mode = live.fields("FullLoadSettings").text("TargetTablePrepMode").orElse("");
    String preparation = BEFORE_LOAD.getOrDefault(mode, "keep");
    boolean validate = live.fields("ValidationSettings").flag("EnableValidation").orElse(false);
    task.unless("beforeLoad", Optional.of(Value.of(preparation)), Value.of("keep"));
    task.unless("validate", Optional.of(Value.of(validate)), Value.of(true));
    Fields chosen = TasksSection.settings(preparation, validate);
    Fields more = (Fields) Merge.deep(different(chosen, live), missing(chosen, said));
    task.put("settings", more.fields().isEmpty() ? Optional.empty() : Optional.of(more));
  }

  /** The live values of what is chosen otherwise. */
  private static Fields different(Fields chosen, Fields live) {
    Map<String, Value> different = new LinkedHashMap<>();
    chosen
        .fields()
        .forEach(
            (name, value) -> {
              Optional<Value> now = live.get(name);
              if (value instanceof Fields inner) {
                Fields below = different(inner, live.fields(name));
                if (!below.fields().isEmpty()) {
                  different.put(name, below);
                }
              } else if (now.isPresent() && !now.get().equals(value)) {
                different.put(name, now.get());
              }
            });
    return new Fields(different);
  }

  /** What has to be said and is not chosen anyway. */
  private static Fields missing(Fields chosen, Fields said) {
    Map<String, Value> missing = new LinkedHashMap<>();
    said.fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Fields inner && chosen.has(name)) {
                Fields below = missing(chosen.fields(name), inner);
                if (!below.fields().isEmpty()) {
                  missing.put(name, below);
                }
              } else if (!chosen.has(name)) {
                missing.put(name, value);
              }
            });
    return new Fields(missing);
  }
}
