package dev.pgbound.engine.plan;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.engine.tables.TablePlan.Change;
import dev.pgbound.engine.tables.TablePlan.Rule;
import dev.pgbound.engine.tables.TablePlan.Table;
import dev.pgbound.engine.tables.TablePlan.Task;
import dev.pgbound.engine.tables.TablePlan.Unselected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tables of a plan as a part of its JSON document, and back. */
final class TablePlanJson {

  private TablePlanJson() {}

  static void write(TablePlan tables, ObjectNode node) {
    node.put("catalog", tables.catalog())
        .put("total", tables.total())
        .put("selected", tables.selected());
    ArrayNode tasks = node.putArray("tasks");
    tables.tasks().forEach(task -> write(task, tasks.addObject()));
    ArrayNode unselected = node.putArray("unselected");
    for (Unselected one : tables.unselected()) {
      unselected.addObject().put("table", one.table()).put("kind", one.kind());
    }
  }

  private static void write(Task task, ObjectNode node) {
    node.put("address", task.address().toString());
    ArrayNode tables = node.putArray("tables");
    task.tables().forEach(table -> write(table, tables.addObject()));
    ArrayNode rules = node.putArray("rules");
    for (Rule rule : task.rules()) {
      rules.addObject().put("id", rule.id()).put("rule", rule.text()).put("tables", rule.tables());
    }
    ArrayNode changes = node.putArray("changes");
    for (Change change : task.changes()) {
      changes
          .addObject()
          .put("kind", PlanJson.word(change.kind()))
          .put("table", change.table())
          .put("before", change.before())
          .put("after", change.after());
    }
  }

  private static void write(Table table, ObjectNode node) {
    node.put("schema", table.schema())
        .put("name", table.name())
        .put("targetSchema", table.targetSchema())
        .put("targetName", table.targetName())
        .put("rule", table.rule());
    table.rows().ifPresent(rows -> node.put("rows", rows));
    node.put("columns", table.columns());
    texts(table.key(), node.putArray("key"));
    texts(table.lobs(), node.putArray("lobs"));
    if (!table.filter().isEmpty()) {
      node.put("filter", table.filter());
    }
  }

  private static void texts(List<String> texts, ArrayNode array) {
    texts.forEach(array::add);
  }

  /** The tables; empty when the document has none. */
  static Optional<TablePlan> read(JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    List<Task> tasks = new ArrayList<>();
    node.path("tasks").values().forEach(task -> tasks.add(task(task)));
    List<Unselected> unselected = new ArrayList<>();
    for (JsonNode one : node.path("unselected").values()) {
      unselected.add(new Unselected(PlanReading.text(one, "table"), PlanReading.text(one, "kind")));
    }
    return Optional.of(
        new TablePlan(
            PlanReading.text(node, "catalog"), node.path("total").asInt(0), tasks, unselected));
  }

  private static Task task(JsonNode node) {
    List<Table> tables = new ArrayList<>();
    node.path("tables").values().forEach(table -> tables.add(table(table)));
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : node.path("rules").values()) {
      rules.add(
          new Rule(
              rule.path("id").asLong(0),
              PlanReading.text(rule, "rule"),
              rule.path("tables").asInt(0)));
    }
    List<Change> changes = new ArrayList<>();
    for (JsonNode change : node.path("changes").values()) {
      changes.add(
          new Change(
              PlanReading.constant(Change.Kind.class, PlanReading.text(change, "kind")),
              PlanReading.text(change, "table"),
              PlanReading.text(change, "before"),
              PlanReading.text(change, "after")));
    }
    return new Task(PlanReading.address(node), tables, rules, changes);
  }

  private static Table table(JsonNode node) {
    return new Table(
        PlanReading.text(node, "schema"),
        PlanReading.text(node, "name"),
        PlanReading.text(node, "targetSchema"),
        PlanReading.text(node, "targetName"),
        node.path("rule").asLong(0),
        node.path("rows").isNumber()
            ? OptionalLong.of(node.path("rows").asLong())
            : OptionalLong.empty(),
        node.path("columns").asInt(0),
        texts(node.path("key")),
        texts(node.path("lobs")),
        node.path("filter").asString(""));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.values().forEach(one -> texts.add(one.asString()));
    return texts;
  }
}
