package dev.pgbound.cli.render;

import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the schemas say, for people. */
public final class ExplainText {

  private static final int WIDTH = 100;

  private ExplainText() {}

  /** Every section and every type with its sentence. */
  public static String index(List<ResourceSchema> types, List<Attribute> sections) {
    StringBuilder text = new StringBuilder("Keys of the file:\n");
    sections.forEach(section -> entry(text, section.name(), section.doc()));
    text.append("\nResource types:\n");
    types.forEach(type -> entry(text, type.type(), type.doc()));
    text.append("\nImpacts of changes, worst first:\n");
    for (Impact impact : Impact.values()) {
      entry(text, impact.word(), sentence(impact));
    }
    return text.append(
            """

            More: pgbound explain TYPE, pgbound explain TYPE.ATTRIBUTE, pgbound explain CODE,
            and pgbound explain codes for all diagnostic codes
            """)
        .toString();
  }

  /** Every diagnostic code with its summary. */
  public static String codes(Map<String, String> codes) {
    StringBuilder text = new StringBuilder("Diagnostic codes; more: pgbound explain CODE\n");
    codes.forEach((code, summary) -> entry(text, code, summary));
    return text.toString();
  }

  /** An impact, and all that has it. */
  public static String impact(Impact impact, List<ResourceSchema> types) {
    StringBuilder text = new StringBuilder(impact.word()).append('\n');
    wrap(text, "  ", sentence(impact));
    if (impact.needsAllowance()) {
      wrap(
          text,
          "  ",
          String.format(
              Locale.ROOT,
              "Needs --allow %s:ADDRESS, or --allow %s for a whole plan; without it the plan is"
                  + " refused (exit code 3).",
              impact.word(),
              impact.word()));
    }
    if (impact == Impact.NONE) {
      return text.toString();
    }
    text.append("\nWhat has it:\n");
    for (ResourceSchema type : types) {
      if (type.deletion() == impact) {
        entry(text, type.type(), "deleting one");
      }
      String attributes =
          names(type.attributes().stream().filter(one -> canHave(one, impact)).toList());
      if (!attributes.isEmpty()) {
        entry(text, type.type(), "a change of " + attributes);
      }
    }
    return text.toString();
  }

  private static String names(List<Attribute> attributes) {
    return attributes.stream().map(Attribute::name).collect(Collectors.joining(", "));
  }

  private static boolean canHave(Attribute attribute, Impact impact) {
    return attribute.impact().filter(impact::equals).isPresent()
        || attribute.effects().values().stream().anyMatch(effect -> effect.impact() == impact);
  }

  /** What an impact means, in one sentence. */
  public static String sentence(Impact impact) {
    return switch (impact) {
      case DESTROYS_DATA ->
          "Data of the target, a secret or a key is deleted, or tables of the target are dropped.";
      case RELOADS_DATA -> "A full load begins again, and the position of the replication is lost.";
      case STOPS_REPLICATION -> "A running task stops for a while and goes on at its checkpoint.";
      case INTERRUPTS -> "An instance or a database restarts or fails over.";
      case NONE -> "Nobody notices.";
    };
  }

  /** A type with its attributes. */
  public static String type(ResourceSchema schema) {
    StringBuilder text = new StringBuilder();
    text.append(schema.type()).append('\n');
    wrap(text, "  ", schema.doc());
    text.append("\nAttributes:\n");
    for (Attribute attribute : schema.attributes()) {
      if (!attribute.is(Flag.COMPUTED)) {
        entry(text, attribute.name(), attribute.doc() + marks(attribute));
      }
    }
    entry(text, "and as every resource", names(FileSchema.meta(schema)));
    text.append(
        String.format(
            Locale.ROOT,
            "\nOutputs, for ${%s.NAME.OUTPUT}; ${%s.NAME} is %s:\n",
            schema.type(),
            schema.type(),
            schema.identifierOutput()));
    for (Attribute attribute : schema.attributes()) {
      if (attribute.is(Flag.COMPUTED)) {
        entry(text, attribute.name(), attribute.doc());
      }
    }
    text.append("\nUsual times:\n");
    for (Operation operation : Operation.values()) {
      ResourceSchema.Timing timing = schema.timing(operation);
      entry(
          text,
          operation.name().toLowerCase(Locale.ROOT),
          String.format(
              Locale.ROOT,
              "%s, at most %s",
              Durations.text(timing.typical()),
              Durations.text(timing.limit())));
    }
    if (schema.deletion() != Impact.NONE) {
      text.append('\n');
      wrap(
          text,
          "",
          String.format(
              Locale.ROOT,
              "Deleting one: %s. %s",
              schema.deletion().word(),
              schema.deletionText()));
    }
    return text.toString();
  }

  /**
   * One attribute.
   *
   * @param path the attributes around it, and itself at the end
   */
  public static String attribute(String term, List<Attribute> path) {
    Attribute attribute = path.get(path.size() - 1);
    StringBuilder text = new StringBuilder(term).append('\n');
    wrap(text, "  ", attribute.doc());
    entry(text, "type", type(attribute.type()));
    attribute.defaultValue().ifPresent(value -> entry(text, "default", Words.value(value)));
    entry(text, "a change", change(path));
    attribute
        .effects()
        .forEach(
            (value, effect) ->
                entry(
                    text,
                    value instanceof Value.Null ? "a removal" : "a change to " + Words.value(value),
                    "impact: " + consequence(effect.impact(), effect.why())));
    if (attribute.is(Flag.REQUIRED)) {
      entry(text, "required", "yes");
    }
    if (attribute.is(Flag.SENSITIVE)) {
      entry(text, "secret", "never shown; takes ${env.NAME} or a reference, no literal");
    }
    if (attribute.is(Flag.WRITE_ONLY)) {
      entry(text, "read back", "AWS does not return it, so drift of it cannot be seen");
    }
    List<Attribute> members = members(attribute.type());
    if (!members.isEmpty()) {
      text.append("\nKeys:\n");
      members.forEach(member -> entry(text, member.name(), member.doc() + marks(member)));
    }
    return text.toString();
  }

  /** How a change of the last attribute is made, and what it does. */
  public static String change(List<Attribute> path) {
    Impact impact = Impact.NONE;
    String why = "";
    boolean replaces = false;
    for (Attribute one : path) {
      if (one.impact().isPresent()) {
        impact = one.impact().get();
        why = one.impactText();
      }
      replaces |= one.is(Flag.IMMUTABLE);
    }
    if (path.get(path.size() - 1).is(Flag.COMPUTED)) {
      return "only the service sets it";
    }
    String how = replaces ? "replaces the object" : "is made in place";
    return how + "; impact: " + consequence(impact, why);
  }

  private static String consequence(Impact impact, String why) {
    return impact.word() + (why.isEmpty() ? "" : ". " + why);
  }

  private static String marks(Attribute attribute) {
    List<String> marks = new ArrayList<>();
    if (attribute.is(Flag.REQUIRED)) {
      marks.add("required");
    }
    if (attribute.is(Flag.IMMUTABLE)) {
      marks.add("a change replaces");
    }
    if (attribute.is(Flag.SENSITIVE)) {
      marks.add("secret");
    }
    attribute.defaultValue().ifPresent(value -> marks.add("default " + Words.value(value)));
    return marks.isEmpty() ? "" : " [" + String.join(", ", marks) + "]";
  }

  /** The attributes inside values of a type. */
  public static List<Attribute> members(Type type) {
    if (type instanceof Type.ObjectType object) {
      return object.attributes();
    }
    if (type instanceof Type.ListType list) {
      return members(list.element());
    }
    return type instanceof Type.MapType map ? members(map.value()) : List.of();
  }

  /** A type of values in words. */
  public static String type(Type type) {
    if (type instanceof Type.TextType text) {
      return text.form().isEmpty() ? "text" : "text: " + text.form();
    }
    if (type instanceof Type.EnumType words) {
      return "one of " + String.join(", ", words.words());
    }
    if (type instanceof Type.IntType range) {
      return integer(range);
    }
    if (type instanceof Type.DecimalType) {
      return "number";
    }
    if (type instanceof Type.BoolType) {
      return "true or false";
    }
    if (type instanceof Type.ListType list) {
      return "list of: " + type(list.element());
    }
    if (type instanceof Type.MapType map) {
      return "names with: " + type(map.value());
    }
    return type instanceof Type.ObjectType ? "the keys below" : "any value";
  }

  private static void entry(StringBuilder text, String name, String value) {
    wrap(
        text,
        String.format(Locale.ROOT, "  %-32s", name) + (name.length() >= 32 ? " " : ""),
        value);
  }

  private static String integer(Type.IntType range) {
    boolean from = range.min() != Long.MIN_VALUE;
    boolean to = range.max() != Long.MAX_VALUE;
    if (from && to) {
      return String.format(Locale.ROOT, "whole number from %d to %d", range.min(), range.max());
    }
    return "whole number" + (from ? " from " + range.min() + " up" : "");
  }

  /** The first line behind {@code label}, further ones below its text. */
  private static void wrap(StringBuilder text, String label, String words) {
    StringBuilder line = new StringBuilder(label);
    boolean empty = true;
    for (String word : words.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(" ".repeat(label.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
