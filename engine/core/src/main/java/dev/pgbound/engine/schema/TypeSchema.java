package dev.pgbound.engine.schema;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The JSON schema of attribute types. A reference is accepted wherever a value is, by a list of
 * types and a pattern instead of {@code anyOf}, because editors explain those better.
 */
final class TypeSchema {

  private static final Pattern NOT_IN_JAVASCRIPT =
      Pattern.compile("\\(\\?[imsux<]|\\\\[pQAzZhR]|[+*?]\\+");

  /** Matches a text whose references, if it has any, are variables. */
  private static final String ONLY_VARIABLES = "^(?![\\s\\S]*(^|[^$])\\$\\{(?!var\\.))";

  private final ReferencePattern references;
  private final boolean complete;

  /**
   * @param complete whether a missing attribute is an error; an override states only what it
   *     changes
   */
  TypeSchema(ReferencePattern references, boolean complete) {
    this.references = references;
    this.complete = complete;
  }

  /** One attribute with its description. */
  Json attribute(Attribute attribute) {
    Json schema = new Json().put("description", description(attribute));
    attribute.defaultValue().ifPresent(value -> schema.put("default", value));
    Json typed = attribute.is(Flag.SENSITIVE) ? secret(attribute.type()) : type(attribute.type());
    return schema.putAll(attribute.takesNull() ? orNull(typed) : typed);
  }

  private static String description(Attribute attribute) {
    String note =
        attribute.is(Flag.IDENTIFIER)
            ? " By default the migration and the resource name."
            : attribute.is(Flag.SENSITIVE)
                ? " Takes a reference, never the secret itself."
                : attribute.is(Flag.CLEARABLE) ? " null takes it off." : "";
    return attribute.doc() + note;
  }

  /** The members of a closed object: {@code properties} and what goes with it. */
  Json members(List<Attribute> attributes) {
    Json properties = new Json();
    List<String> required = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (!attribute.is(Flag.COMPUTED)) {
        properties.put(attribute.name(), attribute(attribute));
      }
      if (complete && attribute.is(Flag.REQUIRED)) {
        required.add(attribute.name());
      }
    }
    Json schema = new Json().put("properties", properties).put("additionalProperties", false);
    return required.isEmpty() ? schema : schema.put("required", required);
  }

  /** The same, or null. */
  private static Json orNull(Json schema) {
    Value.Fields built = schema.build();
    List<String> types = new ArrayList<>(built.texts("type"));
    built.text("type").ifPresent(types::add);
    if (!types.isEmpty()) {
      types.add("null");
      schema.put("type", types);
    }
    List<Value> choices = new ArrayList<>(built.items("anyOf"));
    if (!choices.isEmpty()) {
      choices.add(new Json().put("type", "null").build());
      schema.put("anyOf", new Value.Items(choices));
    }
    return schema;
  }

  private Json type(Type type) {
    if (type instanceof Type.TextType text) {
      return text(text);
    }
    if (type instanceof Type.EnumType words) {
      return words(words);
    }
    if (type instanceof Type.IntType range) {
      return integer(range);
    }
    if (type instanceof Type.DecimalType) {
      return orReference("number", type);
    }
    if (type instanceof Type.BoolType) {
      return orReference("boolean", type);
    }
    if (type instanceof Type.ListType list) {
      return orReference("array", type).put("items", element(list.element()));
    }
    if (type instanceof Type.MapType map) {
      return orReference("object", type).put("additionalProperties", element(map.value()));
    }
    return type instanceof Type.ObjectType object
        ? orReference("object", type).putAll(members(object.attributes()))
        : new Json();
  }

  /** An override replaces a list as a whole, so that its elements are complete even there. */
  private Json element(Type type) {
    return new TypeSchema(references, true).type(type);
  }

  private Json text(Type.TextType text) {
    Json schema = new Json().put("type", "string");
    if (text.pattern().isEmpty() && references == ReferencePattern.VARIABLE) {
      schema.put("pattern", ONLY_VARIABLES);
    }
    text.pattern()
        .ifPresent(
            pattern ->
                schema
                    .put("pattern", portable(pattern) + "|" + references.inside())
                    .put("patternErrorMessage", "Expected " + text.form() + "."));
    return schema;
  }

  private Json words(Type.EnumType words) {
    Json word = new Json().put("enum", words.words());
    return new Json()
        .put("anyOf", new Value.Items(List.of(word.build(), orReference("string", words).build())));
  }

  private Json integer(Type.IntType range) {
    Json schema = orReference("integer", range);
    if (range.min() != Long.MIN_VALUE) {
      schema.put("minimum", range.min());
    }
    return range.max() == Long.MAX_VALUE ? schema : schema.put("maximum", range.max());
  }

  private Json orReference(String name, Type type) {
    return reference(name, Words.expected(type) + ", or a reference ${...}");
  }

  /** A JSON type, or a text that is a reference. */
  private Json reference(String name, String expected) {
    Json schema = new Json();
    if (name.equals("string")) {
      schema.put("type", name);
    } else {
      schema.put("type", List.of(name, "string"));
    }
    return schema
        .put("pattern", references.whole())
        .put("patternErrorMessage", "Expected " + expected + ".");
  }

  private Json secret(Type type) {
    String expected = "a reference to a secret, such as ${env.NAME}";
    return type instanceof Type.TextType
        ? reference("string", expected)
        : reference("object", expected).put("additionalProperties", secret(Type.text()));
  }

  private static String portable(Pattern pattern) {
    if (pattern.flags() != 0 || NOT_IN_JAVASCRIPT.matcher(pattern.pattern()).find()) {
      throw new IllegalStateException(
          "the pattern " + pattern + " means something else in an editor");
    }
    return "^(?:" + pattern.pattern() + ")$";
  }
}
