package dev.pgbound.cli.render;

import dev.pgbound.spi.MigrationStatus;
import dev.pgbound.spi.TableState;
import dev.pgbound.spi.TaskState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A status for programs. What is not known is left out. */
public final class StatusJson {

  private static final String FORMAT = "1.0";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  private StatusJson() {}

  /** The document on many lines, ending with a line break. */
  public static String render(StatusView view) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document(view)) + "\n";
  }

  /** The document on one line, without a line break. */
  public static String line(StatusView view) {
    return JSON.writeValueAsString(document(view));
  }

  private static ObjectNode document(StatusView view) {
    MigrationStatus status = view.status();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("formatVersion", FORMAT)
        .put("migration", view.migration())
        .put("at", status.at().toString())
        .put("summary", view.headline());
    view.tasks().forEach(task -> write(task, root.withArray("/tasks").addObject()));
    root.putArray("connections");
    for (MigrationStatus.Connection one : status.connections()) {
      ObjectNode node = root.withArray("/connections").addObject();
      node.put("endpoint", one.endpoint()).put("instance", one.instance());
      node.put("status", one.status());
      one.message().ifPresent(message -> node.put("message", message));
    }
    root.putArray("alarms");
    for (MigrationStatus.Alarm one : status.alarms()) {
      ObjectNode node = root.withArray("/alarms").addObject();
      node.put("name", one.name()).put("state", word(one.state())).put("reason", one.reason());
      moment(node, "since", one.since());
    }
    root.putArray("maintenance");
    for (MigrationStatus.Maintenance one : status.maintenance()) {
      ObjectNode node = root.withArray("/maintenance").addObject();
      node.put("object", one.object()).put("action", one.action());
      moment(node, "when", one.when());
    }
    root.putArray("leftovers");
    for (MigrationStatus.Leftover one : status.leftovers()) {
      ObjectNode node = root.withArray("/leftovers").addObject();
      node.put("object", one.object()).put("size", one.size());
      moment(node, "idleSince", one.idleSince());
    }
    root.putArray("unread");
    status.unread().forEach(root.withArray("/unread")::add);
    return root;
  }

  private static void write(StatusView.Task task, ObjectNode node) {
    TaskState state = task.state();
    state.address().ifPresent(address -> node.put("address", address.toString()));
    node.put("name", state.name())
        .put("kind", state.kind())
        .put("phase", word(state.phase()))
        .put("status", state.status())
        .put("percent", task.percent())
        .put("rows", task.rows());
    task.expected().ifPresent(rows -> node.put("expectedRows", rows));
    task.rate().ifPresent(rate -> node.put("rowsPerSecond", Math.round(rate)));
    task.left().ifPresent(left -> node.put("secondsLeft", left.toSeconds()));
    moment(node, "loadBegan", state.load().begin());
    moment(node, "loadEnded", state.load().end());
    moment(node, "stopped", state.stopped());
    state
        .lag()
        .ifPresent(
            lag -> {
              ObjectNode latency = node.putObject("latency");
              lag.source().ifPresent(seconds -> latency.put("sourceSeconds", seconds));
              lag.target().ifPresent(seconds -> latency.put("targetSeconds", seconds));
              latency.put("at", lag.at().toString());
            });
    state.trouble().ifPresent(words -> node.put("trouble", words));
    node.putArray("tables");
    state.tables().forEach(table -> write(table, node.withArray("/tables").addObject()));
  }

  private static void write(TableState table, ObjectNode node) {
    node.put("schema", table.schema())
        .put("name", table.name())
        .put("state", table.state())
        .put("rows", table.rows())
        .put("errorRows", table.errorRows())
        .put("changes", table.changes())
        .put("validation", table.validation())
        .put("mismatches", table.mismatches())
        .put("suspended", table.suspended())
        .put("pending", table.pending());
  }

  private static void moment(ObjectNode node, String name, Optional<Instant> moment) {
    moment.ifPresent(at -> node.put(name, at.toString()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
