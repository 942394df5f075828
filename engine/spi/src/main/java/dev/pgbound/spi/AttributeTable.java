package dev.pgbound.spi;

import dev.pgbound.spi.Attribute.Flag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Attributes that no API shape describes, because AWS takes them as JSON text: read from a table in
 * a resource file. A line has name, type and description, and its depth tells what it belongs to.
 */
public final class AttributeTable {

  /** {@code name!} is required. */
  private record Line(int depth, String name, boolean required, String type, String doc) {

    static Line parse(String text) {
      String[] parts = text.strip().split(" +\\| +", 3);
      int depth = (text.length() - text.stripLeading().length()) / 2;
      boolean required = parts[0].endsWith("!");
      String name = required ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
      return new Line(depth, name, required, parts[1], parts[2]);
    }
  }

  private final Deque<Line> lines;

  private AttributeTable(Deque<Line> lines) {
    this.lines = lines;
  }

  /** The attributes in the resource file {@code name} beside a class. */
  public static List<Attribute> read(Class<?> beside, String name) {
    try (InputStream file = beside.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("no resource " + name);
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      Deque<Line> lines = new ArrayDeque<>();
      reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> lines.add(Line.parse(line)));
      return new AttributeTable(lines).attributes(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Attribute> attributes(int depth) {
    List<Attribute> attributes = new ArrayList<>();
    for (Line line = lines.peek(); line != null && line.depth() == depth; line = lines.peek()) {
      attributes.add(attribute(lines.remove()));
    }
    return attributes;
  }

  private Attribute attribute(Line line) {
    Type members = Type.object(attributes(line.depth() + 1));
    Attribute attribute = Attribute.named(line.name(), type(line.type(), members), line.doc());
    if (line.type().equals("service")) {
      return attribute.with(Flag.WRITE_ONLY);
    }
    // live documents write null for what is not set
    return attribute.with(line.required() ? Flag.REQUIRED : Flag.NULLABLE);
  }

  /**
   * @param members the type of what stands below the line
   */
  private static Type type(String words, Type members) {
    int space = words.indexOf(' ');
    String first = space < 0 ? words : words.substring(0, space);
    String rest = space < 0 ? "" : words.substring(space + 1);
    return switch (first) {
      case "bool" -> Type.bool();
      case "int" -> rest.isEmpty() ? Type.integer() : range(rest);
      case "text" -> rest.isEmpty() ? Type.text() : Type.sequence(Type.sequence(Type.text()));
      case "texts" -> Type.sequence(Type.text());
      case "digits" -> Type.text("[0-9]+", "digits in quotes");
      case "one" -> Type.words(rest.substring("of ".length()).split(" "));
      case "object" -> members;
      case "list" ->
          rest.isEmpty()
              ? Type.sequence(members)
              : Type.keyedPartial(members, rest.substring("by ".length()));
      case "map" ->
          Type.map(rest.isEmpty() ? members : type(rest.substring("of ".length()), members));
      // what the service owns may be pasted from a live document and is neither sent nor compared
      case "any", "service" -> Type.any();
      default -> throw new IllegalStateException("no type " + words);
    };
  }

  private static Type range(String bounds) {
    int dots = bounds.indexOf("..");
    String max = bounds.substring(dots + 2);
    return Type.integer(
        Long.parseLong(bounds.substring(0, dots)),
        max.isEmpty() ? Long.MAX_VALUE : Long.parseLong(max));
  }
}
