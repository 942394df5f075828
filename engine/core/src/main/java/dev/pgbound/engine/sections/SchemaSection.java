package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code schema}: what the target's database gets beside rows. Tables come before the load, indexes
 * and functions after it, foreign keys and triggers at the cutover, when no task runs any more.
 */
final class SchemaSection {

  static final String NAME = "schema";

  private static final String CUTOVER = "cutover";

  private final Sheet sheet;
  private final Section section;
  private final String connection;
  private final List<Draft> tasks;

  private SchemaSection(Sheet sheet, Section section, Draft cluster) {
    this.sheet = sheet;
    this.section = section;
    this.connection = cluster.ref("connection");
    tasks =
        sheet.drafts().values().stream()
            .filter(draft -> draft.address().type().equals("dms-task"))
            .toList();
  }

  static void expand(Sheet sheet) {
    Optional<Section> section = sheet.section(NAME);
    if (section.isEmpty()) {
      return;
    }
    Optional<Draft> cluster = sheet.find("db-cluster", "target");
    if (cluster.isEmpty()) {
      if (sheet.section(TargetSection.NAME).isEmpty()) {
        sheet.needs(NAME, TargetSection.NAME, section.get().pointer());
      }
      return;
    }
    new SchemaSection(sheet, section.get(), cluster.get()).expand();
  }

  private void expand() {
    List<Draft> schemas = schemas();
    if (schemas.isEmpty()) {
      return;
    }
    List<Draft> before = new ArrayList<>(schemas);
    phase("before-load", "beforeLoad", schemas)
        .ifPresent(
            scripts -> {
              schemas.forEach(scripts::dependsOn);
              before.add(scripts);
            });
    List<Draft> grants = new ArrayList<>();
    schemas.forEach(schema -> grants.addAll(grants(schema)));
    // A table that is being made while all tables are granted would be missed.
    grants.forEach(grant -> before.forEach(grant::dependsOn));
    before.addAll(grants);
    tasks.forEach(task -> before.forEach(task::dependsOn));
    boolean cutover = section.text("phase").filter(CUTOVER::equals).isPresent();
    boolean running = tasks.stream().allMatch(SchemaSection::isToRun);
    // Whoever lets a task rest before it has loaded anything does not wait for what comes after.
    Optional<Draft> after =
        running || cutover ? phase("after-load", "afterLoad", schemas) : Optional.empty();
    after.ifPresent(
        scripts -> {
          scripts.set("analyze", true);
          before.forEach(scripts::dependsOn);
          fullLoads().forEach(scripts::dependsOn);
        });
    if (cutover) {
      cutover(schemas, after, before);
    }
  }

  private void cutover(List<Draft> schemas, Optional<Draft> after, List<Draft> before) {
    Optional<Draft> scripts = phase(CUTOVER, CUTOVER, schemas);
    for (Draft task : tasks) {
      if (isToRun(task) && !task.value("migrationType").filter("full-load"::equals).isPresent()) {
        sheet.error(
            Code.CUTOVER_WHILE_RUNNING,
            String.format(
                Locale.ROOT,
                "Foreign keys and triggers come when all changes have arrived. Write \"run: stopped\""
                    + " for the task %s as well: it is stopped first.",
                task.address().name()),
            section.place("phase"));
      }
    }
    scripts.ifPresent(
        draft -> {
          before.forEach(draft::dependsOn);
          after.ifPresent(draft::dependsOn);
          fullLoads().forEach(draft::dependsOn);
          tasks.forEach(draft::dependsOn);
        });
  }

  private static boolean isToRun(Draft task) {
    return task.value("run").filter("stopped"::equals).isEmpty();
  }

  /** The schemas: those that the file names, or those that the tasks fill. */
  private List<Draft> schemas() {
    Set<String> names = new LinkedHashSet<>(section.texts("schemas"));
    if (names.isEmpty()) {
      names.addAll(filled());
    }
    if (names.isEmpty()) {
      sheet.error(
          Code.SCHEMA_UNNAMED,
          "No task includes the tables of a schema by its name, so name it under \"schemas\".",
          section.pointer());
    }
    List<Draft> drafts = new ArrayList<>();
    for (String name : names) {
      Draft draft =
          sheet
              .add("postgres-schema", resourceName(name), section.pointer())
              .set("name", name)
              .set("connection", connection);
      if (section.has("schemas")) {
        draft.place(Pointer.of("name"), section.place("schemas"));
      }
      TargetSection.instances(sheet).forEach(draft::dependsOn);
      drafts.add(draft);
    }
    return drafts;
  }

  private Set<String> filled() {
    Set<String> names = new LinkedHashSet<>();
    sheet
        .section(TasksSection.NAME)
        .ifPresent(
            all -> {
              for (String task : all.fields().fields().keySet()) {
                boolean lower =
                    all.section(task).text("names").filter("lowercase"::equals).isPresent();
                for (String pattern : all.section(task).texts("include")) {
                  String schema = pattern.replaceFirst("\\..*", "");
                  if (!schema.contains("*") && !schema.isEmpty()) {
                    names.add(lower ? schema.toLowerCase(Locale.ROOT) : schema);
                  }
                }
              }
            });
    return names;
  }

  /** Names of resources have fewer characters than those of schemas. */
  private static String resourceName(String schema) {
    String name = schema.replaceAll("[^A-Za-z0-9_-]", "-");
    return name.matches("[A-Za-z0-9].*") ? name : "s" + name;
  }

  /** What DMS may do in a schema. It truncates and loads tables that belong to somebody else. */
  private List<Draft> grants(Draft schema) {
    Optional<Draft> role = sheet.find("postgres-role", TargetSection.DMS_ROLE);
    if (role.isEmpty()) {
      return List.of();
    }
    String name = schema.address().name();
    return List.of(
        grant("dms-" + name, role.get(), schema, "schema", List.of("USAGE", "CREATE")),
        grant(
            "dms-" + name + "-tables",
            role.get(),
            schema,
            "tables",
            List.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES")));
  }

  private Draft grant(String name, Draft role, Draft schema, String on, List<String> privileges) {
    return sheet
        .add("postgres-grant", name, section.pointer())
        .set("connection", connection)
        .set("role", role.ref())
        .set("on", on)
        .set("schema", schema.ref())
        .set("privileges", privileges);
  }

  private Optional<Draft> phase(String name, String key, List<Draft> schemas) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    Draft draft =
        sheet
            .add("postgres-scripts", name, section.place(key))
            .set("historyTable", "pgbound_" + name.replace('-', '_'))
            .set("connection", connection)
            .set("schema", schemas.get(0).ref())
            .set("locations", Value.of(section.texts(key)), section.place(key))
            .take("lockTimeout", section, "lockTimeout")
            .take("statementTimeout", section, "statementTimeout");
    return Optional.of(draft);
  }

  /** The ends of the loads, which exist as resources as soon as something waits for them. */
  private List<Draft> fullLoads() {
    List<Draft> loads = new ArrayList<>();
    for (Draft task : tasks) {
      if (task.value("migrationType").filter("cdc"::equals).isEmpty()) {
        loads.add(
            sheet
                .find("dms-full-load", task.address().name())
                .orElseGet(
                    () ->
                        sheet
                            .add("dms-full-load", task.address().name(), section.pointer())
                            .set("replicationTaskArn", task.ref())));
      }
    }
    return loads;
  }
}
