package dev.pgbound.engine.config;

import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a file: what it declares under {@code variables} and what the command line
 * gives. A declaration is the default itself, or a map with {@code default}, {@code description}
 * and {@code type} ({@code text}, {@code number} or {@code bool}).
 */
public final class Variables {

  /** The section of the file that declares them. */
  public static final String SECTION = "variables";

  /** What the name of a variable matches. */
  public static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";

  /** The words for what a value from outside is read as. */
  public static final List<String> TYPES = List.of("text", "number", "bool");

  private static final Pointer DECLARATIONS = Pointer.of(SECTION);

  private final Map<String, Optional<Value>> values = new LinkedHashMap<>();
  private final Document document;
  private final Diagnostics sink;

  private Variables(Document document, Diagnostics sink) {
    this.document = document;
    this.sink = sink;
  }

  /**
   * Fills in the variables everywhere, and reports every reference in the file that is malformed. A
   * text that is only {@code ${var.x}} takes the value with its type. Other references stay as they
   * are. A reference that cannot be filled in stays too, and is reported.
   *
   * @param given values from outside by name; never taken for references
   */
  public static Document fillIn(Document document, Map<String, String> given, Diagnostics sink) {
    Variables variables = new Variables(document, sink);
    variables.declare(given);
    return new Filling(document, variables.values, sink).fill();
  }

  private void declare(Map<String, String> given) {
    Value.Fields declared = document.root().fields(SECTION);
    declared
        .fields()
        .forEach(
            (name, declaration) ->
                values.put(name, value(name, declaration, Optional.ofNullable(given.get(name)))));
    for (String name : given.keySet().stream().sorted().toList()) {
      if (!declared.has(name)) {
        sink.error(
            Code.UNDECLARED_VARIABLE,
            "A value was given for \""
                + name
                + "\", but the file declares no such variable."
                + Nearest.hint(name, declared.fields().keySet()));
      }
    }
  }

  private Optional<Value> value(String name, Value declaration, Optional<String> given) {
    Optional<Value> standard =
        declaration instanceof Value.Fields fields
            ? fields.get("default")
            : Optional.of(declaration);
    standard = standard.filter(value -> !(value instanceof Value.Null));
    Pointer place = DECLARATIONS.child(name);
    Pointer inside = declaration instanceof Value.Fields ? place.child("default") : place;
    standard.ifPresent(value -> refuseReferences(value, inside));
    Type type = type(declaration, standard);
    if (given.isPresent()) {
      return given(name, given.get(), type, place);
    }
    if (standard.isPresent() && type.accepts(standard.get())) {
      return standard;
    }
    if (standard.isPresent()) {
      sink.error(
          Code.VARIABLE_TYPE,
          "The default of the variable \"" + name + "\" must be " + type.words + ".",
          document.map().value(inside),
          inside);
    }
    return Optional.empty();
  }

  private Optional<Value> given(String name, String text, Type type, Pointer place) {
    Value value =
        type == Type.TEXT ? Value.of(Template.escape(text)) : PlainScalar.resolve(text.strip());
    if (type != Type.STRUCTURE && type.accepts(value)) {
      return Optional.of(value);
    }
    sink.error(
        Code.VARIABLE_TYPE,
        "The variable \""
            + name
            + "\" takes "
            + type.words
            + (type == Type.STRUCTURE
                ? ", which cannot be given from outside."
                : ", but what was given for it is something else."),
        document.map().key(place),
        place);
    return Optional.empty();
  }

  private void refuseReferences(Value value, Pointer place) {
    if (value instanceof Value.Text text && Template.refers(text.text())) {
      SourceRange range = document.map().value(place);
      sink.error(
          Code.REFERENCE_NOT_ALLOWED,
          "The value of a variable cannot refer to anything. Use the reference where the variable"
              + " is used, or write $${ for ${.",
          range,
          place);
    } else if (value instanceof Value.Items list) {
      for (int i = 0; i < list.items().size(); i++) {
        refuseReferences(list.items().get(i), place.item(i));
      }
    } else if (value instanceof Value.Fields fields) {
      fields.fields().forEach((name, inner) -> refuseReferences(inner, place.child(name)));
    }
  }

  private static Type type(Value declaration, Optional<Value> standard) {
    Optional<String> declared =
        declaration instanceof Value.Fields fields ? fields.text("type") : Optional.empty();
    for (Type type : Type.values()) {
      if (declared.isPresent() && declared.get().equals(type.word)) {
        return type;
      }
    }
    for (Type type : Type.values()) {
      if (standard.isPresent() && type.accepts(standard.get())) {
        return type;
      }
    }
    return Type.TEXT;
  }

  /** What a variable takes: declared, or read off its default. */
  private enum Type {
    TEXT("text", "a text"),
    NUMBER("number", "a number"),
    BOOL("bool", "true or false"),
    STRUCTURE("", "a list or a map");

    private final String word;
    private final String words;

    Type(String word, String words) {
      this.word = word;
      this.words = words;
    }

    boolean accepts(Value value) {
      return switch (this) {
        case TEXT -> value instanceof Value.Text;
        case NUMBER -> value instanceof Value.Num;
        case BOOL -> value instanceof Value.Bool;
        case STRUCTURE -> value instanceof Value.Items || value instanceof Value.Fields;
      };
    }
  }
}
