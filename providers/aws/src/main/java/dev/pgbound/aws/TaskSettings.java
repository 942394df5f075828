package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.AttributeTable;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.spi.Value.Items;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The settings document of a task. DMS takes and returns it as JSON text, fills in every key that
 * was not sent, and at a modification keeps those that are left out.
 */
final class TaskSettings {

  static final String ATTRIBUTE = "replicationTaskSettings";

  private static final String LOGGING = "Logging";
  private static final String COMPONENTS = "LogComponents";
  private static final String ID = "Id";
  private static final String SEVERITY = "Severity";
  private static final String VALIDATION = "ValidationSettings";

  /** Every key that there is, typed. Only severities can be changed under a running task. */
  static final Type TYPE =
      Type.object(
          AttributeTable.read(TaskSettings.class, "task-settings.txt").stream()
              .map(TaskSettings::special)
              .toList());

  private static final Value DEFAULT_SEVERITY = Value.of("LOGGER_SEVERITY_DEFAULT");
  private static final List<String> COMPONENT_IDS = componentIds();

  private TaskSettings() {}

  /** The attribute of a task that holds the document. */
  static Attribute refine(Attribute attribute) {
    return attribute
        .type(TYPE)
        .doc(
            "Settings of the task, spelt as DMS does. Those that are not declared keep their value.")
        .impact(
            Impact.STOPS_REPLICATION,
            "DMS changes settings of a task that stands still; it goes on at its checkpoint.")
        .normalizedBy(TaskSettings::normal);
  }

  /**
   * The document as it is sent and compared: without what the service owns, without nulls, which
   * stand for nothing, and with the log components in one order, which changes between reads.
   */
  static Value normal(Value document) {
    return tidy(TYPE, document);
  }

  /**
   * What a modification sends: the declared settings, and because DMS does not say whether it
   * merges the log components or replaces them, also the severities that somebody else has raised.
   */
  static Fields forModification(Fields declared, Fields live) {
    Fields document = (Fields) normal(declared);
    return document.fields(LOGGING).has(COMPONENTS)
        ? document.with(LOGGING, document.fields(LOGGING).with(COMPONENTS, merged(document, live)))
        : document;
  }

  /** The part of a modification that DMS accepts under a running task. */
  static Fields severities(Fields declared, Fields live) {
    Fields logging = forModification(declared, live).fields(LOGGING).only(List.of(COMPONENTS));
    return Fields.NONE.with(LOGGING, logging);
  }

  /** Whether nothing but severities has to be changed to get from live to declared. */
  static boolean differOnlyInSeverities(Fields declared, Fields live) {
    return covers(withoutComponents((Fields) normal(declared)), (Fields) normal(live));
  }

  /**
   * The document that DMS returned, with what its silence means: a component that is not listed
   * writes as by default, and without validation settings nothing is validated.
   */
  static Value live(Value returned) {
    if (!(returned instanceof Fields document)) {
      return returned;
    }
    Fields validation =
        Fields.NONE
            .with("EnableValidation", Value.of(false))
            .with("ValidationOnly", Value.of(false));
    for (Map.Entry<String, Value> entry : document.fields(VALIDATION).fields().entrySet()) {
      validation = validation.with(entry.getKey(), entry.getValue());
    }
    Fields logging = document.fields(LOGGING);
    List<Value> components = new ArrayList<>(logging.items(COMPONENTS));
    Map<String, Value> spoken = severitiesById(logging);
    COMPONENT_IDS.stream()
        .filter(id -> !spoken.containsKey(id))
        .forEach(id -> components.add(component(id, DEFAULT_SEVERITY)));
    return document
        .with(VALIDATION, validation)
        .with(LOGGING, logging.with(COMPONENTS, new Items(components)));
  }

  /** Whether an element of a list is a log component that writes as by default. */
  static boolean isUsual(Value item) {
    return item instanceof Fields component
        && component.has(ID)
        && component.get(SEVERITY).filter(DEFAULT_SEVERITY::equals).isPresent();
  }

  private static List<String> componentIds() {
    Type logging = member(TYPE, LOGGING);
    Type.ListType components = (Type.ListType) member(logging, COMPONENTS);
    return ((Type.EnumType) member(components.element(), ID)).words();
  }

  private static Type member(Type type, String name) {
    return ((Type.ObjectType) type).attribute(name).orElseThrow().type();
  }

  private static Attribute special(Attribute section) {
    return switch (section.name()) {
      case LOGGING -> change(section, COMPONENTS, a -> a.impact(Impact.NONE, ""));
      case VALIDATION ->
          change(
              section,
              "ValidationOnly",
              a ->
                  a.with(Flag.IMMUTABLE)
                      .impact(
                          Impact.RELOADS_DATA,
                          "Whether a task replicates or only validates is fixed at its creation."));
      default -> section;
    };
  }

  private static Attribute change(
      Attribute section, String member, UnaryOperator<Attribute> change) {
    Type.ObjectType type = (Type.ObjectType) section.type();
    return section.type(
        Type.object(
            type.attributes().stream()
                .map(a -> a.name().equals(member) ? change.apply(a) : a)
                .toList()));
  }

  private static Value tidy(Type type, Value value) {
    if (type instanceof Type.ObjectType object && value instanceof Fields fields) {
      Map<String, Value> kept = new LinkedHashMap<>();
      fields
          .fields()
          .forEach(
              (name, item) -> {
                Attribute member =
                    object.attribute(name).orElse(Attribute.named(name, Type.any(), ""));
                if (!(item instanceof Value.Null) && !member.is(Flag.WRITE_ONLY)) {
                  kept.put(name, tidy(member.type(), item));
                }
              });
      return new Fields(kept);
    }
    if (type instanceof Type.ListType list && value instanceof Items items) {
      List<Value> tidied = new ArrayList<>();
      items.items().forEach(item -> tidied.add(tidy(list.element(), item)));
      if (list.order() == Type.Order.KEYED_PARTIAL) {
        tidied.sort(Comparator.comparing(item -> identity(list, item)));
      }
      return new Items(tidied);
    }
    return value;
  }

  private static String identity(Type.ListType list, Value item) {
    return item instanceof Fields fields
        ? fields.text(list.identity().get(0)).orElse("")
        : item.toString();
  }

  private static Items merged(Fields declared, Fields live) {
    Map<String, Value> severities = severitiesById(live.fields(LOGGING));
    severities.values().removeIf(DEFAULT_SEVERITY::equals);
    severities.putAll(severitiesById(declared.fields(LOGGING)));
    List<Value> components = new ArrayList<>();
    severities.forEach((id, severity) -> components.add(component(id, severity)));
    return new Items(components);
  }

  private static Map<String, Value> severitiesById(Fields logging) {
    Map<String, Value> severities = new TreeMap<>();
    for (Value item : logging.items(COMPONENTS)) {
      if (item instanceof Fields component) {
        component
            .get(SEVERITY)
            .ifPresent(severity -> severities.put(component.text(ID).orElse(""), severity));
      }
    }
    return severities;
  }

  private static Fields component(String id, Value severity) {
    return Fields.NONE.with(ID, id).with(SEVERITY, severity);
  }

  private static Fields withoutComponents(Fields document) {
    return document.with(LOGGING, document.fields(LOGGING).without(COMPONENTS));
  }

  private static boolean covers(Value declared, Value live) {
    if (declared instanceof Fields want && live instanceof Fields now) {
      return want.fields().entrySet().stream()
          .allMatch(entry -> covers(entry.getValue(), now.get(entry.getKey()).orElse(Fields.NONE)));
    }
    return declared.equals(live);
  }
}
