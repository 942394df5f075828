package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.Template;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Refuses secrets that the file holds, and keeps them out of everything that is printed. */
final class SecretCheck {

  private final Findings findings;

  SecretCheck(Findings findings) {
    this.findings = findings;
  }

  /** The value of an attribute that takes no literal. */
  void check(Value value, Attribute attribute, Pointer place) {
    if (value instanceof Value.Null) {
      findings.noValue("Write a reference such as ${env.NAME} behind it.", place);
      return;
    }
    if (isReferences(value, attribute.type())) {
      return;
    }
    findings.conceal(place);
    if (isMalformed(value) || findings.isFull()) {
      return;
    }
    findings.valueError(
        Code.SENSITIVE_LITERAL,
        "\""
            + attribute.name()
            + "\" is a secret, and whoever reads the file would know it. Write ${env.NAME} to take"
            + " it from the environment, or refer to a secret that is kept elsewhere."
            + (findings.isFilledIn(place)
                ? " A variable is no place for it either: its value shows in the file or on the"
                    + " command line."
                : ""),
        place);
  }

  /** Hides the value of an unknown key that was probably meant to be a secret. */
  void concealIfMeant(String key, List<Attribute> attributes, Pointer place) {
    Set<String> secrets = new LinkedHashSet<>();
    collect(attributes, secrets);
    if (Nearest.to(key, secrets).isPresent()) {
      findings.conceal(place);
    }
  }

  private static void collect(List<Attribute> attributes, Set<String> secrets) {
    for (Attribute attribute : attributes) {
      if (attribute.is(Flag.SENSITIVE)) {
        secrets.add(attribute.name());
      } else if (attribute.type() instanceof Type.ObjectType object) {
        collect(object.attributes(), secrets);
      }
    }
  }

  private static boolean isReferences(Value value, Type type) {
    return isReference(value)
        || (!(type instanceof Type.TextType)
            && value instanceof Value.Fields fields
            && fields.fields().values().stream().allMatch(SecretCheck::isReference));
  }

  private static boolean isReference(Value value) {
    return value instanceof Value.Text text && Template.parse(text.text()).single().isPresent();
  }

  /** Reported where references are read. */
  private static boolean isMalformed(Value value) {
    return value instanceof Value.Text text
        && text.text().startsWith("${")
        && !Template.parse(text.text()).mistakes().isEmpty();
  }
}
