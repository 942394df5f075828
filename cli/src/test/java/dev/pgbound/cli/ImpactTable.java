package dev.pgbound.cli;

import dev.pgbound.aws.AwsProvider;
import dev.pgbound.aws.AwsSettings;
import dev.pgbound.aws.CallListener;
import dev.pgbound.postgres.PostgresProvider;
import dev.pgbound.postgres.PostgresSettings;
import dev.pgbound.postgres.Reach;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a change of every attribute of every type does, as the types declare it. */
final class ImpactTable {

  /** How a change is made. */
  enum How {
    IN_PLACE("in place"),
    STOP("stop, in place"),
    REPLACE("replace"),
    DELETE("delete");

    private final String words;

    How(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }

    static How of(boolean immutable, Impact impact) {
      if (immutable) {
        return REPLACE;
      }
      return Impact.STOPS_REPLICATION.isWorseThan(impact) ? IN_PLACE : STOP;
    }
  }

  /**
   * What one change does.
   *
   * @param path the attribute; with dots one inside it; empty for the deletion of the object
   * @param value the only value that the line is about
   * @param why the sentence that a plan prints
   */
  record Line(String type, String path, Optional<Value> value, How how, Impact impact, String why) {

    /** The attribute with the value, if there is one. */
    String change() {
      if (how == How.DELETE) {
        return "(deletion)";
      }
      return path + value.map(v -> v instanceof Value.Null ? " (removal)" : " = " + v).orElse("");
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%-27s %-58s %-15s %s", type, change(), how, impact.word());
    }
  }

  private ImpactTable() {}

  /** The types of all providers. */
  static List<ResourceSchema> schemas() {
    Path here = Path.of("");
    try (Provider aws = new AwsProvider(AwsSettings.fromEnvironment(), CallListener.NONE);
        Provider postgres = new PostgresProvider(new PostgresSettings(here, here, Reach.DIRECT))) {
      return Stream.concat(aws.types().stream(), postgres.types().stream())
          .map(ResourceType::schema)
          .toList();
    }
  }

  /** One line for each attribute that can be changed, and for the deletion. */
  static List<Line> lines(ResourceSchema schema) {
    List<Line> lines = new ArrayList<>();
    String type = schema.type();
    lines.add(
        new Line(type, "", Optional.empty(), How.DELETE, schema.deletion(), schema.deletionText()));
    for (Attribute attribute : schema.attributes()) {
      if (!attribute.is(Flag.COMPUTED)) {
        add(lines, type, attribute, attribute.name());
      }
    }
    lines.replaceAll(line -> withDeletion(line, schema));
    return List.copyOf(lines);
  }

  /** A replacement does at least what the deletion does. */
  private static Line withDeletion(Line line, ResourceSchema schema) {
    return line.how() == How.REPLACE && schema.deletion().isWorseThan(line.impact())
        ? new Line(
            line.type(),
            line.path(),
            line.value(),
            How.REPLACE,
            schema.deletion(),
            schema.deletionText())
        : line;
  }

  private static void add(List<Line> lines, String type, Attribute attribute, String path) {
    Line line = line(type, path, attribute);
    lines.add(line);
    attribute
        .effects()
        .forEach(
            (value, effect) ->
                lines.add(
                    new Line(
                        type,
                        path,
                        Optional.of(value),
                        How.of(line.how() == How.REPLACE, effect.impact()),
                        effect.impact(),
                        effect.why())));
    addInside(lines, line, attribute.type());
  }

  private static Line line(String type, String path, Attribute attribute) {
    Impact impact = attribute.impact().orElseThrow();
    return new Line(
        type,
        path,
        Optional.empty(),
        How.of(attribute.is(Flag.IMMUTABLE), impact),
        impact,
        attribute.impactText());
  }

  /** What is inside an attribute and takes another course than the attribute itself. */
  private static void addInside(List<Line> lines, Line outer, Type type) {
    if (type instanceof Type.ListType list) {
      addInside(lines, outer, list.element());
    } else if (type instanceof Type.ObjectType object) {
      for (Attribute member : object.attributes()) {
        String path = outer.path() + "." + member.name();
        Impact impact = member.impact().orElse(outer.impact());
        boolean immutable = outer.how() == How.REPLACE || member.is(Flag.IMMUTABLE);
        Line own =
            new Line(
                outer.type(),
                path,
                Optional.empty(),
                How.of(immutable, impact),
                impact,
                member.impact().isPresent() ? member.impactText() : outer.why());
        if (own.how() != outer.how() || impact != outer.impact()) {
          lines.add(own);
        }
        addInside(lines, own, member.type());
      }
    }
  }
}
