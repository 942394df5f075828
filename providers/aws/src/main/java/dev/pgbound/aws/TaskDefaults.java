package dev.pgbound.aws;

import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.spi.Value.Items;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What DMS writes into the settings of a task where nothing is declared, from live answers of the
 * service. A document that DMS returned has some 120 values; few of them were chosen by anybody.
 */
final class TaskDefaults {

  private static final String PREPARATION = "TargetTablePrepMode";
  private static final String LOAD = "FullLoadSettings";
  private static final Fields DEFAULTS = read();

  private TaskDefaults() {}

  /**
   * What of a live document a file has to say. How a load treats the tables that are there is
   * always said: left out, it drops them.
   *
   * @param migrationType decides over some defaults
   */
  static Fields without(Fields document, String migrationType) {
    Fields load = DEFAULTS.fields(LOAD).without(PREPARATION);
    boolean loads = !migrationType.equals("cdc");
    Fields defaults = DEFAULTS.with(LOAD, loads ? load : load.with(PREPARATION, "DO_NOTHING"));
    return (Fields) chosen(TaskSettings.TYPE, TaskSettings.normal(document), Optional.of(defaults));
  }

  private static Value chosen(Type type, Value live, Optional<Value> usual) {
    if (!(type instanceof Type.ObjectType object) || !(live instanceof Fields fields)) {
      return live;
    }
    Map<String, Value> chosen = new LinkedHashMap<>();
    object
        .attributes()
        .forEach(
            member ->
                fields
                    .get(member.name())
                    .map(value -> chosen(member.type(), value, usual(usual, member.name())))
                    .map(TaskDefaults::withoutUsualSeverities)
                    .filter(value -> !usual(usual, member.name()).equals(Optional.of(value)))
                    .filter(value -> !Description.isEmpty(value))
                    .ifPresent(value -> chosen.put(member.name(), value)));
    return new Fields(chosen);
  }

  private static Optional<Value> usual(Optional<Value> above, String name) {
    return above.filter(Fields.class::isInstance).flatMap(fields -> ((Fields) fields).get(name));
  }

  private static Value withoutUsualSeverities(Value value) {
    return value instanceof Items list
        ? new Items(list.items().stream().filter(item -> !TaskSettings.isUsual(item)).toList())
        : value;
  }

  private static Fields read() {
    try (InputStream file = TaskDefaults.class.getResourceAsStream("task-defaults.json")) {
      if (file == null) {
        throw new IllegalStateException("no resource task-defaults.json");
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return (Fields) Json.parse(text).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
