package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.CodePages;
import dev.pgbound.cli.render.ExplainText;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.engine.sections.SectionSchemas;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pgbound explain}. */
@Command(
    name = "explain",
    description =
        "Explains a resource type, a section of the file, one of their attributes, a diagnostic code"
            + " or an impact.")
public final class ExplainCommand implements Callable<Integer> {

  private static final String CODES = "codes";

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TERM",
      completionCandidates = Terms.class,
      description =
          "Such as dms-endpoint, dms-endpoint.oracleSettings, TASK-203 or destroys-data; codes for"
              + " all diagnostic codes; a list without it.")
  private @Nullable String term;

  /** What completion offers: everything that has no dot in it. */
  static final class Terms implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      try (Session session = Session.offline(Path.of(""))) {
        List<String> terms = names(session.registry().schemas(), sections());
        return terms.iterator();
      }
    }
  }

  public ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.offline(Path.of(""))) {
      List<ResourceSchema> types = session.registry().schemas();
      console
          .out()
          .print(
              term == null
                  ? ExplainText.index(types, sections())
                  : explain(term, types, sections()));
      return ExitCode.DONE.code();
    }
  }

  private static List<Attribute> sections() {
    List<Attribute> sections = new ArrayList<>(FileSchema.head());
    sections.addAll(SectionSchemas.all().values());
    sections.addAll(FileSchema.rest());
    return sections;
  }

  private static String explain(String term, List<ResourceSchema> types, List<Attribute> sections) {
    if (term.equals(CODES)) {
      return ExplainText.codes(CodePages.all());
    }
    Optional<Impact> impact =
        Arrays.stream(Impact.values()).filter(one -> one.word().equals(term)).findFirst();
    return impact
        .map(one -> ExplainText.impact(one, types))
        .or(() -> CodePages.text(term))
        .orElseGet(() -> declared(term, types, sections));
  }

  /** A type, a section, or one of their attributes. */
  private static String declared(
      String term, List<ResourceSchema> types, List<Attribute> sections) {
    String[] parts = term.split("\\.", -1);
    Optional<ResourceSchema> type =
        types.stream().filter(schema -> schema.type().equals(parts[0])).findFirst();
    if (type.isPresent() && parts.length == 1) {
      return ExplainText.type(type.get());
    }
    List<Attribute> level = type.map(FileSchema::attributes).orElse(sections);
    List<Attribute> path = new ArrayList<>();
    for (int i = type.isPresent() ? 1 : 0; i < parts.length; i++) {
      String name = parts[i];
      List<String> known =
          i == 0 ? names(types, sections) : level.stream().map(Attribute::name).toList();
      Attribute attribute =
          level.stream()
              .filter(a -> a.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(term, name, known));
      path.add(attribute);
      level = members(attribute.type());
    }
    return ExplainText.attribute(term, path);
  }

  private static List<Attribute> members(Type type) {
    if (type instanceof Type.ObjectType object) {
      return object.attributes();
    }
    if (type instanceof Type.ListType list) {
      return members(list.element());
    }
    return type instanceof Type.MapType map ? members(map.value()) : List.of();
  }

  private static List<String> names(List<ResourceSchema> types, List<Attribute> sections) {
    List<String> names = new ArrayList<>();
    types.forEach(schema -> names.add(schema.type()));
    sections.forEach(section -> names.add(section.name()));
    for (Impact impact : Impact.values()) {
      names.add(impact.word());
    }
    names.add(CODES);
    names.addAll(CodePages.all().keySet());
    return names;
  }

  private static CommandFailure unknown(String term, String name, List<String> known) {
    return new CommandFailure(
        ExitCode.WRONG_COMMAND_LINE,
        String.format(
            Locale.ROOT,
            "explain %s: there is no \"%s\".%s 'pgbound explain' lists what there is.",
            term,
            name,
            Nearest.hint(name, known)));
  }
}
