package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code tasks}: what is replicated, under which names, and how. */
final class TasksSection {

  static final String NAME = "tasks";

  private static final Map<String, String> PREPARATION =
      Map.of("keep", "DO_NOTHING", "truncate", "TRUNCATE_BEFORE_LOAD", "drop", "DROP_AND_CREATE");

  private final Sheet sheet;
  private final Section task;

  private TasksSection(Sheet sheet, Section task) {
    this.sheet = sheet;
    this.task = task;
  }

  static void expand(Sheet sheet) {
    Optional<Section> tasks = sheet.section(NAME);
    if (tasks.isEmpty()) {
      return;
    }
    for (String other : List.of(SourceSection.NAME, TargetSection.NAME, ReplicationSection.NAME)) {
      if (sheet.section(other).isEmpty()) {
        sheet.needs(NAME, other, tasks.get().pointer());
        return;
      }
    }
    for (String name : tasks.get().fields().fields().keySet()) {
      if (Address.isName(name)) {
        new TasksSection(sheet, tasks.get().section(name)).expand(name);
      } else {
        sheet.error(
            Code.WRONG_NAME,
            "The name of a task has letters, digits, hyphens and underscores, and begins with a"
                + " letter or a digit.",
            tasks.get().place(name));
      }
    }
  }

  private void expand(String name) {
    Draft draft =
        sheet
            .add("dms-task", name, task.pointer())
            .set("migrationType", "full-load-and-cdc")
            .take("migrationType", task, "mode")
            .set("run", "running")
            .take("run", task, "run")
            .take("reload", task, "reload")
            .set("sourceEndpointArn", "${dms-endpoint.source}")
            .set("targetEndpointArn", "${dms-endpoint.target}")
            .set("replicationInstanceArn", "${dms-instance.main}");
    TaskRules rules = new TaskRules(sheet, task);
    draft.set("tableMappings", Json.fields("rules", rules.expand()));
    rules
        .places()
        .forEach((at, place) -> draft.place(Pointer.of("tableMappings", "rules").item(at), place));
    settings(draft);
  }

  private void settings(Draft draft) {
    Value settings = settings(task.text("beforeLoad").orElse("keep"), task.flag("validate", true));
    if (task.has("settings")) {
      settings = Merge.deep(settings, task.fields().fields("settings"));
    }
    draft.set(
        "replicationTaskSettings",
        settings,
        task.has("settings") ? task.place("settings") : task.pointer());
    if (task.has("beforeLoad")) {
      draft.place(
          Pointer.of("replicationTaskSettings", "FullLoadSettings", "TargetTablePrepMode"),
          task.place("beforeLoad"));
    }
  }

  /** What is chosen before the raw settings of the file are laid on top. */
  static Value.Fields settings(String beforeLoad, boolean validate) {
    Value.Fields chosen =
        Json.fields(
            // Left out, the service drops and creates every table.
            "FullLoadSettings",
            Json.fields("TargetTablePrepMode", PREPARATION.getOrDefault(beforeLoad, "")),
            "Logging",
            Json.fields("EnableLogging", true),
            "ErrorBehavior",
            Json.fields(
                "DataErrorPolicy", "SUSPEND_TABLE", "DataTruncationErrorPolicy", "SUSPEND_TABLE"),
            // A DROP or TRUNCATE on the source is not repeated on the target unasked.
            "ChangeProcessingDdlHandlingPolicy",
            Json.fields("HandleSourceTableDropped", false, "HandleSourceTableTruncated", false),
            "ValidationSettings",
            Json.fields("EnableValidation", validate));
    // Oracle and PostgreSQL sort text differently; without it rows look missing.
    Value collation = Json.fields("ValidationSettings", Json.fields("HandleCollationDiff", true));
    return validate ? (Value.Fields) Merge.deep(chosen, collation) : chosen;
  }
}
