package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.wire.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The settings document of a task. DMS fills in everything that was not sent, keeps what a
 * modification leaves out, ignores keys that it does not know, and takes null for absent.
 */
final class TaskSettings {

  private static final String LOGGING = "Logging";
  private static final String LOG_COMPONENTS = "LogComponents";
  private static final String LOG_GROUP = "CloudWatchLogGroup";
  private static final String LOG_STREAM = "CloudWatchLogStream";

  /** Sections and settings that came with an engine version, as JSON pointers. */
  private static final Map<String, String> SINCE =
      Map.of(
          "/ErrorBehavior/DataMaskingErrorPolicy", "3.5.4",
          "/ResyncSettings", "3.6.0");

  /** Which engine runs serverless replications is not shown; they have its settings. */
  private static final String SERVERLESS_ENGINE = "3.5.4";

  private static final String RESYNC = "3.6.0";
  private static final String RECOVERY_TIMEOUT_FOR_ALL = "3.5.4";

  private final JsonMapper mapper = JsonMapper.shared();
  private final ObjectNode defaults;
  private final ObjectNode optional;
  private final ObjectNode serverless;

  /** Reads the document of default values. */
  TaskSettings() {
    try (InputStream json = TaskSettings.class.getResourceAsStream("task-settings.json")) {
      JsonNode document = mapper.readTree(json);
      this.defaults = (ObjectNode) document.path("defaults");
      this.optional = (ObjectNode) document.path("optional");
      this.serverless = (ObjectNode) document.path("serverless");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a document depends on besides what was sent.
   *
   * @param engine the version of the engine that runs the task
   * @param extras the keys that only this sort of task has
   */
  record Home(Version engine, ObjectNode extras, String logGroup, String logStream) {

    /**
     * A task on a replication instance.
     *
     * @param part the last part of the task's ARN
     */
    static Home of(ReplicationInstance instance, String part) {
      return new Home(
          new Version(instance.engineVersion()),
          JsonMapper.shared().createObjectNode(),
          "dms-tasks-" + instance.replicationInstanceIdentifier(),
          "dms-task-" + part);
    }
  }

  /**
   * The home of a serverless replication.
   *
   * @param part the last part of the ARN of its configuration
   */
  Home serverless(String part) {
    return new Home(
        new Version(SERVERLESS_ENGINE),
        serverless,
        "dms-serverless-replication-" + part,
        "dms-serverless-replication-" + part);
  }

  /** The complete document of a new task. */
  String create(@Nullable String sent, MigrationTypeValue type, Home home) {
    return merge(defaults(type, home), parse(sent), shape(home), home).toString();
  }

  /** The complete document of a task after a modification. */
  String modify(String live, @Nullable String sent, Home home) {
    ObjectNode before = parse(live);
    ObjectNode after = merge(before.deepCopy(), parse(sent), shape(home), home);
    JsonNode validationOnly = before.at("/ValidationSettings/ValidationOnly");
    if (validationOnly.asBoolean(false)
        != after.at("/ValidationSettings/ValidationOnly").asBoolean(false)) {
      throw Refusals.invalidValue("ValidationOnly cannot be changed once the task is created.");
    }
    return after.toString();
  }

  /** Whether two documents are equal but for the severities of the log components. */
  boolean differOnlyInSeverities(String one, String other) {
    return withoutSeverities(parse(one)).equals(withoutSeverities(parse(other)));
  }

  /** Whether a document has logging switched on. */
  boolean logs(String document) {
    return value(document, "/Logging/EnableLogging").asBoolean();
  }

  /** A value of a task's document, such as {@code /FullLoadSettings/CommitRate}. */
  JsonNode value(String document, String pointer) {
    return parse(document).at(pointer);
  }

  private static ObjectNode withoutSeverities(ObjectNode document) {
    document.withObject(LOGGING).remove(LOG_COMPONENTS);
    return document;
  }

  private ObjectNode defaults(MigrationTypeValue type, Home home) {
    ObjectNode document = defaults.deepCopy();
    addExtras(document, home);
    removeYounger(document, home.engine());
    if (!home.engine().isAtLeast(RECOVERY_TIMEOUT_FOR_ALL)
        && type != MigrationTypeValue.FULL_LOAD_AND_CDC) {
      document.withObject("ChangeProcessingTuning").remove("RecoveryTimeout");
    }
    switch (type) {
      case FULL_LOAD -> document.putNull("TTSettings");
      case CDC -> document.withObject("FullLoadSettings").put("TargetTablePrepMode", "DO_NOTHING");
      case FULL_LOAD_AND_CDC -> {}
      case UNKNOWN_TO_SDK_VERSION ->
          throw Refusals.invalidValue("Valid migration type is required");
    }
    return document;
  }

  /** Every key that the engine knows, with a value of its type or null where any will do. */
  private ObjectNode shape(Home home) {
    ObjectNode shape = defaults.deepCopy();
    shape.setAll(optional.deepCopy());
    addExtras(shape, home);
    removeYounger(shape, home.engine());
    return shape;
  }

  private static void addExtras(ObjectNode document, Home home) {
    home.extras()
        .properties()
        .forEach(
            section ->
                document
                    .withObject(section.getKey())
                    .setAll((ObjectNode) section.getValue().deepCopy()));
  }

  private static void removeYounger(ObjectNode document, Version engine) {
    SINCE.forEach(
        (pointer, since) -> {
          int last = pointer.lastIndexOf('/');
          if (!engine.isAtLeast(since)
              && document.at(pointer.substring(0, last)) instanceof ObjectNode parent) {
            parent.remove(pointer.substring(last + 1));
          }
        });
    if (!engine.isAtLeast(RESYNC)) {
      document
          .withObject(LOGGING)
          .withArray(LOG_COMPONENTS)
          .values()
          .removeIf(component -> component.path("Id").asString().contains("RESYNC"));
    }
  }

  private static ObjectNode merge(ObjectNode live, ObjectNode sent, ObjectNode shape, Home home) {
    JsonNode logging = sent.path(LOGGING);
    if (logging.hasNonNull(LOG_GROUP) || logging.hasNonNull(LOG_STREAM)) {
      throw Refusals.invalidValue(
          "Task Settings CloudWatchLogGroup or CloudWatchLogStream cannot be set on create.");
    }
    merge(live, sent, shape);
    complete(live, home);
    return live;
  }

  private static void merge(ObjectNode live, ObjectNode sent, ObjectNode shape) {
    for (Map.Entry<String, JsonNode> each : sent.properties()) {
      JsonNode expected = shape.get(each.getKey());
      if (expected != null && !each.getValue().isNull()) {
        live.set(each.getKey(), merged(live.get(each.getKey()), each, expected));
      }
    }
  }

  private static JsonNode merged(
      @Nullable JsonNode live, Map.Entry<String, JsonNode> sent, JsonNode expected) {
    JsonNode value = sent.getValue();
    if (expected instanceof ObjectNode section) {
      if (!(value instanceof ObjectNode members)) {
        throw invalid();
      }
      ObjectNode merged = live instanceof ObjectNode there ? there : section.deepCopy();
      merge(merged, members, section);
      return merged;
    }
    if (sent.getKey().equals(LOG_COMPONENTS)) {
      return severities(live == null ? expected : live, value);
    }
    return ofType(expected.getNodeType(), value);
  }

  /** The components that are there, in their own order, with the severities that were sent. */
  private static JsonNode severities(JsonNode live, JsonNode sent) {
    SortedMap<String, String> wanted = new TreeMap<>();
    for (JsonNode component : sent.values()) {
      wanted.put(component.path("Id").asString(), component.path("Severity").asString());
    }
    JsonNode components = live.deepCopy();
    for (JsonNode component : components.values()) {
      ObjectNode known = (ObjectNode) component;
      String severity = wanted.get(known.path("Id").asString());
      if (severity != null) {
        known.put("Severity", severity);
      }
    }
    return components;
  }

  /** DMS reads {@code "32"} as a number and {@code "true"} as a flag where it expects those. */
  private static JsonNode ofType(JsonNodeType type, JsonNode value) {
    return switch (type) {
      case NUMBER, BOOLEAN -> {
        JsonNode plain = value.isString() ? plain(value.asString()) : value;
        yield require(plain.getNodeType() == type, plain);
      }
      case STRING -> require(!value.isContainer(), StringNode.valueOf(value.asString("")));
      case ARRAY -> require(value.isArray(), value);
      case NULL, BINARY, MISSING, OBJECT, POJO -> value;
    };
  }

  private static JsonNode require(boolean isValid, JsonNode value) {
    if (!isValid) {
      throw invalid();
    }
    return value;
  }

  private static JsonNode plain(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw invalid();
    }
  }

  /** What DMS adds by itself: where the task logs to, and a key under two spellings. */
  private static void complete(ObjectNode document, Home home) {
    ObjectNode logging = document.withObject(LOGGING);
    boolean isOn = logging.path("EnableLogging").asBoolean();
    if (logging.path("EnableLogContext").asBoolean() && !isOn) {
      throw Refusals.invalidValue("EnableLogContext cannot be true when EnableLogging is false.");
    }
    logging.put(LOG_GROUP, isOn ? home.logGroup() : null);
    logging.put(LOG_STREAM, isOn ? home.logStream() : null);
    ObjectNode control = document.withObject("ControlTablesSettings");
    control.set("historyTimeslotInMinutes", control.path("HistoryTimeslotInMinutes"));
  }

  private ObjectNode parse(@Nullable String document) {
    if (document == null || document.isBlank()) {
      return mapper.createObjectNode();
    }
    try {
      if (mapper.readTree(document) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static Fault invalid() {
    return Refusals.invalidValue("Invalid task settings JSON");
  }
}
