package dev.pgbound.engine.config;

import dev.pgbound.engine.config.Template.Expression;
import dev.pgbound.engine.config.Template.Literal;
import dev.pgbound.engine.config.Template.Mistake;
import dev.pgbound.engine.config.Template.Part;
import dev.pgbound.spi.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a text into literals and references. */
final class TemplateParser {

  private static final Pattern VARIABLE = Pattern.compile("var\\.(" + Variables.NAME + ")");
  private static final Pattern ENVIRONMENT = Pattern.compile("env\\.([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern RESOURCE =
      Pattern.compile(
          "([^.]+\\.[^.]+)(?:\\.([A-Za-z_][\\w-]*(?:\\[\\d{1,4}]|\\.[A-Za-z_][\\w-]*)*))?");
  private static final Pattern PREFIX = Pattern.compile("(var|env):.*", Pattern.DOTALL);

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  TemplateParser(String text) {
    this.text = text;
  }

  Template parse() {
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        at = expression(at);
      } else {
        literal.append(text.charAt(at));
        at++;
      }
    }
    endLiteral();
    return new Template(text, parts, mistakes);
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  /** Reads the expression at {@code start} and returns where the text goes on. */
  private int expression(int start) {
    int close = start + 2;
    while (close < text.length() && text.charAt(close) != '}' && !text.startsWith("${", close)) {
      close++;
    }
    if (close == text.length() || text.charAt(close) != '}') {
      mistakes.add(
          new Mistake("The reference that begins with ${ has no closing brace.", start, close));
      return close;
    }
    String inside = text.substring(start + 2, close);
    Optional<Reference> reference = reference(inside);
    if (reference.isPresent()) {
      endLiteral();
      String written = text.substring(start, close + 1);
      parts.add(new Expression(reference.get(), written, start, close + 1));
    } else {
      mistakes.add(new Mistake(explain(inside), start, close + 1));
    }
    return close + 1;
  }

  private static Optional<Reference> reference(String inside) {
    if (inside.startsWith("var.")) {
      Matcher variable = VARIABLE.matcher(inside);
      return variable.matches()
          ? Optional.of(new Reference.ToVariable(variable.group(1)))
          : Optional.empty();
    }
    if (inside.startsWith("env.")) {
      Matcher environment = ENVIRONMENT.matcher(inside);
      return environment.matches()
          ? Optional.of(new Reference.ToEnvironment(environment.group(1)))
          : Optional.empty();
    }
    Matcher resource = RESOURCE.matcher(inside);
    if (!resource.matches()) {
      return Optional.empty();
    }
    String output = resource.group(2);
    return Address.parse(resource.group(1))
        .map(
            address ->
                new Reference.ToResource(
                    address, output == null ? Pointer.ROOT : Pointer.parse(output)));
  }

  /** Without what was written: it may be a part of a secret. */
  private static String explain(String inside) {
    Matcher prefix = PREFIX.matcher(inside);
    if (prefix.matches()) {
      return "After \"" + prefix.group(1) + "\" comes a dot, not a colon.";
    }
    if (!inside.strip().equals(inside) && reference(inside.strip()).isPresent()) {
      return "A reference has no spaces between its braces.";
    }
    return "References have one of the forms ${type.name}, ${type.name.output}, ${var.name} and"
        + " ${env.NAME}. If the text is meant as it is, write $${ for ${.";
  }
}
