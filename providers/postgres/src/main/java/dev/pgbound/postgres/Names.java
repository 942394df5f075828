package dev.pgbound.postgres;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;

/** The attribute that names an object: as written, case included, since names are always quoted. */
final class Names {

  static final String ATTRIBUTE = "name";

  private Names() {}

  static Attribute attribute(String doc, Impact impact, String why) {
    return Attribute.named(ATTRIBUTE, Type.text(), doc)
        .with(Flag.REQUIRED, Flag.IDENTIFIER, Flag.IMMUTABLE)
        .impact(impact, why);
  }

  static void check(Value.Fields attributes, Problems problems) {
    attributes
        .text(ATTRIBUTE)
        .ifPresent(
            name -> {
              if (!Sql.isName(name)) {
                DatabaseFinding.NAME.report(problems, ATTRIBUTE);
              } else if (name.startsWith("pg_") || name.equals(Tags.SCHEMA)) {
                DatabaseFinding.RESERVED_NAME.report(problems, ATTRIBUTE);
              }
            });
  }

  static String of(Value.Fields attributes) {
    return attributes.text(ATTRIBUTE).orElseThrow();
  }
}
