package dev.pgbound.engine.config;

import dev.pgbound.engine.config.Template.Expression;
import dev.pgbound.engine.config.Template.Mistake;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the values of variables into a document, once. */
final class Filling {

  /** More malformed references in one text are not reported. */
  private static final int MOST_MISTAKES = 20;

  private final Document document;
  private final Map<String, Optional<Value>> variables;
  private final Diagnostics sink;
  private int characters;
  private int values;

  Filling(Document document, Map<String, Optional<Value>> variables, Diagnostics sink) {
    this.document = document;
    this.variables = variables;
    this.sink = sink;
  }

  Document fill() {
    try {
      Map<String, Value> filled = new LinkedHashMap<>();
      document
          .root()
          .fields()
          .forEach(
              (name, value) ->
                  filled.put(
                      name,
                      name.equals(Variables.SECTION) ? value : fill(value, Pointer.of(name))));
      return new Document(new Value.Fields(filled), document.map());
    } catch (Refused e) {
      return document;
    }
  }

  private Value fill(Value value, Pointer pointer) {
    if (value instanceof Value.Text text) {
      return Template.refers(text.text()) ? fill(text.text(), pointer) : value;
    }
    if (value instanceof Value.Items list) {
      List<Value> items = new ArrayList<>();
      for (Value item : list.items()) {
        items.add(fill(item, pointer.item(items.size())));
      }
      return new Value.Items(items);
    }
    if (value instanceof Value.Fields fields) {
      Map<String, Value> filled = new LinkedHashMap<>();
      fields
          .fields()
          .forEach(
              (name, inner) -> {
                Pointer place = pointer.child(name);
                refuseReferenceInKey(name, place);
                filled.put(name, fill(inner, place));
              });
      return new Value.Fields(filled);
    }
    return value;
  }

  private void refuseReferenceInKey(String name, Pointer place) {
    if (Template.refers(name)) {
      sink.error(
          Code.REFERENCE_NOT_ALLOWED,
          "A key cannot hold a reference. Write the name itself.",
          document.map().key(place),
          place);
    }
  }

  private Value fill(String text, Pointer pointer) {
    Template template = Template.parse(text);
    for (Mistake mistake : template.mistakes().stream().limit(MOST_MISTAKES).toList()) {
      report(Code.REFERENCE_SYNTAX, mistake.detail(), mistake.start(), mistake.end(), pointer);
    }
    Optional<Expression> single = template.single();
    if (single.isPresent()) {
      Value value = lookUp(single.get(), pointer).orElseGet(() -> Value.of(text));
      spend(pointer, size(value), 0);
      return value;
    }
    return template.mistakes().isEmpty() ? insert(template, pointer) : Value.of(text);
  }

  /** The text with the variables in it replaced and everything else as it was. */
  private Value insert(Template template, Pointer pointer) {
    StringBuilder filled = new StringBuilder();
    StringBuilder literal = new StringBuilder();
    for (Template.Part part : template.parts()) {
      if (part instanceof Template.Literal words) {
        literal.append(words.text());
        continue;
      }
      Expression expression = (Expression) part;
      Optional<Value> value = lookUp(expression, pointer);
      if (value.isPresent()) {
        literal.append(plain(value.get(), expression, pointer));
        refuseIfTooLarge(values, (long) characters + filled.length() + literal.length(), pointer);
        continue;
      }
      if (literal.toString().endsWith("$")) {
        report(
            Code.VARIABLE_TYPE,
            "A value that ends with $ cannot stand right before another reference.",
            expression,
            pointer);
      }
      filled.append(Template.escape(literal.toString())).append(expression.written());
      literal.setLength(0);
    }
    filled.append(Template.escape(literal.toString()));
    spend(pointer, 1, filled.length());
    return Value.of(filled.toString());
  }

  private String plain(Value value, Expression expression, Pointer pointer) {
    if (value instanceof Value.Items || value instanceof Value.Fields) {
      report(
          Code.VARIABLE_IN_TEXT,
          expression.written()
              + " is a list or a map and can only be used where it is the whole value.",
          expression,
          pointer);
      return "";
    }
    return value instanceof Value.Text text
        ? Template.parse(text.text()).resolve(nested -> Value.of(nested.written())).toString()
        : value.toString();
  }

  /** The value of a variable; empty for every other reference and for what is reported. */
  private Optional<Value> lookUp(Expression expression, Pointer pointer) {
    if (!(expression.reference() instanceof Reference.ToVariable variable)) {
      return Optional.empty();
    }
    Optional<Value> value = variables.get(variable.name());
    if (value == null) {
      report(
          Code.UNKNOWN_VARIABLE,
          "The file declares no variable \""
              + variable.name()
              + "\"."
              + Nearest.hint(variable.name(), variables.keySet())
              + " Declare it under '"
              + Variables.SECTION
              + "'.",
          expression,
          pointer);
      return Optional.empty();
    }
    if (value.isEmpty()) {
      report(
          Code.VARIABLE_WITHOUT_VALUE,
          "The variable \""
              + variable.name()
              + "\" has no default. Give it a value with --var "
              + variable.name()
              + "=VALUE, or set a default in the file.",
          expression,
          pointer);
    }
    return value;
  }

  private void report(Code code, String detail, Expression expression, Pointer pointer) {
    report(code, detail, expression.start(), expression.end(), pointer);
  }

  private void report(Code code, String detail, int start, int end, Pointer pointer) {
    if (!sink.isFull()) {
      sink.error(code, detail, document.map().within(pointer, start, end), pointer);
    }
  }

  /** Keeps many uses of a large variable from filling the memory. */
  private void spend(Pointer pointer, int moreValues, int moreCharacters) {
    values += moreValues;
    characters += moreCharacters;
    refuseIfTooLarge(values, characters, pointer);
  }

  private void refuseIfTooLarge(long allValues, long allCharacters, Pointer pointer) {
    if (allValues > Limits.VALUES || allCharacters > Limits.SIZE) {
      sink.error(
          Code.TOO_MUCH,
          "With its variables filled in, the file becomes too large.",
          document.map().value(pointer),
          pointer);
      throw new Refused();
    }
  }

  private static int size(Value value) {
    if (value instanceof Value.Items list) {
      return 1 + list.items().stream().mapToInt(Filling::size).sum();
    }
    return value instanceof Value.Fields fields
        ? 1 + fields.fields().values().stream().mapToInt(Filling::size).sum()
        : 1;
  }
}
