package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.Reference;
import dev.pgbound.engine.config.Template;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares values with attribute types. */
final class ValueCheck {

  /** A pattern is not tried on more: some recurse once for each character. */
  private static final int LONGEST_FORM = 2048;

  private final Findings findings;
  private final SecretCheck secrets;
  private final ReferencePattern references;
  private final boolean complete;
  private final List<Attribute> scope;

  /**
   * @param complete whether a missing attribute is an error
   * @param scope the attributes of the resource or section as a whole, in which a misplaced key is
   *     looked for
   */
  ValueCheck(
      Findings findings, ReferencePattern references, boolean complete, List<Attribute> scope) {
    this.findings = findings;
    this.secrets = new SecretCheck(findings);
    this.references = references;
    this.complete = complete;
    this.scope = scope;
  }

  /** The members of an object. */
  void members(Value.Fields fields, List<Attribute> attributes, Pointer place) {
    for (Map.Entry<String, Value> entry : fields.fields().entrySet()) {
      member(entry.getKey(), entry.getValue(), attributes, place.child(entry.getKey()));
    }
    if (complete) {
      missing(fields, attributes, place);
    }
  }

  /** One member of an object that has {@code attributes}. */
  void member(String key, Value value, List<Attribute> attributes, Pointer place) {
    for (Attribute attribute : attributes) {
      if (!attribute.name().equals(key)) {
        continue;
      }
      if (attribute.is(Flag.COMPUTED)) {
        findings.error(
            Code.COMPUTED_ATTRIBUTE,
            "The service sets \""
                + key
                + "\" by itself. Delete the key; references can use the value.",
            place);
      } else {
        attribute(value, attribute, place);
      }
      return;
    }
    List<String> valid = names(attributes);
    secrets.concealIfMeant(key, attributes, place);
    secrets.concealIfMeant(key, scope, place);
    findings.unknownKey(key, valid, Elsewhere.hint(key, scope), place);
  }

  /** What an object of {@code attributes} lacks. */
  void missing(Value.Fields fields, List<Attribute> attributes, Pointer place) {
    List<String> required =
        attributes.stream().filter(a -> a.is(Flag.REQUIRED)).map(Attribute::name).toList();
    findings.missing(fields, required, names(attributes), place);
  }

  private static List<String> names(List<Attribute> attributes) {
    return attributes.stream().filter(a -> !a.is(Flag.COMPUTED)).map(Attribute::name).toList();
  }

  void attribute(Value value, Attribute attribute, Pointer place) {
    if (value instanceof Value.Null && attribute.takesNull()) {
      return;
    }
    if (attribute.is(Flag.SENSITIVE)) {
      secrets.check(value, attribute, place);
    } else {
      value(value, attribute.type(), place);
    }
  }

  private void value(Value value, Type type, Pointer place) {
    if (type instanceof Type.AnyType || (findings.isFull() && isLeaf(value))) {
      return;
    }
    boolean mayRefer = references != ReferencePattern.NONE;
    if (mayRefer && value instanceof Value.Text text && Template.refers(text.text())) {
      template(text, type, place);
    } else if (type instanceof Type.TextType text) {
      text(value, text, place);
    } else if (type instanceof Type.EnumType words) {
      word(value, words, place);
    } else if (type instanceof Type.IntType range) {
      integer(value, range, place);
    } else if (type instanceof Type.ListType list) {
      list(value, list, place);
    } else if (type instanceof Type.MapType map) {
      map(value, map, place);
    } else if (type instanceof Type.ObjectType object && value instanceof Value.Fields fields) {
      members(fields, object.attributes(), place);
    } else if (!isPlain(value, type)) {
      wrongType(value, type, place);
    }
  }

  private static boolean isLeaf(Value value) {
    return !(value instanceof Value.Fields) && !(value instanceof Value.Items);
  }

  private static boolean isPlain(Value value, Type type) {
    return type instanceof Type.BoolType
        ? value instanceof Value.Bool
        : type instanceof Type.DecimalType && value instanceof Value.Num;
  }

  /** A text with references in it. */
  private void template(Value.Text text, Type type, Pointer place) {
    Template template = Template.parse(text.text());
    if (isReported(template)) {
      return;
    }
    if (references == ReferencePattern.VARIABLE) {
      Template.Expression first = template.expressions().get(0);
      findings.error(
          Code.REFERENCE_NOT_ALLOWED,
          "This must be known before anything is looked at in AWS. Write the value itself, or use a"
              + " variable.",
          place,
          first.start(),
          first.end());
    } else if (!(type instanceof Type.TextType) && template.single().isEmpty()) {
      findings.wrongType(
          text,
          Words.expected(type),
          " A reference must be the whole value here, without text around it.",
          place);
    }
  }

  /** Whether filling in the variables has found something wrong with it already. */
  private static boolean isReported(Template template) {
    return !template.mistakes().isEmpty()
        || template.expressions().stream()
            .anyMatch(expression -> expression.reference() instanceof Reference.ToVariable);
  }

  private void text(Value value, Type.TextType type, Pointer place) {
    if (value instanceof Value.Num || value instanceof Value.Bool) {
      quote(value, type, place);
    } else if (!(value instanceof Value.Text text)) {
      wrongType(value, type, place);
    } else if (!fits(text.text(), type)) {
      findings.valueError(
          Code.WRONG_FORM,
          Words.quoted(text.text()) + " has the wrong form. Expected: " + type.form() + ".",
          place);
    }
  }

  private static boolean fits(String text, Type.TextType type) {
    return type.pattern().isEmpty()
        || (text.length() <= LONGEST_FORM && type.pattern().get().matcher(text).matches());
  }

  private void quote(Value value, Type type, Pointer place) {
    String written = findings.written(place).orElse(value.toString());
    boolean fits = !(type instanceof Type.TextType text) || fits(written, text);
    findings.valueError(
        Code.NUMBER_FOR_TEXT,
        "A text is expected here, and without quotes YAML reads "
            + written
            + " as "
            + (value instanceof Value.Num
                ? "a number, which may lose digits"
                : "the truth value " + value)
            + ". "
            + (fits ? "Write \"" + written + "\"." : "Expected: " + Words.expected(type) + "."),
        place);
  }

  private void word(Value value, Type.EnumType type, Pointer place) {
    if (value instanceof Value.Items
        || value instanceof Value.Fields
        || value == Value.Null.INSTANCE) {
      wrongType(value, type, place);
      return;
    }
    String written =
        value instanceof Value.Text text
            ? text.text()
            : findings.written(place).orElse(value.toString());
    boolean known = type.words().contains(written);
    if (known && !(value instanceof Value.Text)) {
      quote(value, type, place);
    } else if (!known) {
      findings.valueError(
          Code.NOT_A_WORD,
          Words.quoted(written)
              + " is not one of the words "
              + Words.oneOf(type.words())
              + "."
              + Nearest.hint(written, type.words()),
          place);
    }
  }

  private void integer(Value value, Type.IntType range, Pointer place) {
    if (!(value instanceof Value.Num num) || num.number().scale() > 0) {
      wrongType(value, range, place);
    } else if (num.number().compareTo(BigDecimal.valueOf(range.min())) < 0
        || num.number().compareTo(BigDecimal.valueOf(range.max())) > 0) {
      findings.valueError(
          Code.OUT_OF_RANGE,
          num + " is out of range. Expected: " + Words.expected(range) + ".",
          place);
    }
  }

  private void list(Value value, Type.ListType type, Pointer place) {
    if (!(value instanceof Value.Items list)) {
      wrongType(value, type, place);
      return;
    }
    ValueCheck whole = new ValueCheck(findings, references, true, scope);
    for (int i = 0; i < list.items().size(); i++) {
      whole.value(list.items().get(i), type.element(), place.item(i));
    }
  }

  private void map(Value value, Type.MapType type, Pointer place) {
    if (!(value instanceof Value.Fields fields)) {
      wrongType(value, type, place);
      return;
    }
    ValueCheck whole = new ValueCheck(findings, references, true, scope);
    fields.fields().forEach((name, inner) -> whole.value(inner, type.value(), place.child(name)));
  }

  private void wrongType(Value value, Type type, Pointer place) {
    findings.wrongType(value, Words.expected(type), hint(value, type, place), place);
  }

  /** How the value becomes one of the type, when it only has to be written differently. */
  private String hint(Value value, Type type, Pointer place) {
    if (value instanceof Value.Text text && type instanceof Type.BoolType) {
      return switch (text.text().toLowerCase(Locale.ROOT)) {
        case "yes", "on", "true", "y" -> " Write true.";
        case "no", "off", "false", "n" -> " Write false.";
        default -> "";
      };
    }
    boolean number = type instanceof Type.IntType || type instanceof Type.DecimalType;
    if (value instanceof Value.Text text && number && text.text().matches("-?[0-9]{1,18}")) {
      return " Write " + text + " without quotes.";
    }
    boolean single = !(value instanceof Value.Fields) && !(value instanceof Value.Null);
    Optional<String> written = findings.written(place);
    return type instanceof Type.ListType && single && written.isPresent()
        ? " Write [" + written.get() + "] for a list of one."
        : "";
  }
}
