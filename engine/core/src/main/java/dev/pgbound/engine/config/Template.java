package dev.pgbound.engine.config;

import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A text of the file with its references: {@code ${type.name}}, {@code ${type.name.output}}, {@code
 * ${var.x}}, {@code ${env.X}}. A second dollar sign in front of one makes it plain text.
 *
 * @param mistakes what looks like a reference and is none; such parts are missing in {@code parts}
 */
public record Template(String text, List<Part> parts, List<Mistake> mistakes) {

  /** A piece of the text. */
  public sealed interface Part {}

  /** Text that stands for itself, with doubled dollar signs already replaced. */
  public record Literal(String text) implements Part {}

  /** A reference, as it is written from {@code start} to before {@code end}, in UTF-16 units. */
  public record Expression(Reference reference, String written, int start, int end)
      implements Part {}

  /** A malformed reference from {@code start} to before {@code end}, in UTF-16 units. */
  public record Mistake(String detail, int start, int end) {}

  public Template {
    parts = List.copyOf(parts);
    mistakes = List.copyOf(mistakes);
  }

  public static Template parse(String text) {
    return new TemplateParser(text).parse();
  }

  /** Whether {@code text} holds a reference, or something that looks like one. */
  public static boolean refers(String text) {
    for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
      if (at == 0 || text.charAt(at - 1) != '$') {
        return true;
      }
    }
    return false;
  }

  /** The template whose only part is the literal {@code text}. */
  public static String escape(String text) {
    return text.replace("${", "$${");
  }

  /** Every expression in the order of the text. */
  public List<Expression> expressions() {
    List<Expression> expressions = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Expression expression) {
        expressions.add(expression);
      }
    }
    return expressions;
  }

  /** The expression when there is nothing else in the text. */
  public Optional<Expression> single() {
    return parts.size() == 1 && mistakes.isEmpty() && parts.get(0) instanceof Expression expression
        ? Optional.of(expression)
        : Optional.empty();
  }

  /**
   * The value of the text. A text that is a single reference becomes what it refers to, with its
   * type. In any other text the values are inserted: one unknown makes the whole unknown, one
   * secret makes it a secret.
   *
   * @throws IllegalArgumentException when a list or a map would be inserted into a text
   */
  public Value resolve(Function<Expression, Value> values) {
    Optional<Expression> single = single();
    if (single.isPresent()) {
      return values.apply(single.get());
    }
    StringBuilder result = new StringBuilder();
    boolean unknown = false;
    boolean secret = false;
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        result.append(literal.text());
        continue;
      }
      Value value = values.apply((Expression) part);
      if (value instanceof Value.Items || value instanceof Value.Fields) {
        throw new IllegalArgumentException("a list or a map inside the text " + text);
      }
      unknown |= value instanceof Value.Unknown;
      secret |= value instanceof Value.Secret;
      result.append(value instanceof Value.Secret hidden ? hidden.revealed() : value.toString());
    }
    if (unknown) {
      return new Value.Unknown(text);
    }
    return secret ? new Value.Secret(result.toString()) : Value.of(result.toString());
  }
}
